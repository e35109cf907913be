import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { type Adopted, adopt as adoptSurvey } from '../adopt/adopt';
import { schemaHostOf } from '../adopt/comments/schema-host';
import { kindsOf } from '../adopt/print/kinds';
import { addToMain, clustersIn, namesIn, newMain, schemaHostIn } from '../adopt/print/main-file';
import { printProgram } from '../adopt/print/program';
import { adoptionReport } from '../adopt/report';
import { type Survey, survey } from '../adopt/survey';
import { makeReview } from '../changes/make-review';
import { EspalierError } from '../errors';
import { followTree } from '../graph/follow-tree';
import type { Graph } from '../graph/graph';
import { type SchemaStore, schemaStore } from '../graph/schema';
import { packedSchemas } from '../graph/schema/read-schemas';
import { adoptFiles } from '../tree/adopt-files';
import { addCode } from '../tree/code-files';
import { writeImport } from '../tree/imported-charts';
import { sha256 } from '../tree/ownership';
import { renderTree } from '../tree/render';
import { gitTop } from '../tree/source/folder';
import { laidOver } from '../tree/source/of-tree';
import { realPath } from '../tree/source/seen-from';
import type { SourceDocument } from '../tree/source/source';
import type { Tree } from '../tree/tree';
import { writeTree } from '../tree/write';
import type { Command } from './command';
import { loadApp } from './load-app';
import { Progress } from './progress';
import { readGraph, readSettings, treeOptions, treeOptionsHelp } from './read-graph';
import { print } from './terminal';

const help = `espalier adopt PATH…: writes the code that makes what somebody wrote by hand, and proves that it makes the same.

Usage: espalier adopt PATH… [options]

  PATH              a folder or file of the Flux tree; . for all of it
  --cluster NAME    the one Cluster of main.ts that everything stands in; it is made where there is no main.ts. Without it there is
                    one for each cluster of the tree, and one for what several of them apply
  --output DIR      the folder of the code (default: src)
  --code-only       write the code alone: \`espalier synth\` writes the files then
${treeOptionsHelp}

Files are made again where they lie; only those that were proven equal become Espalier's. What code cannot say stays as it is, and is
listed. main.ts gets the imports and the calls. Undoing it is deleting the code: the YAML stays valid.

Exit codes: 0 adopted, or nothing to adopt; 2 it could not, and nothing was written.

Example: espalier adopt kubernetes/apps/media/jellyfin`;

export const adopt: Command = {
  help,
  positionals: 100,
  options: {
    ...treeOptions,
    cluster: { type: 'string' },
    output: { type: 'string' },
    'code-only': { type: 'boolean' },
  },
  async run({ values, positionals }) {
    if (positionals.length === 0)
      throw new EspalierError('name what to adopt: espalier adopt kubernetes/apps/media/jellyfin, or . for all.');
    const project = realPath(process.cwd());
    const root = gitTop(project) ?? project;
    const main = existingMain(project);
    const settings = await readSettings(values);
    const output = (values.output as string | undefined) ?? 'src';
    return Progress.during(async (progress) => {
      const graph = await readGraph({ path: root, rev: undefined }, settings, progress);
      const isAsked = askedFor(positionals, root);
      const found = survey(graph, isAsked);
      if (found.files.length + found.folders.length === 0) throw nothingToAdopt(positionals, found);
      progress.say('making the code');
      const outdir = slashed(relative(project, root)) || '.';
      const text = main === undefined ? undefined : readFileSync(join(project, main), 'utf8');
      const cluster = (values.cluster as string | undefined) ?? onlyClusterIn(text);
      const schemaHost = text === undefined ? schemaHostOf(documentsOf(found)) : schemaHostIn(text);
      const adopted = adoptSurvey(found, {
        outdir,
        schemaHost,
        ...(cluster !== undefined && { cluster }),
        ...(text !== undefined && { taken: namesIn(text) }),
      });
      const { text: kinds, untyped } = kindsOf(adopted.program, schemasOf(graph), readKinds(), madeByAdopt);
      const printed = printProgram(adopted.program, untyped);
      const added = addToMain(
        text ?? newMain(adopted.program.clusters, outdir, schemaHost),
        printed,
        `./${slashed(output)}`,
      );
      if ('why' in added) throw new EspalierError(`${main}: ${added.why}.`);
      const code = addCode(project, {
        modules: new Map([...printed.modules].map(([path, module]) => [join(output, path), module])),
        main: { path: main ?? 'main.ts', text: added.text },
      });
      try {
        progress.say('proving that it makes the same');
        const { tree, files } = await proven(code.main, root, graph, adopted, found);
        adoptFiles(root, hashesOf(adopted, found, new Set(files.keys())));
        if (kinds !== undefined) writeImport('imports', 'kinds.ts', kinds, `// Made by \`${madeByAdopt}\``);
        code.use();
        if (values['code-only'] !== true) writeTree(files, root);
        print(
          adoptionReport(adopted, found, {
            tree,
            main: main ?? 'main.ts',
            output,
            codeOnly: values['code-only'] === true,
          }),
        );
        return 0;
      } catch (error) {
        code.undo();
        throw error;
      }
    });
  },
};

