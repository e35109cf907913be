import {
  ApiObject,
  type ApiObjectMetadata,
  ApiObjectMetadataDefinition,
  ImplicitTokenResolver,
  JsonPatch,
  Lazy,
  LazyResolver,
  NumberStringUnionResolver,
} from 'cdk8s';
import type { IConstruct } from 'constructs';
import { samples } from './to-json-samples';

/*
 * Written for speed. cdk8s' `ApiObject.toJson` walks up to the app for each single value, goes through metadata four times and copies
 * an object as often; here it is gone through once. The JSON is the same, to the order of its keys.
 *
 * It stands in for cdk8s' own method while a tree is made, rather than being called in its place: classes made by `cdk8s import` and
 * those of cdk8s-plus override toJson and call `super.toJson()`, which nothing else reaches. It reads fields that cdk8s does not
 * document, so cdk8s' own method goes on doing all that is not known to be the same: see `rendersAlike` and `Unusual`.
 */

/** What cdk8s keeps in an API object, for itself. */
interface Inside {
  readonly props: Readonly<Record<string, unknown>>;
  readonly patches: readonly JsonPatch[];
  readonly metadata: ApiObjectMetadata & {
    readonly _additionalAttributes: object;
    readonly toJson: unknown;
  };
}

/** Thrown for what is left to cdk8s: values that it refuses, and those that it takes but nobody writes. */
class Unusual extends Error {}

/** Does some work, during which the API objects of an app are turned into JSON several times as fast. */
export function withFastJson<T>(app: IConstruct, work: () => T): T {
  const { prototype } = ApiObject;
  const cdk8s = prototype.toJson;
  const { root } = app.node;
  function toJson(this: ApiObject): unknown {
    // A token may render an object of another app, or give this one a resolver.
    if (this.node.root !== root || !hasBuiltInResolvers(root)) return cdk8s.call(this);
    try {
      return render(this);
    } catch (error) {
      return cdk8s.call(error instanceof Unusual ? this : failing(this, error));
    }
  }
  if (!hasBuiltInResolvers(root) || !rendersAlike(cdk8s) || !Reflect.set(prototype, 'toJson', toJson)) return work();
  try {
    return work();
  } finally {
    prototype.toJson = cdk8s;
  }
}

/**
 * An object that fails as another one did, for cdk8s to word it. The other is not rendered again: its tokens may do things, and one
 * that renders its own object would do so twice as often at each level.
 */
function failing(object: ApiObject, error: unknown): ApiObject {
  const toJson = () => {
    throw error;
  };
  return Object.create(object, { props: { value: {} }, metadata: { value: { toJson } } });
}

const builtIn = [LazyResolver, ImplicitTokenResolver, NumberStringUnionResolver];

/** Whether tokens are what cdk8s alone takes for such: an app may have resolvers of its own. */
function hasBuiltInResolvers(app: IConstruct): boolean {
  const { resolvers } = app as { resolvers?: readonly object[] };
  return (
    resolvers?.length === builtIn.length &&
    builtIn.every(({ prototype }, i) => {
      const resolver = resolvers[i] as LazyResolver;
      return Object.getPrototypeOf(resolver) === prototype && resolver.resolve === prototype.resolve;
    })
  );
}

/**
 * Whether cdk8s renders as it is done here: its methods are those that its classes were written with, nobody's patches, and this
 * version yields the same for objects with everything in them that makes a difference.
 */
function rendersAlike(cdk8s: () => unknown): boolean {
  const own =
    isOwn(ApiObject, cdk8s) &&
    isOwn(ApiObjectMetadataDefinition, ApiObjectMetadataDefinition.prototype.toJson) &&
    builtIn.every((resolver) => isOwn(resolver, resolver.prototype.resolve));
  return own && samples().every((sample) => shown(() => cdk8s.call(sample)) === shown(() => render(sample)));
}

function isOwn(type: object, method: object): boolean {
  return Function.prototype.toString.call(type).includes(Function.prototype.toString.call(method));
}

