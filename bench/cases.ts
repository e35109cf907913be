import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Case, Site, Start } from './case';
import { charts, chartTree, plainTree, releases } from './chart-tree';
import { measureKeystroke } from './keystroke';
import type { Command } from './measure';
import { realTree } from './real-tree';
import { clusterFleet, clusters, folderOfCluster, nameOf, reportsOf } from './shards';
import { measureEdit } from './watch';
import { imageEdit, writeWatchedFleet } from './watched-fleet';
import { repository } from './workshop';

const fresh = ({ project }: Start) => {
  project.forgetTree();
  project.forgetCache();
};

/** Nothing is known of the trees that are read. */
const uncached = ({ project, place }: Site) => {
  for (const one of [project, place.project('tree'), place.project('changed-tree')]) one.forgetCache();
};

/** What is measured at each size. */
export const fleetCases: readonly Case[] = [
  {
    id: 'fresh',
    title: 'espalier synth, fresh',
    before: fresh,
    command: (at) => synth(at),
    prints: /^dist\/: \d+ files, \d+ created$/m,
  },
  {
    id: 'fresh-unchecked',
    title: 'espalier synth, fresh, checks off',
    before: fresh,
    command: (at) => synth(at, { FLEET_CHECK: 'false' }),
    prints: /^dist\/: \d+ files, \d+ created$/m,
  },
  {
    id: 'unchanged',
    title: 'espalier synth, nothing changed',
    repeats: true,
    command: (at) => synth(at),
    prints: /^dist\/: \d+ files, nothing to change$/m,
  },
  {
    id: 'changed',
    title: 'espalier synth, one app has another image',
    repeats: true,
    command: (at) => synth(at, { FLEET_CHANGE: String(at.round) }),
    prints: /^dist\/: \d+ files, 1 changed$/m,
  },
  {
    id: 'changed-otherwise',
    title: 'espalier synth, one app has another variable',
    repeats: true,
    command: (at) => synth(at, { FLEET_VARIABLE: String(at.round) }),
    prints: /^dist\/: \d+ files, [12] changed$/m,
  },
  {
    id: 'watch',
    title: 'espalier synth --watch, one app edited',
    isPossible: ({ espalier }) =>
      /--watch/.test(String(spawnSync(process.execPath, [espalier, 'synth', '--help']).stdout)),
    before: (at) => {
      fresh(at);
      writeWatchedFleet(at.project, at.place.apps);
    },
    sample: (at, limit) => {
      const edits = [imageEdit(at.project, at.place.apps, 0), imageEdit(at.project, at.place.apps, 1)] as const;
      const command = espalier(at, ['synth', 'watched.ts', '--watch']);
      return measureEdit(command, { ready: /^watching/m, rest: 4, edits }, limit);
    },
  },
  { id: 'file-per-chart', title: 'cdk8s, FILE_PER_CHART', before: fresh, command: plain('FILE_PER_CHART') },
  {
    id: 'folder-per-chart',
    title: 'cdk8s, FOLDER_PER_CHART',
    before: fresh,
    command: plain('FOLDER_PER_CHART_FILE_PER_RESOURCE'),
  },
  {
    id: 'write',
    title: 'floor: stringify and write',
    before: fresh,
    command: (at) => program(at, 'floor', ['write', at.place.floor, at.project.dist]),
  },
  {
    id: 'compose-write',
    title: 'floor: compose, stringify and write',
    before: fresh,
    command: (at) => program(at, 'floor', ['write', at.place.floor, at.project.dist], fleet(at)),
  },
  {
    id: 'compare',
    title: 'floor: read and compare',
    command: (at) => program(at, 'floor', ['compare', at.place.floor, at.place.tree]),
  },
  {
    id: 'compose-compare',
    title: 'floor: compose, read and compare',
    command: (at) => program(at, 'floor', ['compare', at.place.floor, at.place.tree], fleet(at)),
  },
  {
    // A kustomization of all folders in one process is quadratic: 7 s of CPU for 100 apps, 63 s for 300.
    id: 'kustomize',
    title: 'kubectl kustomize, each folder of Flux',
    isPossible: () => spawnSync('kubectl', ['version', '--client']).status === 0,
    command: ({ place, project }) => ({
      program: 'sh',
      args: ['-c', 'xargs -n1 kubectl kustomize < "$0"', place.foldersOfFlux],
      cwd: project.folder,
    }),
    prints: /^kind: Deployment$/m,
  },
  {
    id: 'check',
    title: 'espalier check',
    before: uncached,
    command: (at) => espalier(at, ['check', at.place.tree]),
    prints: /^No findings/m,
  },
  {
    id: 'js-yaml',
    title: 'parsing alone, js-yaml',
    command: (at) => program(at, 'parse', ['js-yaml', at.place.tree]),
    prints: /^\d+ documents/,
  },
  {
    id: 'yaml',
    title: 'parsing alone, yaml',
    command: (at) => program(at, 'parse', ['yaml', at.place.tree]),
    prints: /^\d+ documents/,
  },
  {
    id: 'diff',
    title: 'espalier diff, one app changed',
    before: uncached,
    command: (at) => espalier(at, ['diff', at.place.tree, at.place.changedTree]),
    prints: /1\.0\.1/,
  },
];

