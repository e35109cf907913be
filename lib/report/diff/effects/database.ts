import { describe } from '../../../graph/identity';
import { at, listAt, textAt } from '../../../graph/json';
import type { Resource } from '../../../graph/resource';
import { compareQuantities } from '../../../graph/schema/cel/quantity';
import type { Json } from '../../../tree/tree';
import type { Changed } from '../context';
import { type Difference, isBelow, pathText } from '../difference';
import type { EffectRule, Found } from '../effect';

type What = Pick<Found, 'kind' | 'danger' | 'message' | 'todo'>;

/** What CloudNativePG does with a Cluster that changes. */
export const database: EffectRule = function* (context) {
  for (const change of context.changes) {
    const { before, after } = change;
    if (before === undefined || after?.group !== 'postgresql.cnpg.io' || after.kind !== 'Cluster') continue;
    for (const what of effectsOf(change, before, after)) yield { ...what, on: after, change, by: after.appliedBy };
  }
};

function* effectsOf({ fields }: Changed, before: Resource, after: Resource): Generator<What> {
  for (const field of fields) {
    const text = pathText(field.path);
    if (text === 'spec.instances') yield* scaling(field);
    else if (/^spec\.(?:.*\.)?(?:storage|walStorage)\.size$/.test(text)) yield* growing(field);
    else if (/\.storageClass$/.test(text)) {
      yield {
        kind: 'other',
        danger: 'medium',
        message: `takes the new \`${text}\` for new instances alone: volumes that are there stay where they are`,
      };
    }
  }
  const touches = (...path: string[]) => fields.some((field) => isBelow(field.path, ...path));
  if (touches('spec', 'imageName') || touches('spec', 'imageCatalogRef')) yield upgrade(before, after);
  else if (
    [
      'resources',
      'affinity',
      'env',
      'envFrom',
      'topologySpreadConstraints',
      'priorityClassName',
      'projectedVolumeTemplate',
      'schedulerName',
    ].some((name) => touches('spec', name))
  ) {
    yield restart(after, 'what its pods run with changes');
  } else if (fields.some(({ path }) => needsRestart(path)))
    yield restart(after, 'a parameter changes that PostgreSQL reads at its start');
  else if (touches('spec', 'postgresql'))
    yield { kind: 'other', danger: 'low', message: 'reloads its configuration; nothing restarts' };
  if (touches('spec', 'bootstrap')) {
    yield {
      kind: 'other',
      danger: 'medium',
      message: 'takes no notice of the new `spec.bootstrap`: it has been used once, when the database was made',
    };
  }
  if (touches('spec', 'plugins') || touches('spec', 'backup')) {
    yield {
      kind: 'other',
      danger: 'medium',
      message: 'archives and backs up otherwise: see to it that the next backup succeeds',
      todo: [
        `After the merge, check that ${describe(after)} archives: \`kubectl -n ${after.namespace} get clusters.postgresql.cnpg.io ${after.name} -o jsonpath='{.status.conditions}'\`.`,
      ],
    };
  }
  if (
    textAt(after.value, 'metadata', 'annotations', 'cnpg.io/hibernation') === 'on' &&
    textAt(before.value, 'metadata', 'annotations', 'cnpg.io/hibernation') !== 'on'
  ) {
    yield { kind: 'scale', danger: 'high', message: 'is put to sleep: all its instances stop, the volumes stay' };
  }
  yield* droppedRoles(before, after);
}

/** A role that is taken off the list stays in the database; one with `ensure: absent` is dropped (internal/management/controller/roles). */
function* droppedRoles(before: Resource, after: Resource): Generator<What> {
  const names = (resource: Resource, absent: boolean) =>
    listAt(resource.value, 'spec', 'managed', 'roles').flatMap((role) =>
      (textAt(role, 'ensure') === 'absent') === absent ? (textAt(role, 'name') ?? []) : [],
    );
  const was = new Set(names(before, true));
  for (const name of names(after, true))
    if (!was.has(name)) yield { kind: 'data', danger: 'high', message: `drops the role \`${name}\`` };
  const now = new Set([...names(after, false), ...names(after, true)]);
  for (const name of names(before, false)) {
    if (!now.has(name))
      yield {
        kind: 'other',
        danger: 'low',
        message: `leaves the role \`${name}\` in the database, and no longer looks after it`,
      };
  }
}

function* scaling({ before, after }: Difference): Generator<What> {
  const [from, to] = [before ?? 1, after ?? 1];
  if (typeof from !== 'number' || typeof to !== 'number') return;
  if (to < from)
    yield {
      kind: 'scale',
      danger: 'medium',
      message: `runs ${count(to)}, ${from} before: CloudNativePG deletes the volumes of those that go`,
    };
  else
    yield {
      kind: 'scale',
      danger: 'low',
      message: `runs ${count(to)}, ${from} before: each new one copies the whole database`,
    };
}

function count(instances: number): string {
  return `${instances} ${instances === 1 ? 'instance' : 'instances'}`;
}

