import type { Path } from '../../../tree/source/source';
import type { Resource } from '../../resource';
import type { Producer, SecretKind } from '../secret-index';

/** The Secrets and ConfigMaps that an object of some kind makes. One function a kind; index.ts names them. */
export type Produce = (resource: Resource) => Iterable<Producer>;

/** Stands for every namespace, where what makes a Secret chooses them by label, or nobody says which. */
export const anyNamespace = '*';

/** A producer in the object's own namespace that makes a Secret, unless said otherwise. */
export function producer(
  resource: Resource,
  what: {
    readonly kind?: SecretKind;
    readonly namespace?: string;
    readonly name: string;
    readonly path?: Path;
    readonly keys?: Iterable<string>;
    readonly open?: boolean;
    readonly adds?: boolean;
  },
): Producer {
  const { kind = 'Secret', namespace = resource.namespace, name, path = ['metadata', 'name'] } = what;
  const { keys = [], open = false, adds = false } = what;
  // Keys that many have in common come as a set already.
  const set = keys instanceof Set ? (keys as ReadonlySet<string>) : new Set(keys);
  return { kind, namespace, name, resource, path, keys: set, open: open || resource.uncertain, adds };
}
