import { isJsonObject, type Json, type JsonObject } from '../json/json';

/** What tells an object from another in a cluster; the version is not part of it. */
export interface Identity {
  /** '' for the core group. */
  readonly group: string;
  readonly kind: string;
  /** '' for what has none: cluster-wide kinds, and objects whose namespace nobody states. */
  readonly namespace: string;
  readonly name: string;
}

export function identityKey({ group, kind, namespace, name }: Identity): string {
  return `${group}/${kind}/${namespace}/${name}`;
}

/** `apps/Deployment`, `/Secret`: a kind with its group. A tree has few: each text is put together once, and known when it is looked up. */
export function groupKind({ group, kind }: Pick<Identity, 'group' | 'kind'>): string {
  let kinds = groupKinds.get(group);
  if (kinds === undefined) {
    kinds = new Map();
    groupKinds.set(group, kinds);
  }
  let text = kinds.get(kind);
  if (text === undefined) {
    text = `${group}/${kind}`;
    kinds.set(kind, text);
  }
  return text;
}

const groupKinds = new Map<string, Map<string, string>>();

/** `Deployment backstage/backstage`: how messages name an object. */
export function describe({ kind, namespace, name }: Pick<Identity, 'kind' | 'namespace' | 'name'>): string {
  return namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

/** `Deployment/backstage`: how the steps of a chain name an object. */
export function step({ kind, name }: Pick<Identity, 'kind' | 'name'>): string {
  return `${kind}/${name}`;
}

/** "Secret/db key `host`": how the steps of a chain name a key of an object. */
export function keyStep(object: Pick<Identity, 'kind' | 'name'>, key: string): string {
  return `${step(object)} key \`${key}\``;
}

/** The group and version of an apiVersion. */
export function groupVersion(apiVersion: string): GroupVersion {
  let known = groupVersions.get(apiVersion);
  if (known === undefined) {
    const slash = apiVersion.indexOf('/');
    known = { group: apiVersion.slice(0, Math.max(slash, 0)), version: apiVersion.slice(slash + 1) };
    groupVersions.set(apiVersion, known);
  }
  return known;
}

export interface GroupVersion {
  /** '' for the core group. */
  readonly group: string;
  readonly version: string;
}

/** Asked for every object, and a tree has few. */
const groupVersions = new Map<string, GroupVersion>();

/** The apiVersion of an object, as it is written: no text is put together again of its group and version. */
export function apiVersionOf({ apiVersion }: JsonObject): string {
  return apiVersion as string;
}

/** Whether a document has what every Kubernetes object has: an apiVersion, a kind and a name. */
export function isObject(value: Json | undefined): value is JsonObject & {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: JsonObject & { readonly name: string };
} {
  return (
    isJsonObject(value) &&
    typeof value.apiVersion === 'string' &&
    typeof value.kind === 'string' &&
    isJsonObject(value.metadata) &&
    typeof value.metadata.name === 'string'
  );
}
