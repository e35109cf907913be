import type { Cluster } from '../../../graph/cluster';
import { type Entry, readsOfEntry } from '../../../graph/entries';
import { describe } from '../../../graph/identity';
import type { Resource } from '../../../graph/resource';
import { ofObject } from '../../../graph/subjects';
import { textAt } from '../../../json/read';
import { creationPolicy, deletionPolicy } from '../../../systems/external-secrets/spec';
import { effect } from '../../effect';
import { usersOfStore } from '../../store-users';
import { askedBy, concerns } from '../changed';
import { type Found, failing, type Loss } from './loss';

/** From what lies in a store to ExternalSecrets, to their Secrets (External Secrets 2.9). */

/** ExternalSecrets that read what is gone, and what becomes of their Secrets. */
export function* ofEntry(entry: Entry, property: string | undefined, cluster: Cluster): Generator<Found> {
  for (const remote of readsOfEntry(cluster, entry)) {
    if (!concerns(remote, property)) continue;
    const what = `${entry.name}${property === undefined ? '' : `#${property}`}`;
    yield {
      ...failing(ofObject(remote.resource), `fails without ${what} (SecretSyncedError)`, remote),
      event: 'emptied',
    };
  }
}

/** What asks a store that is gone, or cannot log in. */
export function* ofStore(store: Resource, cluster: Cluster): Generator<Found> {
  if (!/^(?:Cluster)?SecretStore$/.test(store.kind)) return;
  for (const user of usersOfStore(store, { cluster })) {
    const verb = user.kind.endsWith('PushSecret') ? 'pushes nothing' : 'reads nothing';
    yield failing(ofObject(user), `${verb} through ${describe(store)} any more`, { resource: user, path: ['spec'] });
  }
}

export function* ofExternalSecret(resource: Resource, loss: Loss, cluster: Cluster): Generator<Found> {
  const asked = askedBy(cluster).get(resource);
  if (asked === undefined) return;
  const deletes =
    (loss === 'gone' && creationPolicy(asked.spec) === 'Owner') ||
    (loss === 'emptied' && deletionPolicy(asked.spec) === 'Delete');
  const name = textAt(asked.spec, 'target', 'name') ?? resource.name;
  for (const namespace of asked.namespaces) {
    const on = ofObject({ group: '', kind: 'Secret', namespace, name });
    const happening = deletes
      ? effect(
          'deleted',
          'high',
          loss === 'gone'
            ? `is deleted with ${describe(resource)}, which owns it`
            : 'is deleted: deletionPolicy is Delete',
        )
      : effect('orphaned', 'medium', 'stays as it is; where it is missing, nothing makes it');
    yield { on, event: deletes ? 'gone' : 'fails', happening, at: { resource, path: ['spec'] } };
  }
}