/** More than the HelmReleases themselves. */
const opened = /^No findings: \d+ files, 8\d\d resources/m;

/** What has no size: cold starts, and a tree as people write it. */
export const startCases: readonly Case<Start>[] = [
  {
    id: 'start',
    title: 'npm start (soyo)',
    command: ({ project }) => ({ program: 'npm', args: ['start', '--', '--output', project.dist], cwd: repository }),
    prints: /: \d+ files, /,
  },
  {
    id: 'start-node',
    title: 'what npm start runs (soyo)',
    command: ({ project }) => ({
      program: process.execPath,
      args: [join(repository, 'scripts', 'espalier.mjs'), 'synth', '--output', project.dist],
      cwd: repository,
    }),
    prints: /: \d+ files, /,
  },
  {
    id: 'import',
    title: 'node --import tsx, importing cdk8s and cdk8s-plus-28',
    command: () => ({
      program: process.execPath,
      args: ['--import', 'tsx', join(repository, 'bench', 'project', 'start.ts')],
      cwd: repository,
    }),
  },
  {
    id: 'real-check',
    title: 'espalier check, real-shaped',
    before: ({ project }) => project.forgetCache(),
    command: (at) => espalier(at, ['check', realTree(at.project.folder).tree]),
    prints: /^No findings: \d+ files, \d+ resources, 82 Kustomizations/m,
  },
  {
    id: 'real-js-yaml',
    title: 'parsing alone, js-yaml, real-shaped',
    command: (at) => program(at, 'parse', ['js-yaml', realTree(at.project.folder).tree]),
    prints: /^558 documents/,
  },
  {
    id: 'real-diff',
    title: 'espalier diff, one app changed, real-shaped',
    before: ({ project }) => project.forgetCache(),
    command: (at) => {
      const { tree, changed } = realTree(at.project.folder);
      return espalier(at, ['diff', tree, changed]);
    },
    prints: /1\.0\.1/,
  },
  {
    id: 'keystroke',
    title: 'espalier lsp, findings after a keystroke, real-shaped',
    isPossible: ({ espalier }) => spawnSync(process.execPath, [espalier, 'lsp', '--help']).status === 0,
    sample: (at, limit) => {
      const { tree } = realTree(at.project.folder);
      const typing = {
        tree,
        file: 'apps/media/app-0/app/helmrelease.yaml',
        wrong: '  dependsOn:\n    - name: nobody\n',
      };
      return measureKeystroke(espalier(at, ['lsp']), typing, limit);
    },
  },
  {
    id: 'charts-helm',
    title: `helm template, ${releases} releases of ${charts} charts`,
    isPossible: hasHelm,
    command: ({ project }) => {
      const { tree, values } = chartTree(project.folder);
      const each = 'name=${1%.yaml}; exec helm template "${name%.*}" "$0/${name##*.}" --values "$1" --include-crds';
      const all = `ls | xargs -n1 -P${availableParallelism()} sh -c '${each}' "$0"`;
      return { program: 'sh', args: ['-c', all, join(tree, 'charts')], cwd: values };
    },
    prints: /^kind: Deployment$/m,
  },
  {
    id: 'charts-first',
    title: 'espalier check --charts, nothing cached',
    isPossible: hasHelm,
    before: ({ project }) => rmSync(cacheOf(project), { recursive: true, force: true }),
    command: checkCharts,
    prints: opened,
  },
  {
    id: 'charts-again',
    title: 'espalier check --charts, all cached',
    isPossible: hasHelm,
    repeats: true,
    command: checkCharts,
    prints: opened,
  },
  {
    id: 'charts-closed',
    title: 'espalier check of the same tree without charts',
    command: (at) => espalier(at, ['check', chartTree(at.project.folder).tree]),
    prints: /^No findings/m,
  },
  {
    id: 'charts-plain',
    title: 'espalier check of the same tree with what helm makes as files',
    isPossible: hasHelm,
    // Its volumes are pruned with their data, where Helm's are not.
    command: (at) => espalier(at, ['check', plainTree(at.project.folder)]),
    prints: /^1 warning in 1 file; \d+ files, 8\d\d resources/m,
  },
  {
    id: 'shard-check',
    title: `espalier check, one cluster of ${clusters}`,
    command: (at) => ofShard(at, 'check', (i) => [folderOfCluster(clusterFleet(shared(at)).after, i)]),
    prints: /"kustomizations": 20\b/,
  },
  {
    id: 'shards-merge',
    title: `espalier report merge, the reports of ${clusters} clusters`,
    command: (at) => espalier(at, ['report', 'merge', ...reportsOf(shared(at), at.workshop.espalier)]),
    prints: /4000 Kustomizations in 200 clusters checked/,
  },
  {
    id: 'shards-check',
    title: `espalier check, ${clusters} clusters in one process`,
    before: ({ project }) => project.forgetCache(),
    command: (at) => espalier(at, ['check', clusterFleet(shared(at)).after]),
    prints: /4000 Kustomizations in 200 clusters checked/,
  },
  {
    id: 'shard-diff',
    title: `espalier diff, one cluster of ${clusters}`,
    command: (at) =>
      ofShard(at, 'diff', (i) => {
        const { before, after } = clusterFleet(shared(at));
        return [folderOfCluster(before, i), folderOfCluster(after, i)];
      }),
    prints: /1\.0\.1/,
  },
  {
    id: 'shards-diff',
    title: `espalier diff, ${clusters} clusters in one process`,
    before: ({ project }) => project.forgetCache(),
    command: (at) => {
      const { before, after } = clusterFleet(shared(at));
      return espalier(at, ['diff', before, after]);
    },
    prints: /1\.0\.1/,
  },
  { id: 'help', title: 'espalier --help', command: (at) => espalier(at, ['--help']), prints: /Usage/ },
  {
    id: 'node',
    title: 'node -e 0',
    command: ({ project }) => ({ program: process.execPath, args: ['-e', '0'], cwd: project.folder }),
  },
];

