import { isJsonObject, type Json, type JsonObject } from '../json/json';
import { listAt, objectAt, textAt } from '../json/read';
import { groupVersion } from '../systems/api-version';
import type { SourceDocument } from '../tree/source/source';
import { isObject } from './identity';
import { folderNamed } from './source-root';

/** What a Kustomization names as its source. */
export interface Reference {
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

/** Where the files of a Kustomization come from. */
export interface Origin {
  readonly source: Reference;
  /** From the root of that source; undefined where that cannot be told. */
  readonly path: string | undefined;
}

/** Tells where the files of a Kustomization come from, through what ArtifactGenerators copy. */
export type OriginOf = (kustomization: JsonObject, namespace: string | undefined, document: SourceDocument) => Origin;

/** A folder that a generator copies, with what is in it, and where to. */
interface Copied {
  readonly source: Reference;
  readonly from: string;
  readonly to: string;
}

/** An artifact that a generator puts together. */
interface Generated {
  readonly document: SourceDocument;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly folders: readonly Copied[];
  /** Where it puts what is no whole folder. */
  readonly others: readonly string[];
}

/** The steps from artifact to artifact that are followed. */
const maximumSteps = 5;

export function originsIn(documents: readonly SourceDocument[]): OriginOf {
  // Few documents are one: of the others no generator function is started.
  const generated = documents.filter(isGenerator).flatMap((document) => [...artifactsOf(document)]);
  return (kustomization, namespace, document) => {
    let origin: Origin = {
      source: referenceIn(objectAt(kustomization, 'spec', 'sourceRef'), namespace),
      path: textAt(kustomization, 'spec', 'path') ?? '',
    };
    for (let step = 0; step < maximumSteps && origin.source.kind === 'ExternalArtifact'; step += 1) {
      const { source } = origin;
      const artifacts = generated.filter((one) => one.name === source.name && mayBe(one.namespace, source.namespace));
      if (artifacts.length === 0) return origin;
      // Of several clusters: its own.
      artifacts.sort((a, b) => shared(b.document, document) - shared(a.document, document));
      const path = folderNamed(origin.path ?? '');
      const found = path === undefined ? undefined : artifacts.flatMap((artifact) => copyOf(artifact, path) ?? [])[0];
      if (found === undefined) return { source, path: undefined };
      origin = found;
    }
    return origin;
  };
}

function isGenerator({ value }: SourceDocument): boolean {
  return isJsonObject(value) && value.kind === 'ArtifactGenerator' && isObject(value);
}

/** The folder that a folder of an artifact is a copy of; undefined when it is none, or of several. */
function copyOf({ folders, others }: Pick<Generated, 'folders' | 'others'>, path: string): Origin | undefined {
  const below = [...others, ...folders.map(({ to }) => to)].filter((to) => to !== path && isIn(to, path));
  // What holds nothing but one folder is built as that is.
  if (below.length === 1 && below[0] !== undefined) return copyOf({ folders, others }, below[0]);
  if (below.length > 1) return undefined;
  if (others.includes(path)) return undefined;
  const found = folders.filter(({ to }) => isIn(path, to));
  const [one] = found;
  if (one === undefined || found.length > 1) return undefined;
  return { source: one.source, path: join(one.from, path.slice(one.to.length)) };
}

/**
 * What a generator's artifacts are copied from: `@alias/folder/**` is copied without the folder, `@alias/folder` with it
 * (source-watcher internal/builder/builder.go, applyCopyOperation).
 */
function* artifactsOf(document: SourceDocument): Generator<Generated> {
  const { value } = document;
  if (!isObject(value) || groupVersion(value.apiVersion).group !== 'source.extensions.fluxcd.io') return;
  const namespace = textAt(value, 'metadata', 'namespace');
  const sources = new Map(
    listAt(value, 'spec', 'sources').map((source) => [textAt(source, 'alias') ?? '', referenceIn(source, namespace)]),
  );
  for (const artifact of listAt(value, 'spec', 'artifacts')) {
    const folders: Copied[] = [];
    const others: string[] = [];
    for (const copy of listAt(artifact, 'copy')) {
      const [, alias, pattern] = /^@([^/]+)\/(.*)$/.exec(textAt(copy, 'from') ?? '') ?? [];
      const to = folderNamed((textAt(copy, 'to') ?? '').replace(/^@artifact\//, ''));
      const source = alias === undefined ? undefined : sources.get(alias);
      if (pattern === undefined || source === undefined || to === undefined) continue;
      const inside = pattern === '**' ? '' : pattern.replace(/\/\*\*$/, '');
      const from = folderNamed(inside);
      const isFolder =
        from !== undefined && !/[*?[\]]|\.[^/.]+$/.test(inside) && textAt(copy, 'strategy') !== 'Extract';
      if (!isFolder) others.push(to);
      else if (inside !== pattern) folders.push({ source, from, to });
      else folders.push({ source, from, to: join(to, from.slice(from.lastIndexOf('/') + 1)) });
    }
    yield { document, namespace, name: textAt(artifact, 'name') ?? '', folders, others };
  }
}

/** The source that `spec.sourceRef`, or an entry of a generator, names. */
export function referenceIn(source: Json | undefined, namespace: string | undefined): Reference {
  const given = isJsonObject(source) ? source : undefined;
  return {
    kind: textAt(given, 'kind') ?? '',
    namespace: textAt(given, 'namespace') ?? namespace,
    name: textAt(given, 'name') ?? '',
  };
}

/** Whether two namespaces may be the same: one that is not written is filled in later. */
export function mayBe(one: string | undefined, other: string | undefined): boolean {
  return one === other || one === undefined || other === undefined;
}

function isIn(folder: string, above: string): boolean {
  return above === '' || folder === above || folder.startsWith(`${above}/`);
}

function join(...parts: string[]): string {
  return parts.flatMap((part) => part.split('/').filter((segment) => segment !== '')).join('/');
}

/** How many folders two documents lie in together. */
function shared(one: SourceDocument, other: SourceDocument): number {
  const segments = other.file.path.split('/');
  const end = one.file.path.split('/').findIndex((segment, i) => segment !== segments[i]);
  return end === -1 ? segments.length : end;
}
