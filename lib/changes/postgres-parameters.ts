import { deepEqual } from '../json/deep-equal';
import type { JsonObject } from '../json/json';
import { at, objectAt } from '../json/read';
import type { Changed } from './context';

/** Parameters that PostgreSQL reads at its start alone (https://www.postgresql.org/docs/current/view-pg-settings.html, context postmaster). */
const atStart: ReadonlySet<string> = new Set([
  'archive_mode',
  'autovacuum_freeze_max_age',
  'autovacuum_max_workers',
  'autovacuum_multixact_freeze_max_age',
  'bonjour',
  'cluster_name',
  'data_sync_retry',
  'debug_io_direct',
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
  'old_snapshot_threshold',
  'pg_stat_statements.max',
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

/** Extensions whose library CloudNativePG loads as soon as one of their parameters is given (pkg/postgres/configuration.go, ManagedExtensions). */
const managed = ['pg_stat_statements.', 'auto_explain.', 'pgaudit.', 'pg_failover_slots.'];

/** Whether a change of a Cluster takes a restart of PostgreSQL: a parameter, or a library, that is read at its start alone. */
export function needsRestart({ before, after }: Changed): boolean {
  const [was, is] = [before, after].map((side) => at(side?.value, 'spec', 'postgresql'));
  if (startFields.some((field) => !deepEqual(at(was, field), at(is, field)))) return true;
  const [old, now] = [before, after].map((side) => objectAt(side?.value, 'spec', 'postgresql', 'parameters') ?? {});
  if (old === undefined || now === undefined) return false;
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  const gives = (parameters: JsonObject, prefix: string) =>
    Object.keys(parameters).some((name) => name.startsWith(prefix));
  return (
    names.some((name) => atStart.has(name) && !deepEqual(at(old, name), at(now, name))) ||
    managed.some((prefix) => gives(old, prefix) !== gives(now, prefix))
  );
}

const startFields = ['shared_preload_libraries', 'extensions'];
