import type { JsonObject } from '../json/json';
import { listAt, objectAt, textAt } from '../json/read';
import { groupVersion } from '../systems/api-version';
import { groupBy } from '../text/group-by';
import { memoize } from '../text/memoize';
import type { Exclusions, SourceDocument } from '../tree/source/source';
import { syncIn } from './flux/sync';
import { isObject } from './identity';
import { mayBe, type OriginOf, type Reference, referenceIn } from './origins';
import type { Resource } from './resource';
import { folderNamed } from './source-root';

/** Tells which Kustomizations take their files from this tree. */
export interface Sources {
  /** Why the files of a Kustomization are not this tree's; undefined when they are. */
  elsewhere(kustomization: Resource, path: string): string | undefined;
  /** What the source that is this tree leaves behind by its spec, and what it has of others; undefined where it says nothing. */
  readonly spec: SourceSpec | undefined;
}

/** What a source's spec says of the files that it has. */
export interface SourceSpec extends Pick<Exclusions, 'ignore' | 'only'> {
  /** The folders that it takes from other repositories (spec.include). */
  readonly included: readonly string[];
}

/** Tells what a path means as a folder of this tree: undefined where there is none, '' for the tree's root. */
export type FolderAt = (path: string, document: SourceDocument) => string | undefined;

/** A source as it is written; its namespace may be filled in when it is built. */
interface Written extends Reference {
  /** The repository, artifact or bucket. */
  readonly address: string;
  /** Which state of it. */
  readonly revision: string;
  readonly spec?: SourceSpec | undefined;
}

/**
 * The source of the first Kustomizations is this tree. Another source is this tree, too, when it has the same address, or when the
 * tree does not have it and does have the folder.
 */
export function sourcesOf(
  documents: readonly SourceDocument[],
  roots: readonly Resource[],
  originOf: OriginOf,
  folderAt: FolderAt,
): Sources {
  const written = writtenIn(documents);
  const sourceOf = ({ value, namespace, document }: Resource) => originOf(value, namespace, document).source;
  const own = new Set(roots.map((root) => keyOf(sourceOf(root))));
  const ownSources = roots.flatMap((root) => meant(sourceOf(root), written));
  const specs = ownSources.flatMap(({ spec }) => spec ?? []);
  return {
    // Of several that differ, as of several clusters, none is known to be meant.
    spec: specs.every((spec) => JSON.stringify(spec) === JSON.stringify(specs[0])) ? specs[0] : undefined,
    elsewhere(kustomization, path) {
      const source = sourceOf(kustomization);
      if (own.has(keyOf(source))) return undefined;
      const meanings = meant(source, written);
      const isOwn = meanings.some((one) => ownSources.some((other) => sameState(one, other)));
      if (isOwn) return undefined;
      // Another branch of this repository, or what was made with the cluster: it may be this tree where that has the folder.
      const mayBe =
        meanings.length === 0 || meanings.some((one) => ownSources.some(({ address }) => address === one.address));
      const folder = folderAt(path, kustomization.document) ?? '';
      // Paths of a repository begin at its root, which is not somewhere below the tree's.
      const below = source.kind === 'GitRepository' && folder.length > (folderNamed(path) ?? '').length;
      if (mayBe && folder !== '' && !below) return undefined;
      return `its files come from ${source.kind} ${source.namespace}/${source.name}`;
    },
  };
}

/**
 * Tells which Kustomizations apply another repository, as far as it can be told before it is known which are the first. Of those that
 * apply a root: folders of the tree are named with another source, and none with theirs. Of those whose folder is not in the tree: none
 * is that is named with their source, though some are of another, or there are several. Of the others: where folders are named
 * from the tree's root, a Git repository of another address is not some folder below that.
 */
export function foreignAmong(
  documents: readonly SourceDocument[],
  kustomizations: readonly NamedFolder[],
): (kustomization: NamedFolder) => boolean {
  const written = writtenIn(documents);
  const withMeanings = (named: NamedFolder) => ({ ...named, meanings: meant(named.source, written) });
  const all = kustomizations.map(withMeanings);
  const own = all.filter(({ folder, source }) => source.name === bootstrapped || (folder ?? '') !== '');
  const fromRoot = own.filter(({ below, source }) => !below && source.kind === 'GitRepository');
  const addresses = new Set(fromRoot.flatMap(({ meanings }) => meanings.map(({ address }) => address)));
  const there = all.filter(({ folder }) => (folder ?? '') !== '');
  const lacking = all.filter(({ isMissing }) => isMissing);
  const isTelling = there.length > 0 || lacking.length > 1;
  return (kustomization) => {
    const one = withMeanings(kustomization);
    const { folder, below, source, meanings, isMissing } = one;
    if (source.name === bootstrapped) return false;
    if (isMissing) return isTelling && !there.some((other) => mayBeSame(one, other));
    if (meanings.length === 0) return false;
    if (below && source.kind === 'GitRepository' && addresses.size > 0) {
      return !meanings.some(({ address }) => addresses.has(address));
    }
    const isSame = (other: (typeof all)[number]) =>
      meanings.some((each) => other.meanings.some((another) => sameState(each, another)));
    return folder === '' && own.length > 0 && !own.some(isSame);
  };
}

