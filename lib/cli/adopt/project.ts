import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, resolve, sep } from 'node:path';
import type { SynthesizedTree } from '../../constructs/synthesis';
import { EspalierError } from '../../errors';
import { count } from '../../text/count';
import { ownershipFile, parseOwnership } from '../../tree/ownership';
import { readOwnershipText } from '../../tree/read';
import { renderTree } from '../../tree/render';
import { gitTop } from '../../tree/source/folder';
import { realPath } from '../../tree/source/seen-from';
import type { Tree, TreeCluster } from '../../tree/tree';
import { compareTree } from '../../tree/write';
import { loadApp } from '../load-app';
import { forgetModules } from '../run-file';
import { isOfModules } from './es-modules';

/** The project that code is added to. */
export interface Project {
  /** Where main.ts is, absolute. */
  readonly folder: string;
  /** The folder that the tree is written to, absolute. */
  readonly root: string;
  /** That folder, as main.ts sees it. */
  readonly outdir: string;
  readonly main: { readonly path: string; readonly text: string } | undefined;
  /** What imports of other files end with, where none in main.ts tells: in an ES module nothing resolves a file without its ending. */
  readonly importEnding: '' | '.js';
  /** The Clusters that main.ts has. */
  readonly clusters: readonly TreeCluster[];
  /** The name of the one that everything shall stand in; undefined for one for each cluster of the tree. */
  readonly cluster: string | undefined;
  /** What main.ts makes of the folder. */
  readonly apps: readonly SynthesizedTree[];
  readonly tree: Tree;
  /** By path, as it is rendered. */
  readonly files: ReadonlyMap<string, string>;
  /** How many of them are not as they are rendered, and will be once the tree is written. */
  readonly pending: number;
}

/**
 * Looks at the project in the working directory, and runs its main.ts: what it has is what code is made for.
 *
 * @param cluster the name of the one that is meant
 * @throws EspalierError where code cannot be added to it
 */
export async function readProject(cluster: string | undefined): Promise<Project> {
  const folder = realPath(process.cwd());
  const root = gitTop(folder) ?? folder;
  const path = ['main.ts', 'main.mts'].find((name) => existsSync(join(folder, name)));
  const other = ['main.js', 'main.mjs'].find((name) => existsSync(join(folder, name)));
  if (path === undefined && other !== undefined)
    throw new EspalierError(`The code that adopt writes is TypeScript, and ${other} is not: rename it to main.ts.`);
  requirePackage(folder);
  const outdir = slashed(relative(folder, root)) || '.';
  const importEnding = path === 'main.mts' || isOfModules(folder, root) ? '.js' : '';
  if (path === undefined) {
    refuseOrphans(root);
    const tree = { files: [] };
    return {
      folder,
      root,
      outdir,
      importEnding,
      main: undefined,
      clusters: [],
      cluster,
      apps: [],
      tree,
      files: new Map(),
      pending: 0,
    };
  }
  const { synthesized } = await loadApp(path);
  forgetModules(folder);
  const main = { path, text: readFileSync(join(folder, path), 'utf8') };
  const apps = synthesized.filter((app) => folderOf(app) === root);
  const clusters = clustersIn(path, synthesized, cluster);
  for (const one of clusters) {
    const app = synthesized.find(({ tree }) => tree.clusters?.includes(one)) as SynthesizedTree;
    if (!apps.includes(app) || one.folder !== '') throw writtenElsewhere(path, root, outdir, app, one);
  }
  const tree = treeOf(apps);
  const files = renderTree(tree, { schemaHost: apps[0]?.schemaHost });
  const only = clusters.length === 1 ? clusters[0]?.name : undefined;
  return {
    folder,
    root,
    outdir,
    importEnding,
    main,
    clusters,
    cluster: only,
    apps,
    tree,
    files,
    pending: pendingIn(files, root, path),
  };
}

