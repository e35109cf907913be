import { isJsonObject, type Json, type JsonObject } from '../json/json';
import { groupVersion } from '../systems/api-version';
import { podTemplatePath } from '../systems/kinds/kinds';
import type { Tree, TreeFile } from './tree';

/** Documents without the tags and digests of their images: what is left decides all that is found of them. */
export interface Untagged {
  readonly documents: readonly Json[];
  /** What was left out of each container's image, '' for nothing. */
  readonly tags: readonly string[];
}

/** A name, then a version, a date, a commit or a digest. Other words, such as `latest`, may mean something to a rule. */
const tagged =
  /^([a-z][\w./-]*(?::\d+\/[\w./-]+)?)(?::((?:v|rc|alpha|beta|main|sha|[0-9a-f]|[._-])+))?(?:@sha256:([0-9a-f]{64}))?$/;

/**
 * Leaves the tags of images out of a file that runs pods: `ghcr.io/acme/shop:1.2.3` becomes `ghcr.io/acme/shop:`. No rule asks for
 * a tag, and nothing in a tree refers to one, unless it {@link mindsTags}.
 *
 * @returns undefined for a file that has none
 */
export function withoutTags({ documents, text }: Pick<TreeFile, 'documents' | 'text'>): Untagged | undefined {
  // Comments in it may count.
  if (text !== undefined) return undefined;
  const tags: string[] = [];
  const untagged = documents.map((document) => {
    const template = isJsonObject(document) ? podsOf(document) : undefined;
    return template === undefined ? document : inPod(document as JsonObject, [...template, 'spec'], tags);
  });
  return tags.some((tag) => tag !== '') ? { documents: untagged, tags } : undefined;
}

function podsOf({ apiVersion, kind }: JsonObject): readonly string[] | undefined {
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  return podTemplatePath({ group: groupVersion(apiVersion).group, kind });
}

function inPod(object: JsonObject, [field, ...rest]: readonly string[], tags: string[]): JsonObject {
  if (field === undefined) {
    return {
      ...object,
      ...inContainers(object, 'containers', tags),
      ...inContainers(object, 'initContainers', tags),
    };
  }
  const below = object[field];
  return isJsonObject(below) ? { ...object, [field]: inPod(below, rest, tags) } : object;
}

function inContainers(pod: JsonObject, field: string, tags: string[]): JsonObject {
  const containers = pod[field];
  if (!Array.isArray(containers)) return {};
  return {
    [field]: containers.map((container: Json) => (isJsonObject(container) ? inContainer(container, tags) : container)),
  };
}

function inContainer(container: JsonObject, tags: string[]): JsonObject {
  const { image } = container;
  const [, name, tag, digest] = (typeof image === 'string' ? tagged.exec(image) : null) ?? [];
  const cut = tag !== undefined || digest !== undefined;
  tags.push(cut ? (image as string).slice(name?.length) : '');
  if (!cut) return container;
  return { ...container, image: `${name}${tag === undefined ? '' : ':'}${digest === undefined ? '' : '@'}` };
}

/** What a kustomization.yaml may say that neither looks at an image nor at the bytes of a file, as patches and generators do. */
const listing: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata', 'resources', 'namespace', 'labels']);

/** The same of a Kustomization of Flux, by the fields of its spec. */
const applying: ReadonlySet<string> = new Set([
  ...['commonMetadata', 'decryption', 'deletionPolicy', 'dependsOn', 'force', 'healthCheckExprs', 'healthChecks'],
  ...['interval', 'kubeConfig', 'path', 'postBuild', 'prune', 'retryInterval', 'serviceAccountName', 'sourceRef'],
  ...['suspend', 'targetNamespace', 'timeout', 'wait'],
]);

/**
 * Whether something in a tree may look at the images of its pods before they are applied: a patch, a generator that reads a file.
 * What is not plainly something else counts as such: a list of objects, a kind that a variable fills in.
 */
export function mindsTags({ files }: Pick<Tree, 'files'>): boolean {
  return files.some(({ path, documents }) => {
    const isListing = /(?:^|\/)kustomization(?:\.ya?ml)?$/i.test(path);
    return documents.some((document) => !isJsonObject(document) || minds(document, isListing));
  });
}

function minds(document: JsonObject, isListing: boolean): boolean {
  if (isListing) return !hasOnly(document, listing);
  const { apiVersion, kind, spec } = document;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || /\$/.test(apiVersion + kind)) return true;
  if (kind.endsWith('List') || 'items' in document) return true;
  if (/^(?:kustomize\.config\.k8s\.io|fluxcd\.controlplane\.io)\//.test(apiVersion)) return true;
  return kind === 'Kustomization' && !(isJsonObject(spec) && hasOnly(spec, applying));
}

function hasOnly(object: JsonObject, known: ReadonlySet<string>): boolean {
  return Object.keys(object).every((field) => known.has(field));
}
