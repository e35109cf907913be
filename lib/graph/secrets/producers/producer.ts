import type { Path } from '../../../json/json';
import type { Resource } from '../../resource';
import type { Producer, SecretKind } from '../secret-index';

/** Finds the generator that an ExternalSecret names, in its namespace. */
export type FindGenerator = (kind: string, namespace: string, name: string) => Resource | undefined;

/**
 * The Secrets and ConfigMaps that an object of some kind makes. One function a kind; index.ts names them. It adds to a list, as what
 * finds the references does.
 */
export type Produce = (resource: Resource, found: Producer[], find: FindGenerator) => void;

const itsName: Path = ['metadata', 'name'];

/** Stands for every namespace, where what makes a Secret chooses them by label, or nobody says which. */
export const anyNamespace = '*';

/** Adds a producer in the object's own namespace that makes a Secret, unless said otherwise. */
export function addProducer(
  found: Producer[],
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
): void {
  const { kind = 'Secret', namespace = resource.namespace, name, path = itsName } = what;
  const { keys = [], open = false, adds = false } = what;
  // Keys that many have in common come as a set already.
  const set = keys instanceof Set ? (keys as ReadonlySet<string>) : new Set(keys);
  found.push({ kind, namespace, name, resource, path, keys: set, open: open || resource.uncertain, adds });
}
