import { groupBy } from '../../text/group-by';
import { lazy } from '../../text/memoize';
import { type Identity, identityKey } from '../identity';
import type { Resource } from '../resource';
import { addReferences } from './find';
import { addPushed } from './pushed';
import type { Reference } from './reference';
import { visitObject } from './walk';

/** What the objects of a cluster refer to. */
export interface ReferenceIndex {
  /** In the order of the objects. */
  readonly all: readonly Reference[];
  /** What refers to an object, whether or not it is there. */
  to(target: Identity): readonly Reference[];
}

export function indexReferences(resources: readonly Resource[]): ReferenceIndex {
  const all = referencesIn(resources);
  const byTarget = lazy(() => groupBy(all, identityKey));
  return { all, to: (target) => byTarget().get(identityKey(target)) ?? [] };
}

function referencesIn(resources: readonly Resource[]): readonly Reference[] {
  const found: Reference[] = [];
  for (const resource of resources) {
    visitObject(resource, (row, value, path) => addReferences(found, resource, row, value, path));
    if (resource.kind === 'PushSecret') addPushed(found, resource);
  }
  return found;
}
