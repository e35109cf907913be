import { deepEqual } from '../../../json/deep-equal';
import type { Json } from '../../../json/json';
import { at, listAt, objectAt, textAt } from '../../../json/read';
import type { RefusedChange } from '../../fault';
import { compareQuantities } from '../../kubernetes/quantity';
import { majorOf } from '../image';
import { sizeOf } from '../storage';

/** What CloudNativePG 1.30's webhook refuses of a Cluster that changes (internal/webhook/v1/cluster_webhook.go, validateClusterChanges). */
export function* refusedChanges(before: Json, after: Json): Generator<RefusedChange> {
  yield* ofImage(before, after);
  yield* shrunk('spec.storage', at(before, 'spec', 'storage'), at(after, 'spec', 'storage'));
  const wal = at(before, 'spec', 'walStorage');
  if (wal !== undefined && wal !== null) {
    const now = at(after, 'spec', 'walStorage') ?? undefined;
    if (now === undefined) yield { path: 'spec.walStorage', reason: 'a WAL volume cannot be removed' };
    else yield* shrunk('spec.walStorage', wal, now);
  }
  const tablespaces = new Map(listAt(after, 'spec', 'tablespaces').map((one) => [textAt(one, 'name'), one]));
  for (const old of listAt(before, 'spec', 'tablespaces')) {
    const name = textAt(old, 'name') ?? '';
    const path = `spec.tablespaces[${name}]`;
    const now = tablespaces.get(name);
    if (now === undefined) yield { path, reason: 'a tablespace cannot be removed' };
    else yield* shrunk(`${path}.storage`, at(old, 'storage'), at(now, 'storage'));
  }
  for (const field of ['postgresUID', 'postgresGID']) {
    const of = (side: Json) => at(side, 'spec', field) ?? 26;
    if (of(before) !== of(after)) yield { path: `spec.${field}`, reason: 'it cannot be changed' };
  }
  yield* ofSlots(before, after);
}

function* ofImage(before: Json, after: Json): Generator<RefusedChange> {
  const [from, to] = [majorOf(before), majorOf(after)];
  const path =
    objectAt(after, 'spec', 'imageCatalogRef') === undefined ? 'spec.imageName' : 'spec.imageCatalogRef.major';
  if (from !== undefined && to !== undefined) {
    if (to < from) yield { path, reason: `CloudNativePG cannot downgrade PostgreSQL from ${from} to ${to}` };
    if (to > from && to < 16)
      yield { path, reason: `CloudNativePG upgrades in place to PostgreSQL 16 or newer, not to ${to}` };
  }
  const parameters = (side: Json) => objectAt(side, 'spec', 'postgresql', 'parameters') ?? {};
  if (
    textAt(before, 'spec', 'imageName') !== textAt(after, 'spec', 'imageName') &&
    textAt(after, 'spec', 'primaryUpdateMethod') === 'switchover' &&
    !deepEqual(parameters(before), parameters(after))
  ) {
    yield {
      path: 'spec.imageName',
      reason: 'with `primaryUpdateMethod: switchover`, image and parameters cannot change at once',
    };
  }
  const [old, now] = [before, after].map((side) => textAt(parameters(side), 'wal_level'));
  if (now === 'minimal' && old !== undefined && old !== now)
    yield { path: 'spec.postgresql.parameters.wal_level', reason: 'it cannot become `minimal`' };
}

/** A volume that would become smaller. */
function* shrunk(path: string, before: Json | undefined, after: Json | undefined): Generator<RefusedChange> {
  const [old, now] = [sizeOf(before), sizeOf(after)];
  if (old !== undefined && now !== undefined && (compareQuantities(now, old) ?? 0) < 0)
    yield { path: `${path}.size`, reason: `storage cannot shrink from ${old} to ${now}` };
}

function* ofSlots(before: Json, after: Json): Generator<RefusedChange> {
  const slots = (side: Json) => at(side, 'spec', 'replicationSlots', 'highAvailability');
  // They are on unless somebody turns them off, and an unwritten section is filled in.
  if (objectAt(before, 'spec', 'replicationSlots') === undefined || at(slots(before), 'enabled') === false) return;
  const prefix = (side: Json) => textAt(slots(side), 'slotPrefix') ?? '_cnpg_';
  if (prefix(before) !== prefix(after))
    yield {
      path: 'spec.replicationSlots.highAvailability.slotPrefix',
      reason: 'it cannot be changed while the slots are in use',
    };
}
