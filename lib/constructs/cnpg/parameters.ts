import type { IConstruct } from 'constructs';
import { parseQuantity } from '../../systems/kubernetes/quantity';
import { refuse } from '../input-error';
import { postgresSize } from './sizes';

/** What parameters are checked against. */
export interface ParameterLimits {
  /** Kubernetes quantities, well-formed. */
  readonly memoryRequest?: string;
  readonly walStorage?: string;
}

/**
 * Parameters that CNPG sets itself: its webhook refuses them ("Can't set fixed configuration parameter").
 * (CloudNativePG, pkg/postgres/configuration.go: FixedConfigurationParameters)
 */
const fixed = new Set(
  `allow_system_table_mods archive_cleanup_command archive_command archive_mode bonjour bonjour_name cluster_name
  config_file data_directory data_sync_retry event_source external_pid_file hba_file hot_standby ident_file jit_provider
  listen_addresses log_destination log_directory log_file_mode log_filename log_rotation_age log_rotation_size
  log_truncate_on_rotation logging_collector pg_failover_slots.primary_dsn pg_failover_slots.standby_slot_names port
  primary_conninfo primary_slot_name promote_trigger_file recovery_end_command recovery_min_apply_delay recovery_target
  recovery_target_action recovery_target_inclusive recovery_target_lsn recovery_target_name recovery_target_time
  recovery_target_timeline recovery_target_xid restart_after_crash restore_command shared_preload_libraries ssl ssl_ca_file
  ssl_cert_file ssl_crl_file ssl_dh_params_file ssl_ecdh_curve ssl_key_file ssl_passphrase_command
  ssl_passphrase_command_supports_reload ssl_prefer_server_ciphers stats_temp_directory synchronized_standby_slots
  synchronous_standby_names syslog_facility syslog_ident syslog_sequence_numbers syslog_split_messages temp_tablespaces
  unix_socket_directories unix_socket_group unix_socket_permissions`.split(/\s+/),
);

/** What to write instead, where there is something. */
const instead: Readonly<Record<string, string>> = {
  archive_command: 'backup: { objectStore }',
  archive_mode: 'backup: { objectStore }',
  shared_preload_libraries: "spec: { postgresql: { sharedPreloadLibraries: ['pg_cron'] } }",
  synchronous_standby_names: "spec: { postgresql: { synchronous: { method: 'any', number: 1 } } }",
};

/**
 * Checks PostgreSQL's parameters as CNPG's webhook does. (cluster_webhook.go: validateConfiguration, validateResources)
 *
 * @throws EspalierError for one that CNPG sets itself, a value that is not a string, and sizes that do not fit
 */
export function requireParameters(
  scope: IConstruct,
  parameters: Readonly<Record<string, string>>,
  limits: ParameterLimits,
): void {
  for (const [name, value] of Object.entries(parameters)) {
    const field = `parameters.${name}`;
    if (fixed.has(name)) {
      refuse(scope, {
        field,
        value,
        allowed: 'parameters that CNPG leaves to you; this one it sets itself, and refuses any other value',
        example: instead[name] ?? "parameters: { max_connections: '200' }",
      });
    }
    if (!/^[A-Za-z_][\w$]*(\.[A-Za-z_][\w$]*)?$/.test(name)) {
      refuse(scope, {
        field,
        value,
        allowed: 'a name as postgresql.conf has it',
        example: "parameters: { max_connections: '200' }",
      });
    }
    if (typeof value !== 'string') {
      refuse(scope, {
        field,
        value,
        allowed: 'a string: the API takes no numbers or booleans here',
        example: `"${String(value)}"`,
      });
    }
  }
  requireSharedBuffers(scope, parameters.shared_buffers, limits.memoryRequest);
  requireWalSizes(scope, parameters, limits.walStorage);
}

function requireSharedBuffers(
  scope: IConstruct,
  sharedBuffers: string | undefined,
  memoryRequest: string | undefined,
): void {
  const bytes = size(scope, 'shared_buffers', sharedBuffers);
  if (bytes === undefined || memoryRequest === undefined || bytes <= (parseQuantity(memoryRequest)?.value ?? 0)) return;
  refuse(scope, {
    field: 'parameters.shared_buffers',
    value: sharedBuffers,
    allowed: `at most the memory that is requested, ${memoryRequest}`,
    example: 'a quarter of it',
  });
}

function requireWalSizes(
  scope: IConstruct,
  parameters: Readonly<Record<string, string>>,
  walStorage: string | undefined,
): void {
  const { min_wal_size = '80MB', max_wal_size = '1GB' } = parameters;
  const min = size(scope, 'min_wal_size', min_wal_size) ?? 0;
  const max = size(scope, 'max_wal_size', max_wal_size) ?? 0;
  if (min >= max) {
    const byDefault = parameters.min_wal_size === undefined;
    refuse(scope, {
      field: `parameters.${byDefault ? 'max_wal_size' : 'min_wal_size'}`,
      value: byDefault ? max_wal_size : min_wal_size,
      allowed: byDefault ? `more than min_wal_size, ${min_wal_size}` : `less than max_wal_size, ${max_wal_size}`,
      example: "{ min_wal_size: '1GB', max_wal_size: '4GB' }",
    });
  }
  if (walStorage === undefined) return;
  for (const name of ['min_wal_size', 'max_wal_size']) {
    const bytes = size(scope, name, parameters[name]);
    if (bytes === undefined || bytes < (parseQuantity(walStorage)?.value ?? 0)) continue;
    refuse(scope, {
      field: `parameters.${name}`,
      value: parameters[name],
      allowed: `less than walStorage.size, ${walStorage}`,
      example: 'half of it',
    });
  }
}

function size(scope: IConstruct, name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const bytes = postgresSize(value);
  if (bytes !== undefined) return bytes;
  return refuse(scope, {
    field: `parameters.${name}`,
    value,
    allowed: "a size in PostgreSQL's units: a number with B, kB, MB, GB or TB",
    example: '"256MB"',
  });
}