/** All that apps write to one folder. */
export function treeOf(apps: readonly SynthesizedTree[]): Tree {
  return {
    files: apps.flatMap(({ tree }) => tree.files),
    external: apps.flatMap(({ tree }) => tree.external ?? []),
    policies: apps.flatMap(({ tree }) => tree.policies ?? []),
  };
}

export function folderOf({ outdir }: SynthesizedTree): string {
  return realPath(resolve(outdir ?? 'dist'));
}

export function slashed(path: string): string {
  return path.split(sep).join('/').replace(/\/$/, '');
}

/** @throws EspalierError where the code could not be run */
function requirePackage(folder: string): void {
  try {
    createRequire(join(folder, 'main.ts')).resolve('cdk8s-espalier');
  } catch {
    throw new EspalierError(
      'cdk8s-espalier is not installed in this folder, and the code needs it: run `npx cdk8s-espalier init`, then `npm install`. Nothing was written.',
    );
  }
}

/** @throws EspalierError where the tree is code's that there is not */
function refuseOrphans(root: string): void {
  const owned = parseOwnership(readOwnershipText(root) ?? '', join(root, ownershipFile)).hashes.size;
  if (owned === 0) return;
  throw new EspalierError(
    `${ownershipFile} says that code makes ${count(owned, 'file')} here, and there is no main.ts in this folder. Run adopt where it is; if it is gone, delete ${ownershipFile}: the files stay, and are yours. Nothing was written.`,
  );
}

/**
 * The Clusters that code may stand in: the one of that name, else all.
 *
 * @throws EspalierError where there is none
 */
function clustersIn(main: string, apps: readonly SynthesizedTree[], name: string | undefined): readonly TreeCluster[] {
  const all = apps.flatMap(({ tree }) => tree.clusters ?? []);
  const named = all.filter((cluster) => name === undefined || cluster.name === name);
  const found = named.filter(({ props }) => (props as { readonly root?: unknown }).root === null);
  if (found.length > 0) return found;
  if (named.length > 0)
    throw new EspalierError(
      `${main}: the Cluster ${named[0]?.name} has a root Kustomization of its own, which does not apply your folders. Add a Cluster for them, ` +
        `new Cluster(app, 'existing', { sourceRoot: '.', root: null, defaults: false, vaultPolicies: false }), and name it by --cluster. Nothing was written.`,
    );
  const names = all.map((cluster) => cluster.name).join(', ') || 'none';
  throw new EspalierError(
    `${main} has no Cluster${name === undefined ? '' : ` ${name} (there: ${names})`}. Add it, or name another by --cluster. Nothing was written.`,
  );
}

function writtenElsewhere(
  main: string,
  root: string,
  outdir: string,
  app: SynthesizedTree,
  { name, folder }: TreeCluster,
): EspalierError {
  const to = slashed(relative(root, join(folderOf(app), folder))) || '.';
  return new EspalierError(
    `${main} writes the Cluster ${name} to ${to}/, and files are made again where they lie. Add an App for them: ` +
      `new App({ outdir: ${JSON.stringify(outdir)} }), with a Cluster that has sourceRoot: '.' and root: null; and name it by --cluster. Nothing was written.`,
  );
}

/** @throws EspalierError where something else than the writing of what was adopted is still to be done */
function pendingIn(files: ReadonlyMap<string, string>, root: string, main: string): number {
  const { created, changed, incomplete } = compareTree(files, root);
  const adopted = parseOwnership(readOwnershipText(root) ?? '', join(root, ownershipFile)).adopted ?? new Map();
  const stale = incomplete ? [] : [...created, ...changed].filter(({ path }) => !adopted.has(path));
  if (stale.length === 0) return created.length + changed.length;
  const names = stale.slice(0, 3).map(({ path }) => path);
  throw new EspalierError(
    `The tree is not what ${main} makes (${names.join(', ')}${stale.length > names.length ? ', …' : ''}): run \`espalier synth\` first. Nothing was written.`,
  );
}
