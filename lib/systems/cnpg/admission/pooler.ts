import type { JsonObject, Path } from '../../../json/json';
import { at, keysAt, textAt } from '../../../json/read';
import { isKnown } from '../../../text/symbolic';
import { type Fault, fault } from '../../fault';
import { givenText, isGiven } from '../../given';

/** What PgBouncer's settings may be. (pooler_webhook.go: AllowedPgbouncerGenericConfigurationParameters) */
const ofPgBouncer: ReadonlySet<string> = new Set(
  `application_name_add_host auth_type autodb_idle_timeout cancel_wait_timeout client_idle_timeout client_login_timeout
  client_tls_ciphers client_tls_sslmode client_tls13_ciphers default_pool_size disable_pqexec dns_max_ttl dns_nxdomain_ttl
  idle_transaction_timeout ignore_startup_parameters listen_backlog log_connections log_disconnections log_pooler_errors
  log_stats max_client_conn max_db_connections max_packet_size max_prepared_statements max_user_connections min_pool_size
  pkt_buf query_timeout query_wait_timeout reserve_pool_size reserve_pool_timeout sbuf_loopcnt server_check_delay
  server_check_query server_connect_timeout server_fast_close server_idle_timeout server_lifetime server_login_retry
  server_reset_query server_reset_query_always server_round_robin server_tls_ciphers server_tls13_ciphers
  server_tls_protocols server_tls_sslmode stats_period suspend_timeout tcp_defer_accept tcp_socket_buffer tcp_keepalive
  tcp_keepcnt tcp_keepidle tcp_keepintvl tcp_user_timeout track_extra_parameters verbose`.split(/\s+/),
);

/** (pooler_webhook.go; that instances are not negative, the scale subresource demands) */
export function* pooler(object: JsonObject): Generator<Fault> {
  const path: Path = ['spec', 'pgbouncer'];
  const has = (...below: readonly string[]): boolean => isGiven(at(object, ...path, ...below));
  const authenticates = has('authQuerySecret', 'name') || has('serverTLSSecret', 'name');
  if (authenticates && !has('authQuery'))
    yield fault([...path, 'authQuery'], 'set together with authQuerySecret or serverTLSSecret');
  if (!authenticates && has('authQuery'))
    yield fault([...path, 'authQuerySecret', 'name'], 'set together with authQuery');
  for (const name of keysAt(object, ...path, 'parameters'))
    if (!ofPgBouncer.has(name) && isKnown(name))
      yield fault([...path, 'parameters', name], 'left out: CloudNativePG does not allow it');
  const cluster = givenText(at(object, 'spec', 'cluster', 'name'));
  if (at(object, 'spec', 'cluster', 'name') === '') yield fault(['spec', 'cluster', 'name'], 'the name of a Cluster');
  if (cluster !== undefined && cluster === textAt(object, 'metadata', 'name'))
    yield fault(['metadata', 'name'], 'a name other than that of its Cluster');
  if (
    at(object, 'spec', 'monitoring', 'tls', 'enabled') === true &&
    at(object, 'spec', 'monitoring', 'enablePodMonitor') === true &&
    !has('clientTLSSecret', 'name')
  )
    yield fault([...path, 'clientTLSSecret'], 'given with monitoring.tls.enabled and monitoring.enablePodMonitor');
  const instances = at(object, 'spec', 'instances');
  if (typeof instances === 'number' && instances < 0) yield fault(['spec', 'instances'], '0 or more');
}
