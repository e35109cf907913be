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
