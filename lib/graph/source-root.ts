import { posix } from 'node:path';
import { push } from '../text/group-by';
import { resolveEntry } from '../tree/kustomize/place';
import { foldersOf } from '../tree/paths';
import type { SourceDocument, SourceTree } from '../tree/source/source';

/** Tells which folder of the tree the path of a Kustomization means; undefined when it leads out of the tree. */
export type FolderOf = (path: string, kustomization: SourceDocument) => string | undefined;

/** A Kustomization as it is written, with its path and the source that this is a path of. */
export interface PathOf {
  readonly document: SourceDocument;
  readonly path: string;
  /** Equal for those of one source. */
  readonly source: string;
}

/** How the paths of a tree's Kustomizations are read. */
export interface SourceRoot {
  readonly folderOf: FolderOf;
  /** The way from the source's root to the tree's, which paths begin with: `dist`; '' where they do not. */
  readonly above: string;
}

/**
 * Kustomizations name folders from the root of their source: the repository, or the folder that was pushed as an artifact. In the
 * tree that root is the tree's own, or a folder above the Kustomization's file; or it lies above the tree, and paths begin with
 * the tree's last segments (`./dist/apps` in what is checked as dist/). The reading under which most paths exist is taken; for a
 * Kustomization in a folder that another of the same source applies, the other's.
 */
export function sourceRoot(tree: SourceTree, paths: readonly PathOf[]): SourceRoot {
  // The root itself exists in every reading.
  const telling = paths.flatMap(({ document, path, source }) => {
    const folder = folderNamed(path);
    return folder === undefined || folder === '' ? [] : [{ document, folder, source }];
  });
  const exists = (folder: string) => tree.isFolder(folder);

  // A tree in memory does not know where it will lie.
  const above = tree.location === '' ? beginningsOf(telling) : foldersAbove(tree.location);
  const hitsWithout = above.map(
    (prefix) => telling.filter(({ folder }) => hit(without(folder, prefix), exists)).length,
  );
  const rootsWith = (folder: string, document: SourceDocument): readonly string[] =>
    folder === '' ? [] : rootsOf(document).filter((root) => exists(join(root, folder)));
  const hitsBelow = new Map<string, number>();
  const found = new Map<SourceDocument, { readonly folder: string; readonly roots: readonly string[] }>();
  for (const { document, folder } of telling) {
    const roots = rootsWith(folder, document);
    found.set(document, { folder, roots });
    for (const root of roots) hitsBelow.set(root, (hitsBelow.get(root) ?? 0) + 1);
  }
  const most = Math.max(0, ...hitsWithout);
  const prefix = above[hitsWithout.indexOf(most)] ?? '';

  /** The root of a Kustomization's source; undefined where it lies above the tree. */
  const rootFor = (folder: string, document: SourceDocument): string | undefined => {
    // Where the folder is, if it is somewhere: a tree may hold artifacts with roots of their own beside the repository's.
    const known = found.get(document);
    const there = known?.folder === folder ? known.roots : rootsWith(folder, document);
    const best = mostOf(there.length > 0 ? there : rootsOf(document), hitsBelow);
    return most > (hitsBelow.get(best) ?? 0) && without(folder, prefix) !== undefined ? undefined : best;
  };
  const inRoot = (folder: string, root: string | undefined) =>
    root === undefined ? without(folder, prefix) : join(root, folder);

  const sources = new Map<SourceDocument, string>();
  const appliers = new Map<string, { readonly document: SourceDocument; readonly root: string | undefined }[]>();
  for (const { document, folder, source } of telling) {
    sources.set(document, source);
    const root = rootFor(folder, document);
    const there = inRoot(folder, root);
    if (there !== undefined && exists(there)) push(appliers, `${source}\n${there}`, { document, root });
  }
  /** The outermost of the same source that applies a folder which the Kustomization lies in: it begins the cluster. */
  const applierOf = (document: SourceDocument) => {
    const source = sources.get(document);
    if (source === undefined) return undefined;
    for (const folder of foldersOf(document.file.path)) {
      const applier = appliers.get(`${source}\n${folder}`)?.find((one) => one.document !== document);
      if (applier !== undefined) return applier;
    }
    return undefined;
  };

  const liesAbove = ({ document, folder }: { readonly document: SourceDocument; readonly folder: string }) =>
    applierOf(document) === undefined && rootFor(folder, document) === undefined;

  return {
    folderOf: (path, document) => {
      const folder = folderNamed(path);
      if (folder === undefined) return undefined;
      const applier = applierOf(document);
      return inRoot(folder, applier === undefined ? rootFor(folder, document) : applier.root);
    },
    above: telling.some(liesAbove) ? prefix : '',
  };
}

/** The root under which most paths exist; of several, the first. */
function mostOf(roots: readonly string[], hits: ReadonlyMap<string, number>): string {
  let best = roots[0] ?? '';
  for (const root of roots) if ((hits.get(root) ?? 0) > (hits.get(best) ?? 0)) best = root;
  return best;
}

/**
 * A Kustomization's path as the folder of its source that it names: no `./`, no `/` at either end; '' for the root, above which none leads
 * (kustomize-controller 1.9 internal/controller/kustomization_controller.go: securejoin.SecureJoin).
 */
export function folderNamed(path: string): string | undefined {
  return resolveEntry('', posix.normalize(`/${path}`).slice(1));
}

/** The folders that may be the root of a Kustomization's source, the tree's own first. */
function rootsOf({ file }: SourceDocument): string[] {
  return ['', ...foldersOf(file.path)];
}

/** The first segments of all paths: `a`, `a/b`, … of a/b/c. */
function beginningsOf(paths: readonly { readonly folder: string }[]): string[] {
  const beginnings = new Set<string>();
  for (const { folder } of paths) {
    const segments = folder.split('/');
    for (let count = 1; count < segments.length; count += 1) beginnings.add(segments.slice(0, count).join('/'));
    if (beginnings.size > maximumBeginnings) break;
  }
  return [...beginnings];
}

/** A tree has one or two roots; so many beginnings are enough to find them. */
const maximumBeginnings = 50;

/** The last segments of a path: `c`, `b/c`, … of /a/b/c, the longest first. */
function foldersAbove(location: string): string[] {
  const segments = location.split('/').filter((segment) => segment !== '');
  return segments.map((_, i) => segments.slice(i).join('/'));
}

function hit(folder: string | undefined, exists: (folder: string) => boolean): boolean {
  return folder !== undefined && exists(folder);
}

function without(path: string, prefix: string): string | undefined {
  if (!path.startsWith(prefix)) return undefined;
  if (path.length === prefix.length) return '';
  return path[prefix.length] === '/' ? path.slice(prefix.length + 1) : undefined;
}

function join(root: string, folder: string): string {
  return root === '' ? folder : folder === '' ? root : `${root}/${folder}`;
}
