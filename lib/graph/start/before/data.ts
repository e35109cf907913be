import { keysAt, listAt, objectAt } from '../../../json/read';
import { groupKind } from '../../../systems/api-version';
import { addressOf, archiveOf } from '../../../systems/cnpg/archive';
import { group as cnpgGroup } from '../../../systems/cnpg/names';
import { type Bucket, bucketOf } from '../../../systems/kinds/buckets';
import { address } from '../../../text/address';
import { push } from '../../../text/group-by';
import type { Cluster } from '../../cluster';
import { describe } from '../../identity';
import type { Resource } from '../../resource';
import { isKept } from '../../stored-data';
import { display } from '../../substitution';
import type { WaveOf } from '../waves';
import type { Gathering } from './gather';
import { servedHere } from './served-here';

/** Buckets of backups and artifacts. */
export function* bucketsNeeded(cluster: Cluster, waveOf: WaveOf): Generator<Gathering> {
  const found = new Map<string, { bucket: Bucket; by: Resource[] }>();
  for (const resource of cluster.resources) {
    const named = bucketOf[groupKind(resource)]?.(resource.value);
    if (named === undefined) continue;
    const key = `${named.endpoint ?? ''} ${named.name}`;
    const known = found.get(key) ?? { bucket: named, by: [] };
    known.by.push(resource);
    found.set(key, known);
  }
  for (const { bucket, by } of found.values()) {
    const [first] = by;
    if (first === undefined) continue;
    const where = bucket.endpoint === undefined ? '' : ` at ${display(address(bucket.endpoint))}`;
    yield {
      kind: 'bucket',
      what: `${display(address(bucket.name))}${where}`,
      keys: [],
      notes: servedHere(bucket.endpoint ?? '', cluster, waveOf),
      neededBy: by,
      at: { resource: first, path: ['spec'] },
    };
  }
}

/** Databases and volumes that start empty although something was in them. */
export function* emptyData(cluster: Cluster): Generator<Gathering> {
  for (const database of cluster.ofKind(cnpgGroup, 'Cluster')) yield* ofDatabase(database, cluster);
  const volumes = new Map<string, Resource[]>();
  for (const claim of cluster.ofKind('', 'PersistentVolumeClaim')) {
    if (claim.chart === undefined && !isKept(claim, cluster)) push(volumes, claim.namespace, claim);
  }
  for (const set of cluster.ofKind('apps', 'StatefulSet')) {
    if (listAt(set.value, 'spec', 'volumeClaimTemplates').length > 0) push(volumes, set.namespace, set);
  }
  for (const resource of [...volumes.values()].flat()) {
    yield {
      kind: 'data',
      what: describe(resource),
      keys: [],
      notes: [resource.kind === 'StatefulSet' ? 'its volumes start empty' : 'starts empty'],
      neededBy: [resource],
      at: { resource, path: ['metadata', 'name'] },
      object: resource,
    };
  }
}

/** https://cloudnative-pg.io/documentation/1.30/recovery/: an archive that is not empty is refused ("Expected empty archive"). */
function* ofDatabase(database: Resource, cluster: Cluster): Generator<Gathering> {
  const { value, namespace } = database;
  const [method = 'initdb'] = keysAt(value, 'spec', 'bootstrap');
  const archive = archiveOf(value);
  if (method !== 'initdb') {
    yield dataOf(database, [`is restored by itself: bootstrap.${method}`]);
    return;
  }
  if (archive === undefined) {
    yield dataOf(database, ['starts empty, and nothing in the tree archives it']);
    return;
  }
  const { store, server } = archive;
  const [object] =
    'name' in store
      ? cluster.find({ group: 'barmancloud.cnpg.io', kind: 'ObjectStore', namespace, name: store.name })
      : [];
  const where =
    'name' in store
      ? (addressOf(objectAt(object?.value, 'spec', 'configuration')) ?? `ObjectStore ${store.name}`)
      : store.address;
  yield dataOf(database, [
    `starts empty (bootstrap.initdb), and does not archive while ${display(address(where))} holds what the server ${server} archived before ("Expected empty archive")`,
    'to have its data back, write bootstrap.recovery with that archive as the source, and another serverName for its own, before Flux applies it',
  ]);
}

function dataOf(resource: Resource, notes: readonly string[]): Gathering {
  const at = { resource, path: ['spec', 'bootstrap'] };
  return { kind: 'data', what: describe(resource), keys: [], notes, neededBy: [resource], at, object: resource };
}
