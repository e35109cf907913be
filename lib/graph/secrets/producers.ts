import { madeBy } from '../../systems/secrets-made';
import type { FindGenerator } from '../../systems/secrets-made/made';
import type { Resource } from '../resource';
import type { Producer } from './secret-index';

/** Every Secret and ConfigMap that objects of a tree make. */
export function producersIn(resources: Iterable<Resource>, find: FindGenerator): Producer[] {
  const found: Producer[] = [];
  for (const resource of resources) {
    for (const made of madeBy(resource, find)) {
      const { kind = 'Secret', namespace = resource.namespace, name, path = ['metadata', 'name'] } = made;
      const { keys = [], open = false, adds = false, type } = made;
      // Keys that many have in common come as a set already.
      const set = keys instanceof Set ? (keys as ReadonlySet<string>) : new Set(keys);
      found.push({ kind, namespace, name, resource, path, keys: set, open: open || resource.uncertain, adds, type });
    }
  }
  return found;
}