function hasHelm(): boolean {
  return spawnSync('helm', ['version']).status === 0;
}

const cacheOf = ({ folder }: Start['project']) => join(folder, 'cache');

function checkCharts(at: Start): Command {
  return espalier(at, ['check', chartTree(at.project.folder).tree, '--charts'], {
    XDG_CACHE_HOME: cacheOf(at.project),
  });
}

/** Where the fleet of clusters lies, which is large, and the same for all cases. */
const shared = ({ workshop }: Start) => workshop.folder('clusters');

/** A job of one cluster, which is another in each round. */
function ofShard(at: Start, command: string, folders: (i: number) => readonly string[]): Command {
  return espalier(at, [command, ...folders(at.round), '--cluster', nameOf(at.round), '--format', 'json']);
}

function synth(at: Site, env: Readonly<Record<string, string>> = {}): Command {
  return espalier(at, ['synth', 'main.ts'], { ...fleet(at), ...env });
}

function espalier(
  { workshop, project }: Start,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Command {
  return { program: process.execPath, args: [workshop.espalier, ...args], cwd: project.folder, env };
}

function plain(output: string): (at: Site) => Command {
  return (at) => program(at, 'plain', [at.project.dist, output], fleet(at));
}

function program(
  { workshop, project }: Start,
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Command {
  return { program: process.execPath, args: [workshop.program(name), ...args], cwd: project.folder, env };
}

const fleet = ({ place }: Site) => ({ FLEET_APPS: String(place.apps) });