/** Smaller ones are refused, which immutable.ts says. */
function* growing({ path, before, after }: Difference): Generator<What> {
  if (typeof before !== 'string' || typeof after !== 'string' || (compareQuantities(after, before) ?? 0) <= 0) return;
  yield {
    kind: 'other',
    danger: 'medium',
    message: `grows each volume from ${before} to ${after} (\`${pathText(path)}\`) while it runs, and cannot go back; the storage class must have \`allowVolumeExpansion: true\``,
  };
}

/** `17` of `ghcr.io/cloudnative-pg/postgresql:17.6`. */
function majorOf({ value }: Resource): number | undefined {
  const major = at(value, 'spec', 'imageCatalogRef', 'major');
  if (typeof major === 'number') return major;
  const [, tag] = /:(\d+)[^/]*$/.exec((textAt(value, 'spec', 'imageName') ?? '').replace(/@.*$/, '')) ?? [];
  return tag === undefined ? undefined : Number(tag);
}

function upgrade(before: Resource, after: Resource): What {
  const [from, to] = [majorOf(before), majorOf(after)];
  if (from !== undefined && to !== undefined && to > from) {
    return {
      kind: 'data',
      danger: 'high',
      message: `is upgraded from PostgreSQL ${from} to ${to} in place: it is down meanwhile, and there is no way back but a backup`,
      todo: [
        `Before the merge, take a backup of ${describe(after)} and see that its extensions exist for PostgreSQL ${to}.`,
        'Afterwards, take a first backup of the new version, and run `ANALYZE`.',
      ],
    };
  }
  if (from !== undefined && to !== undefined && to < from) {
    return {
      kind: 'refused',
      danger: 'high',
      message: `is refused: CloudNativePG does not go back from PostgreSQL ${from} to ${to}`,
      todo: ['Keep the major version; an older one needs a new Cluster and a dump.'],
    };
  }
  return restart(after, 'its image changes');
}

/** https://cloudnative-pg.io/documentation/current/rolling_update/ */
function restart({ value, namespace, name }: Resource, why: string): What {
  const instances: Json | undefined = at(value, 'spec', 'instances');
  if (instances === undefined || instances === 1) {
    return { kind: 'restart', danger: 'medium', message: `restarts its only instance, and is down meanwhile: ${why}` };
  }
  const method =
    textAt(value, 'spec', 'primaryUpdateMethod') === 'restart' ? 'the primary is restarted' : 'a switchover';
  if (textAt(value, 'spec', 'primaryUpdateStrategy') === 'supervised') {
    return {
      kind: 'restart',
      danger: 'medium',
      message: `restarts its standbys, then waits for a person (primaryUpdateStrategy: supervised): ${why}`,
      todo: [
        `Once the standbys are up: \`kubectl cnpg -n ${namespace} promote ${name} <standby>\`, or \`kubectl cnpg -n ${namespace} restart ${name}\`.`,
      ],
    };
  }
  return {
    kind: 'restart',
    danger: 'medium',
    message: `restarts its instances one after the other, at last ${method === 'a switchover' ? 'with a switchover that cuts connections' : method}: ${why}`,
  };
}

/** Parameters that PostgreSQL reads at its start alone (https://www.postgresql.org/docs/current/view-pg-settings.html, context postmaster). */
const atStart: ReadonlySet<string> = new Set([
  'archive_mode',
  'autovacuum_freeze_max_age',
  'autovacuum_max_workers',
  'autovacuum_multixact_freeze_max_age',
  'bonjour',
  'cluster_name',
  'dynamic_shared_memory_type',
  'event_source',
  'hot_standby',
  'huge_page_size',
  'huge_pages',
  'ignore_invalid_pages',
  'io_max_concurrency',
  'io_max_combine_limit',
  'io_method',
  'jit_provider',
  'listen_addresses',
  'logging_collector',
  'max_active_replication_origins',
  'max_connections',
  'max_files_per_process',
  'max_locks_per_transaction',
  'max_logical_replication_workers',
  'max_notify_queue_pages',
  'max_pred_locks_per_transaction',
  'max_prepared_transactions',
  'max_replication_slots',
  'max_wal_senders',
  'max_worker_processes',
  'min_dynamic_shared_memory',
  'multixact_member_buffers',
  'multixact_offset_buffers',
  'notify_buffers',
  'port',
  'reserved_connections',
  'serializable_buffers',
  'shared_buffers',
  'shared_memory_type',
  'shared_preload_libraries',
  'subtransaction_buffers',
  'superuser_reserved_connections',
  'track_activity_query_size',
  'track_commit_timestamp',
  'transaction_buffers',
  'unix_socket_directories',
  'unix_socket_group',
  'unix_socket_permissions',
  'wal_buffers',
  'wal_decode_buffer_size',
  'wal_level',
  'wal_log_hints',
  'commit_timestamp_buffers',
  'autovacuum_worker_slots',
]);

function needsRestart(path: Difference['path']): boolean {
  if (isBelow(path, 'spec', 'postgresql', 'shared_preload_libraries')) return true;
  return isBelow(path, 'spec', 'postgresql', 'parameters') && atStart.has(String(path[3]));
}
