import { objectAt, textAt } from '../json/read';
import { memoize } from '../text/memoize';
import type { FluxOverlay } from '../tree/kustomize/built';
import type { SourceDocument, SourceTree } from '../tree/source/source';
import { kustomizationIn } from './flux/sync';
import { type Origin, type OriginOf, originsIn } from './origins';
import { type FolderOf, folderNamed, sourceRoot } from './source-root';
import { foreignAmong } from './sources';

/** Which folder of the tree each Kustomization means. */
export class Reading {
  readonly originOf: OriginOf;
  readonly folderOf: FolderOf;
  /** The way from the source's root to the tree's; '' where that is not above it, or not known. */
  readonly above: string;
  /** Those that apply another repository. */
  readonly foreign: ReadonlySet<SourceDocument>;

  constructor(
    readonly tree: SourceTree,
    documents: readonly SourceDocument[],
    readonly written: readonly SourceDocument[],
  ) {
    this.originOf = originsIn(documents);
    const { folderOf, above } = sourceRoot(
      tree,
      written.flatMap((document) => {
        const { path, source } = this.originFor(document);
        return path === undefined ? [] : [{ document, path, source: JSON.stringify(source) }];
      }),
    );
    this.folderOf = folderOf;
    this.above = above;
    const folders = written.map((document) => {
      const folder = this.folderFor(document);
      const { source, path } = this.originFor(document);
      const below = (folder ?? '').length > (folderNamed(path ?? '') ?? '').length;
      return { document, source, folder, below };
    });
    this.foreign = foreignAmong(documents, folders);
  }

  exists(folder: string): boolean {
    return this.tree.isFolder(folder);
  }

  /** What a Kustomization builds as it stands in its file; undefined where that is not in the tree. */
  buildOf(document: SourceDocument): readonly [folder: string, overlay: FluxOverlay] | undefined {
    const folder = this.folderFor(document);
    if (folder === undefined || this.foreign.has(document)) return undefined;
    return [folder, { document, spec: objectAt(kustomizationIn(document), 'spec') ?? {} }];
  }

  /** The folder that a Kustomization means as it stands in its file, if the tree has it. */
  readonly folderFor = memoize((document: SourceDocument): string | undefined => {
    const { path } = this.originFor(document);
    return path === undefined ? undefined : this.folderAt(path, document);
  });

  /** Where its files come from as it stands in its file: without a path where Flux fills something in. */
  private readonly originFor = memoize((document: SourceDocument): Origin => {
    const value = kustomizationIn(document) ?? {};
    const origin = this.originOf(value, textAt(value, 'metadata', 'namespace'), document);
    return origin.path?.includes('${') ? { ...origin, path: undefined } : origin;
  });

  /** The folder that a path means, if the tree has it. */
  folderAt(path: string, document: SourceDocument): string | undefined {
    const folder = this.folderOf(path, document);
    return folder !== undefined && this.exists(folder) ? folder : undefined;
  }
}
