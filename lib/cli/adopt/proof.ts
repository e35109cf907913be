import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Difference, madeElsewhere, pathOf, usualPath } from '../../adopt/compare';
import { effectsOf } from '../../adopt/effects';
import type { Moving } from '../../adopt/moving';
import type { KustomizedFolder, ObjectFile, Survey } from '../../adopt/survey';
import type { Finding } from '../../checks/finding';
import { runChecks } from '../../checks/run';
import { EspalierError } from '../../errors';
import { followTree } from '../../graph/follow-tree';
import type { Graph } from '../../graph/graph';
import type { GraphOptions } from '../../graph/make-graph';
import { policyFiles } from '../../report/policy/files';
import { renderTree } from '../../tree/render';
import type { SchemaHost } from '../../tree/schema-url';
import { ignoredByGit } from '../../tree/source/folder';
import { laidOver } from '../../tree/source/of-tree';
import type { Tree } from '../../tree/tree';
import { loadApp } from '../load-app';
import type { Progress } from '../progress';
import type { Settings } from '../read-graph';
import { folderOf, type Project, treeOf } from './project';

/** What the whole tree will be. */
export interface Whole {
  readonly tree: Tree;
  /** By path, as they are rendered: main.ts has to make the same. */
  readonly files: ReadonlyMap<string, string>;
  /** What is written besides: the policies of Vault. */
  readonly policies: ReadonlyMap<string, string>;
}

/** Compares what code makes with what was there, in the clusters and by the checks. */
export class Proof {
  private last: Whole | undefined;
  /** What `espalier check` finds in the original. */
  readonly findings: readonly Finding[];

  constructor(
    private readonly project: Project,
    private readonly before: Graph,
    private readonly found: Survey,
    private readonly settings: {
      readonly checks: Settings['checks'];
      readonly severities: Settings['severities'];
      readonly graph: GraphOptions;
      readonly schemaHost: SchemaHost | undefined;
    },
    private readonly progress: Progress,
  ) {
    this.findings = this.check(before);
  }

  /** The tree that was proven last. */
  get whole(): Whole {
    if (this.last === undefined) throw new Error('nothing was proven');
    return this.last;
  }

  /**
   * What a tree that is added to the project's changes.
   *
   * @param moved what lies elsewhere than in the original
   * @throws EspalierError for a file that was not there
   */
  effects(made: Tree, moved: Moving): Difference[] {
    const { project, before, found } = this;
    // What main.ts makes already, the Cluster makes here, too.
    const files = [...project.tree.files, ...made.files.filter(({ path }) => !project.files.has(path))];
    const tree: Tree = { ...project.tree, files };
    const texts = renderTree(tree, { schemaHost: this.settings.schemaHost });
    const known = new Set(
      [...found.files, ...found.folders.map(({ document }) => document.file)].map(({ path }) => path),
    );
    const moves = newPaths(found, made, moved);
    const ignored = ignoredByGit(project.root, [...moves.keys()]);
    const unfit = [...moves].flatMap(([path, of]): Difference[] => {
      if (ignored.has(path)) return [{ of, what: `Git ignores ${path}` }];
      if (known.has(path) || !existsSync(join(project.root, path))) return [];
      return [{ of, what: `${path} is there already` }];
    });
    if (unfit.length > 0) return unfit;
    const more = [...texts.keys()].find((path) => !known.has(path) && !project.files.has(path) && !moves.has(path));
    if (more !== undefined)
      throw new EspalierError(
        `The code would make ${more}, which is not there. Nothing was written. Please report this.`,
      );
    this.progress.say('comparing what it makes with what is there');
    const gone = [...moved].map(pathOf).filter((path) => !texts.has(path));
    const source = laidOver(tree, texts, project.root, '', true, gone);
    const graph = followTree(source, this.settings.graph);
    const after = { graph, findings: this.check(graph), name: 'after' };
    this.last = {
      tree,
      files: texts,
      policies: new Map(policyFiles(tree, graph).map(({ path, text }) => [path, text])),
    };
    return effectsOf(found, { graph: before, findings: this.findings, name: 'before' }, after, moves);
  }

  private check(graph: Graph): readonly Finding[] {
    const { checks, severities } = this.settings;
    return runChecks(graph, { checks, severities, each: true }).findings;
  }
}

/** What has moved, by where it lies now. */
function newPaths(found: Survey, tree: Tree, moved: Moving): Map<string, ObjectFile | KustomizedFolder> {
  const elsewhere = madeElsewhere(found, tree, moved);
  const paths = new Map<string, ObjectFile | KustomizedFolder>();
  for (const [{ file }, { path }] of elsewhere) paths.set(path, file);
  for (const one of moved) if (!('source' in one)) paths.set(usualPath(one), one);
  return paths;
}

/**
 * Runs the code as `espalier synth` will: it has to make what was proven, to the byte.
 *
 * @throws EspalierError where it does not, with the construct that is at fault
 */
export async function runAsProven(main: string, { folder, root }: Project, { files, tree }: Whole): Promise<void> {
  const unchanged = 'Nothing was written. Please report this.';
  const { synthesized } = await loadApp(relative(folder, main)).catch((error: unknown) => {
    const { message } = error as Error;
    throw new EspalierError(
      `The code that was made does not run: ${message.trim().split('\n').slice(0, 2).join(' ')}\n${unchanged}`,
    );
  });
  const apps = synthesized.filter((app) => folderOf(app) === root);
  const made = renderTree(treeOf(apps), { schemaHost: apps[0]?.schemaHost });
  for (const path of new Set([...files.keys(), ...made.keys()])) {
    if (made.get(path) === files.get(path)) continue;
    const by = tree.files.find((file) => file.path === path)?.madeBy ?? 'main.ts';
    const how = made.has(path) ? (files.has(path) ? 'otherwise than' : 'and it is not') : 'not at all, and it is';
    throw new EspalierError(`The code that was made makes ${path} (${by}) ${how} what was proven. ${unchanged}`);
  }
}