function documentsOf({ files, folders }: Survey): SourceDocument[] {
  return [...files.flatMap(({ objects }) => objects), ...folders].map(({ document }) => document);
}

const madeByAdopt = 'espalier adopt';

/** imports/kinds.ts as it is. */
function readKinds(): string {
  const file = join('imports', 'kinds.ts');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** What kinds look like in the clusters of a tree; without one, what is known without it. */
function schemasOf(graph: Graph): SchemaStore {
  const [cluster] = graph.clusters;
  return cluster === undefined ? schemaStore(packedSchemas()) : graph.schemasOf(cluster);
}

/** The main file that the project has. */
function existingMain(project: string): string | undefined {
  return ['main.ts', 'main.mts'].find((name) => existsSync(join(project, name)));
}

function askedFor(paths: readonly string[], root: string): (path: string) => boolean {
  const asked = paths.map((path) => {
    const below = slashed(relative(root, resolve(path)));
    if (below.startsWith('..')) throw new EspalierError(`${path} lies outside of the repository ${root}.`);
    if (!existsSync(resolve(path))) throw new EspalierError(`${path} does not exist.`);
    return below;
  });
  return (path) => asked.some((one) => one === '' || path === one || path.startsWith(`${one}/`));
}

/** Runs the printed code as `synth` will, and compares what Flux would do with what it does. */
async function proven(
  main: string,
  root: string,
  before: Graph,
  adopted: Adopted,
  found: Survey,
): Promise<{ readonly tree: Tree; readonly files: ReadonlyMap<string, string> }> {
  const { synthesized } = await loadApp(main);
  const trees = synthesized.filter(
    (app) => resolve(app.outdir ?? 'dist') === root || realPath(resolve(app.outdir ?? 'dist')) === root,
  );
  const tree: Tree = {
    files: trees.flatMap((app) => app.tree.files),
    external: trees.flatMap((app) => app.tree.external ?? []),
    policies: trees.flatMap((app) => app.tree.policies ?? []),
  };
  const files = renderTree(tree, { schemaHost: trees[0]?.schemaHost });
  const made = new Set(tree.files.map(({ path }) => path));
  const missing = found.files.find(
    ({ path, objects }) => objects.every((object) => adopted.forms.has(object)) && !made.has(path),
  );
  if (missing)
    throw new EspalierError(
      `main.ts does not make ${missing.path}: its app must write to ${root}. Nothing was written.`,
    );
  const after = followTree(laidOver(tree, files, root, '', true), { external: [] });
  const review = makeReview(
    { graph: before, findings: [], name: 'before' },
    { graph: after, findings: [], name: 'after' },
  );
  const changed = review.clusters.flatMap(({ changes }) => changes.filter(({ type }) => type !== 'moved'));
  if (changed.length > 0) {
    const list = changed
      .slice(0, 10)
      .map(
        ({ object, type, fields }) =>
          `  ${object}: ${type}${fields.length > 0 ? ` (${fields.map(({ path }) => path).join(', ')})` : ''}`,
      );
    throw new EspalierError(
      `what the code makes would change the cluster:\n${list.join('\n')}\nNothing was written. Please report this.`,
    );
  }
  return { tree, files };
}

/** The files that become Espalier's, as they are now. */
function hashesOf(adopted: Adopted, { files, folders }: Survey, made: ReadonlySet<string>): Map<string, string> {
  const sources = [
    ...files.filter(({ objects }) => objects.every((object) => adopted.forms.has(object))).map(({ source }) => source),
    ...folders.map(({ document }) => document.file),
  ];
  return new Map(sources.filter(({ path }) => made.has(path)).map(({ path, text }) => [path, sha256(text)]));
}

function nothingToAdopt(paths: readonly string[], { left }: Survey): EspalierError {
  const why =
    left.length === 0
      ? 'there is no YAML'
      : left
          .slice(0, 5)
          .map(({ path, why }) => `\n  ${path}: ${why}`)
          .join('');
  return new EspalierError(`${paths.join(', ')}: nothing to adopt: ${why}`);
}

/** The Cluster that a main.ts has, if it is the only one. */
function onlyClusterIn(main: string | undefined): string | undefined {
  const [first, ...others] = main === undefined ? [] : clustersIn(main).keys();
  return others.length === 0 ? first : undefined;
}

function slashed(path: string): string {
  return path.split(sep).join('/').replace(/\/$/, '');
}