/** Text that differs where two results do, in the order of keys and in `undefined` as well; undefined for an error. */
function shown(result: () => unknown): string | undefined {
  try {
    return JSON.stringify(result(), (_, value) => (value === undefined ? 'undefined' : value));
  } catch {
    return undefined;
  }
}

function render(object: ApiObject): unknown {
  const { props, patches, metadata: own } = object as unknown as Inside;
  if (own.toJson !== ApiObjectMetadataDefinition.prototype.toJson) throw new Unusual();
  // All of the object is a token.
  if (typeof props.resolve === 'function') throw new Unusual();
  const { _additionalAttributes, name, namespace, annotations, finalizers, ownerReferences, labels } = own;
  const known = { name, namespace, annotations, finalizers, ownerReferences, labels };
  const metadata = plain(withFields(_additionalAttributes, known), true);
  let document = plain(withFields(props, { metadata: undefined }), false) as Record<string, unknown>;
  if (metadata !== undefined) document.metadata = metadata;
  // A patch may copy the whole document, with the order of its keys.
  if (patches.length > 0) document = JsonPatch.apply(inOrder(document), ...patches);
  const keys = Object.keys(document);
  const result: Record<string, unknown> = {};
  for (const key of first) if (key in document) result[key] = document[key];
  for (const key of keys) result[key] = document[key];
  return result;
}

/** What an object begins with. */
const first = ['apiVersion', 'kind', 'metadata'];

/** A copy with other fields. Not by spreads, which take several times as long for objects of many shapes. */
function withFields(object: object, fields: object): object {
  if (Object.hasOwn(object, '__proto__')) throw new Unusual();
  return Object.assign({}, object, fields);
}

/**
 * A value with its tokens resolved, its keys sorted, and without fields that are null or undefined.
 *
 * @param dropEmpty leaves out empty lists and objects, too, as cdk8s does in metadata
 */
function plain(value: unknown, dropEmpty: boolean): unknown {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'function') throw new Unusual();
  if (typeof value !== 'object') return value;
  const object = value as Record<string, unknown>;
  if (object.constructor === Object && object.resolve === undefined) return plainObject(object, dropEmpty);
  if (value instanceof Lazy) return plain(value.produce(), dropEmpty);
  if (typeof object.resolve === 'function') return plain(object.resolve(), dropEmpty);
  if (object.constructor === Object) return plainObject(object, dropEmpty);
  if (typeof object.value === 'string' || typeof object.value === 'number') return { value: object.value };
  if (!Array.isArray(value)) throw new Unusual();
  return dropEmpty && value.length === 0 ? undefined : plainList(value, dropEmpty);
}

// On its own: a function that makes another one allocates at each call, for a scalar as well.
function plainList(list: readonly unknown[], dropEmpty: boolean): unknown[] {
  return list.map((item) => plain(item, dropEmpty));
}

function plainObject(object: Readonly<Record<string, unknown>>, dropEmpty: boolean): unknown {
  const keys = Object.keys(object);
  if (keys.length === 0) return dropEmpty ? undefined : {};
  const result: Record<string, unknown> = {};
  // All at once: a token may change what stands beside it.
  const values = Object.values(object);
  let sorted = true;
  let last: string | undefined;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string;
    if (key === '__proto__') throw new Unusual();
    const value = plain(values[i], dropEmpty);
    if (value === undefined) continue;
    if (last !== undefined && key < last) sorted = false;
    last = key;
    result[key] = value;
  }
  if (dropEmpty && last === undefined) return undefined;
  return sorted ? result : inOrder(result);
}

function inOrder(object: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const key of sort(Object.keys(object))) result[key] = object[key];
  return result;
}

/** Sorts a few keys without `Array.sort`, which allocates a kilobyte whatever it sorts. */
function sort(keys: string[]): string[] {
  if (keys.length > 16) return keys.sort();
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i] as string;
    let at = i;
    for (; at > 0 && key < (keys[at - 1] as string); at--) keys[at] = keys[at - 1] as string;
    keys[at] = key;
  }
  return keys;
}
