import { objectAt, textAt } from '../json/read';
import { memoize } from '../text/memoize';
import type { FluxOverlay } from '../tree/kustomize/built';
import { folderOf } from '../tree/paths';
import type { SourceDocument, SourceTree } from '../tree/source/source';
import { kustomizationIn } from './flux/sync';
import type { Listing } from './listing';
import { type Origin, type OriginOf, originsIn } from './origins';
import type { Resource } from './resource';
import { type FolderOf, folderNamed, sourceRoot } from './source-root';
import { bootstrapped, foreignAmong, type NamedFolder } from './sources';

/** Which folder of the tree each Kustomization means. */
export class Reading {
  readonly originOf: OriginOf;
  readonly folderOf: FolderOf;
  /** The way from the source's root to the tree's; '' where that is not above it, or not known. */
  readonly above: string;
  /** Those that apply another repository. */
  readonly foreign: ReadonlySet<SourceDocument>;
  private readonly appliesOther: (kustomization: NamedFolder) => boolean;

  constructor(
    readonly tree: SourceTree,
    documents: readonly SourceDocument[],
    readonly written: readonly SourceDocument[],
    private readonly listing: Listing,
  ) {
    this.originOf = originsIn(documents);
    const { folderOf: namedFolder, above } = sourceRoot(
      tree,
      written.flatMap((document) => {
        const { path, source } = this.originFor(document);
        return path === undefined ? [] : [{ document, path, source: JSON.stringify(source) }];
      }),
    );
    this.folderOf = (path, document) => this.artifactOf(path, document) ?? namedFolder(path, document);
    this.above = above;
    const named = new Map(written.map((document) => [document, this.named(this.originFor(document), document)]));
    this.appliesOther = foreignAmong(documents, [...named.values()]);
    this.foreign = new Set(written.filter((document) => this.appliesOther(named.get(document) as NamedFolder)));
  }

  /** Whether a Kustomization applies another repository as it is built: a patch may have said its path. */
  isForeign({ value, namespace, document }: Resource): boolean {
    return (
      this.foreign.has(document) ||
      this.appliesOther(this.named(known(this.originOf(value, namespace, document)), document))
    );
  }

  private named({ source, path }: Origin, document: SourceDocument): NamedFolder {
    const folder = path === undefined ? undefined : this.folderAt(path, document);
    const below = (folder ?? '').length > (folderNamed(path ?? '') ?? '').length;
    return { source, folder, isMissing: path !== undefined && folder === undefined, below };
  }

  /**
   * The folder that was pushed as the artifact whose root a cluster begins with: the one that brings the file in which that stands, not
   * the repository with whatever lies in it.
   */
  private artifactOf(path: string, document: SourceDocument): string | undefined {
    const source = objectAt(kustomizationIn(document), 'spec', 'sourceRef');
    if (folderNamed(path) !== '' || textAt(source, 'name') !== bootstrapped) return undefined;
    if (textAt(source, 'kind') === 'GitRepository') return undefined;
    const [top] = this.listing.topsOf(document.file.path);
    return top === folderOf(document.file.path) && top.endsWith('/flux-system') ? folderOf(top) : top;
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

  /** Where its files come from as it stands in its file. */
  private readonly originFor = memoize((document: SourceDocument): Origin => {
    const value = kustomizationIn(document) ?? {};
    return known(this.originOf(value, textAt(value, 'metadata', 'namespace'), document));
  });

  /** The folder that a path means, if the tree has it. */
  folderAt(path: string, document: SourceDocument): string | undefined {
    const folder = this.folderOf(path, document);
    return folder !== undefined && this.exists(folder) ? folder : undefined;
  }
}

/** Without a path where Flux fills something in. */
function known(origin: Origin): Origin {
  return origin.path?.includes('${') ? { ...origin, path: undefined } : origin;
}
