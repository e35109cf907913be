import type { Path } from '../../json/json';
import { isJsonObject, type JsonObject } from '../../json/json';
import { groupVersion } from '../../systems/api-version';
import { isClusterScoped } from '../../systems/kinds/scope';
import type { SourceDocument } from '../source/source';
import { mergeShapeOf } from './merge-keys';

/** What kustomize tells objects apart by. The version is part of it: kustomize takes two versions of one object for two. */
export interface Id {
  readonly apiVersion: string;
  readonly kind: string;
  /** `default` where none is written; empty for what is known to belong to no namespace. */
  readonly namespace: string;
  readonly name: string;
}

/** An object on its way through the kustomizations. Never changed: a transformer makes another. */
export interface Item {
  readonly value: JsonObject;
  readonly id: Id;
  readonly document: SourceDocument;
  readonly path: Path;
  readonly generated: boolean;
  readonly uncertain: boolean;
  /** What it was called before, the oldest first: references to it are found by these. */
  readonly previous: readonly Id[];
  readonly prefixes: readonly string[];
  readonly suffixes: readonly string[];
  /** Places of a label that are one node in kustomize's memory: what sets one of them sets all. */
  readonly shared: readonly (readonly Path[])[];
  /** The names of the vars that mean a field of it. */
  readonly vars: readonly string[];
  /** Whether a hash of its content ends its name. */
  readonly hashed: boolean;
  /** The transformers that ran on it, where the build notes them. */
  readonly transformers: readonly Transformer[];
}

/** A transformer of kustomize: the file that configures it, and what it is. */
export interface Transformer {
  readonly configuredIn: string;
  readonly configuredBy: JsonObject;
}

export function itemOf(value: JsonObject, document: SourceDocument, path: Path, generated = false): Item {
  return {
    value,
    id: idOf(value),
    document,
    path,
    generated,
    uncertain: false,
    previous: none,
    prefixes: none,
    suffixes: none,
    shared: none,
    vars: none,
    hashed: false,
    transformers: none,
  };
}
const none: readonly never[] = [];

/** The item with another value; itself when that is the same. */
export function withValue(item: Item, value: JsonObject): Item {
  if (value === item.value) return item;
  return { ...item, value, id: idOf(value) };
}

/** Notes what it is called, before it is called otherwise. */
export function withPrevious(item: Item): Item {
  const last = item.previous.at(-1);
  return last !== undefined && isSame(last, item.id) ? item : { ...item, previous: [...item.previous, item.id] };
}

/** What it was called in the file that it was written in. */
export function originalId(item: Item): Id {
  return item.previous[0] ?? item.id;
}

/** Whether two ids are one object's. */
export function isSame(one: Id, other: Id): boolean {
  return (
    one.name === other.name &&
    one.kind === other.kind &&
    one.namespace === other.namespace &&
    one.apiVersion === other.apiVersion
  );
}

/** An id as a text, for maps: equal for equal ids. */
export function keyOf({ apiVersion, kind, namespace, name }: Id): string {
  return `${apiVersion}\n${kind}\n${namespace}\n${name}`;
}

export function idOf(value: JsonObject): Id {
  const metadata = isJsonObject(value.metadata) ? value.metadata : {};
  const apiVersion = text(value.apiVersion);
  const kind = text(value.kind);
  const namespace = isKnownClusterScoped(apiVersion, kind) ? '' : text(metadata.namespace) || 'default';
  return { apiVersion, kind, namespace, name: text(metadata.name) };
}

/** As messages name it: `ConfigMap a in namespace b`. */
export function nameOf({ kind, namespace, name }: Id): string {
  return namespace === '' || namespace === 'default' ? `${kind} ${name}` : `${kind} ${name} in namespace ${namespace}`;
}

/** Where it is written, as messages name it. */
export function placeOf({ document }: Item): string {
  return document.index === 0 ? document.file.path : `${document.file.path} (document ${document.index + 1})`;
}

/**
 * Whether kustomize knows that it belongs to no namespace: of the kinds and versions of Kubernetes 1.21 alone (kyaml/openapi/openapi.go of
 * kustomize 5.8, precomputedIsNamespaceScoped; the same since 5.5). To any other object, of a custom kind or a later version, it gives one.
 */
export function isKnownClusterScoped(apiVersion: string, kind: string): boolean {
  const { group } = groupVersion(apiVersion);
  return isClusterScoped({ group, kind }) === true && mergeShapeOf(apiVersion, kind) !== undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? `${value}` : '';
}
