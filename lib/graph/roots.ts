import { push } from '../group-by';
import type { Built } from '../tree/kustomize/built';
import type { SourceDocument } from '../tree/source/source';
import { textAt } from './json';

/** A document that says what to apply: a Flux Kustomization as it is written. */
export interface Written {
  readonly document: SourceDocument;
  /** What it builds; undefined where that is not in the tree. */
  readonly built: Built | undefined;
}

/** The Kustomizations from which a cluster unfolds: nobody in the tree applies them, unless they apply themselves. */
export interface RootGroup {
  /** The folder that they lie in. */
  readonly folder: string;
  readonly roots: readonly SourceDocument[];
}

/**
 * Finds the first Kustomizations of each cluster of a tree: what `flux bootstrap` writes applies itself; others are applied by
 * hand, and nothing in the tree applies them. Those of one folder are one cluster.
 */
export function rootGroups(kustomizations: readonly Written[]): RootGroup[] {
  const appliers = new Map<SourceDocument, Written[]>(kustomizations.map(({ document }) => [document, []]));
  const builders = new Map<string, Written[]>();
  for (const written of kustomizations) {
    if (written.built === undefined) continue;
    for (const { document } of written.built.objects) appliers.get(document)?.push(written);
    push(builders, written.built.folder, written);
  }
  const roots = kustomizations.filter((written) => {
    const by = appliers.get(written.document) ?? [];
    if (by.length > 0) return by.includes(written);
    // In a folder that another builds, and left out of it: forgotten, not a root.
    const above = foldersAbove(folderOf(written.document)).flatMap((folder) => builders.get(folder) ?? []);
    return above.every((builder) => builder === written);
  });
  // Circles that nobody applies from outside: one must be the first.
  const first = roots.length > 0 || kustomizations[0] === undefined ? roots : [kustomizations[0]];
  const groups = new Map<string, SourceDocument[]>();
  for (const { document } of first) push(groups, folderOf(document), document);
  return mergeNested([...groups].map(([folder, documents]) => ({ folder, roots: documents })));
}

export function folderOf({ file }: SourceDocument): string {
  return file.path.slice(0, Math.max(file.path.lastIndexOf('/'), 0));
}

/** A folder and those above it, but for the tree's own. */
function foldersAbove(folder: string): string[] {
  const segments = folder.split('/');
  return folder === '' ? [] : segments.map((_, i) => segments.slice(0, i + 1).join('/'));
}

function lies(folder: string, above: string): boolean {
  return above !== '' && (folder === above || folder.startsWith(`${above}/`));
}

/** A folder below another's is of the same cluster, unless both say something of the same Kustomization. */
function mergeNested(groups: readonly RootGroup[]): RootGroup[] {
  const merged: { folder: string; roots: SourceDocument[] }[] = [];
  for (const group of [...groups].sort((a, b) => (a.folder < b.folder ? -1 : 1))) {
    const above = merged.find(({ folder, roots }) => lies(group.folder, folder) && !clash(roots, group.roots));
    if (above === undefined) merged.push({ folder: group.folder, roots: [...group.roots] });
    else above.roots.push(...group.roots);
  }
  return merged;
}

function clash(a: readonly SourceDocument[], b: readonly SourceDocument[]): boolean {
  const names = new Set(a.map(nameOf));
  return b.some((document) => names.has(nameOf(document)));
}

function nameOf({ value }: SourceDocument): string {
  return `${textAt(value, 'metadata', 'namespace') ?? ''}/${textAt(value, 'metadata', 'name') ?? ''}`;
}
