import type { JsonObject } from '../../json/json';
import { compareQuantities } from '../kubernetes/quantity';

/**
 * Parameters that CloudNativePG 1.30 sets itself, and the one value of them that it lets stand.
 * (pkg/postgres/configuration.go: FixedConfigurationParameters, CnpgConfigurationSettings)
 */
const fixed: ReadonlyMap<string, string | undefined> = new Map([
  ...`allow_system_table_mods archive_cleanup_command archive_command bonjour bonjour_name cluster_name config_file
  data_directory data_sync_retry event_source external_pid_file hba_file hot_standby ident_file jit_provider
  listen_addresses log_file_mode pg_failover_slots.primary_dsn pg_failover_slots.standby_slot_names port primary_conninfo
  primary_slot_name promote_trigger_file recovery_end_command recovery_min_apply_delay recovery_target
  recovery_target_action recovery_target_inclusive recovery_target_lsn recovery_target_name recovery_target_time
  recovery_target_timeline recovery_target_xid restart_after_crash restore_command ssl ssl_ca_file ssl_cert_file
  ssl_crl_file ssl_dh_params_file ssl_ecdh_curve ssl_key_file ssl_passphrase_command
  ssl_passphrase_command_supports_reload ssl_prefer_server_ciphers stats_temp_directory synchronized_standby_slots
  synchronous_standby_names syslog_facility syslog_ident syslog_sequence_numbers syslog_split_messages temp_tablespaces
  unix_socket_directories unix_socket_group unix_socket_permissions`
    .split(/\s+/)
    .map((name) => [name, undefined] as const),
  ['log_destination', 'csvlog'],
  ['log_directory', '/controller/log'],
  ['log_filename', 'postgres'],
  ['log_rotation_age', '0'],
  ['log_rotation_size', '0'],
  ['log_truncate_on_rotation', 'false'],
  ['logging_collector', 'on'],
  ['shared_preload_libraries', ''],
]);

/** Whether CloudNativePG refuses a value, since it sets the parameter itself. */
export function isFixed(name: string, value: string, archiveMode: string): boolean {
  if (name === 'archive_mode') return value !== archiveMode;
  return fixed.has(name) && fixed.get(name) !== value;
}

/** Where to say what a fixed parameter would. */
export const fieldInstead: Readonly<Record<string, string>> = {
  archive_command: 'spec.plugins',
  archive_mode: 'spec.plugins',
  shared_preload_libraries: 'spec.postgresql.shared_preload_libraries',
  synchronous_standby_names: 'spec.postgresql.synchronous',
};

/** Parameters that PostgreSQL reads at its start alone (https://www.postgresql.org/docs/current/view-pg-settings.html, context postmaster). */
export const readAtStart: ReadonlySet<string> = new Set(
  `archive_mode autovacuum_freeze_max_age autovacuum_max_workers autovacuum_multixact_freeze_max_age
  autovacuum_worker_slots bonjour cluster_name commit_timestamp_buffers data_sync_retry debug_io_direct
  dynamic_shared_memory_type event_source hot_standby huge_page_size huge_pages ignore_invalid_pages io_max_combine_limit
  io_max_concurrency io_method jit_provider listen_addresses logging_collector max_active_replication_origins
  max_connections max_files_per_process max_locks_per_transaction max_logical_replication_workers max_notify_queue_pages
  max_pred_locks_per_transaction max_prepared_transactions max_replication_slots max_wal_senders max_worker_processes
  min_dynamic_shared_memory multixact_member_buffers multixact_offset_buffers notify_buffers old_snapshot_threshold
  pg_stat_statements.max port reserved_connections serializable_buffers shared_buffers shared_memory_type
  shared_preload_libraries subtransaction_buffers superuser_reserved_connections track_activity_query_size
  track_commit_timestamp transaction_buffers unix_socket_directories unix_socket_group unix_socket_permissions wal_buffers
  wal_decode_buffer_size wal_level wal_log_hints`.split(/\s+/),
);

/** Extensions whose library CloudNativePG loads as soon as one of their parameters is given. (configuration.go: ManagedExtensions) */
const managedExtensions = ['pg_stat_statements', 'auto_explain', 'pgaudit', 'pg_failover_slots'];

/** Those of them that parameters ask for. */
export function extensionsOf(parameters: JsonObject): readonly string[] {
  const names = Object.keys(parameters);
  return managedExtensions.filter((extension) => names.some((name) => name.startsWith(`${extension}.`)));
}

/** A size of PostgreSQL's as a Kubernetes quantity, a bare number in MB; undefined for none. (cluster_webhook.go: parsePostgresQuantityValue) */
export function quantityOfSize(text: string): string | undefined {
  const size = /^[+-]?\d+$/.test(text) ? `${text}MB` : text;
  if (!size.endsWith('B')) return undefined;
  const number = size.slice(0, -1).replaceAll(' ', '');
  const quantity = /^[+-]?\d+$/.test(number) ? number : `${number}i`.replaceAll('ki', 'Ki');
  return compareQuantities(quantity, quantity) === undefined ? undefined : quantity;
}

/** A boolean as PostgreSQL writes it; undefined for none. (pkg/postgres/booleans.go) */
export function postgresBoolean(text: string): boolean | undefined {
  if (/^(?:1|on|y|ye|yes|t|tr|tru|true)$/i.test(text)) return true;
  return /^(?:0|of|off|n|no|f|fa|fal|fals|false)$/i.test(text) ? false : undefined;
}