interface Meant {
  readonly source: Reference;
  readonly meanings: readonly Written[];
}

/** Whether two Kustomizations may have their files from one repository. */
function mayBeSame({ source: a, meanings }: Meant, { source: b, meanings: others }: Meant): boolean {
  if (a.kind === b.kind && a.name === b.name && mayBe(a.namespace, b.namespace)) return true;
  return meanings.some(({ address }) => others.some((other) => other.address === address));
}

/** A Kustomization with the folder of the tree that it means, if there is one. */
export interface NamedFolder {
  readonly source: Reference;
  readonly folder: string | undefined;
  /** Whether it names a folder that is not in the tree. */
  readonly isMissing: boolean;
  /** Whether its path was taken to begin below the tree's root. */
  readonly below: boolean;
}

/** The name that `flux bootstrap` and the Flux Operator give to the source that is this tree. */
export const bootstrapped = 'flux-system';

type ByName = ReadonlyMap<string, readonly Written[]>;

/** The sources of a tree by name. Read once: a tree may have thousands of clusters, each of a few documents. */
const writtenIn = memoize((documents: readonly SourceDocument[]): ByName => {
  const all: Written[] = [];
  for (const document of documents) {
    const source = writtenSource(document);
    if (source !== undefined) all.push(source);
  }
  return groupBy(all, ({ name }) => name);
});

function writtenSource(document: SourceDocument): Written | undefined {
  const { value } = document;
  const sync = syncIn(document);
  if (sync !== undefined) {
    const { kustomization, address, revision } = sync;
    const namespace = textAt(kustomization, 'metadata', 'namespace');
    return {
      ...referenceIn(objectAt(kustomization, 'spec', 'sourceRef'), namespace),
      address: plain(address),
      revision,
    };
  }
  if (!isObject(value) || groupVersion(value.apiVersion).group !== 'source.toolkit.fluxcd.io') return undefined;
  const { kind, metadata } = value;
  const address = textAt(value, 'spec', 'url') ?? textAt(value, 'spec', 'bucketName') ?? '';
  return {
    kind,
    namespace: textAt(metadata, 'namespace'),
    name: metadata.name,
    address: plain(address),
    revision: JSON.stringify(objectAt(value, 'spec', 'ref') ?? {}),
    spec: specOf(value),
  };
}

/** https://fluxcd.io/flux/components/source/gitrepositories/: Ignore, Sparse checkout, Include. */
function specOf(value: JsonObject): SourceSpec | undefined {
  const ignore = textAt(value, 'spec', 'ignore') ?? '';
  const only = listAt(value, 'spec', 'sparseCheckout').flatMap((folder) => folderNamed(String(folder)) ?? []);
  const included = listAt(value, 'spec', 'include').flatMap(
    (each) => folderNamed(textAt(each, 'toPath') ?? textAt(each, 'repository', 'name') ?? '') ?? [],
  );
  if (ignore === '' && only.length === 0 && included.length === 0) return undefined;
  return { ignore, only: only.length > 0 ? only : undefined, included };
}

/** One repository has several addresses: `ssh://git@host/a/b`, `https://host/a/b.git`. */
function plain(address: string): string {
  return address
    .replace(/^[a-z+]+:\/\//, '')
    .replace(/^[^/@]*@/, '')
    .replace(/\/?(?:\.git)?\/?$/, '')
    .toLowerCase();
}

function sameState(one: Written, other: Written): boolean {
  return one.address === other.address && one.revision === other.revision;
}

/** The sources that a reference may mean: of several clusters, or with a namespace that is filled in later. */
function meant({ kind, namespace, name }: Reference, written: ByName): Written[] {
  const named = written.get(name) ?? [];
  return named.filter((source) => source.kind === kind && mayBe(source.namespace, namespace));
}

function keyOf({ kind, namespace = '', name }: Reference): string {
  return `${kind}/${namespace}/${name}`;
}
