import { at, objectAt, textAt } from '../../json';
import { type Produce, producer } from './producer';

/** What CloudNativePG writes into the Secrets of its own (pkg/specs/secrets.go). */
export const credentialKeys = [
  'username',
  'user',
  'password',
  'dbname',
  'host',
  'port',
  'pgpass',
  'uri',
  'jdbc-uri',
  'fqdn-uri',
  'fqdn-jdbc-uri',
] as const;

const credentials: ReadonlySet<string> = new Set(credentialKeys);
const authority: ReadonlySet<string> = new Set(['ca.crt', 'ca.key']);
const certificate: ReadonlySet<string> = new Set(['tls.crt', 'tls.key']);
const queries: ReadonlySet<string> = new Set(['queries']);

/**
 * A CNPG Cluster makes `<name>-app` unless its bootstrap names another Secret, `<name>-superuser` when it is asked to, and the
 * certificates that it is not given.
 */
export const cluster: Produce = function* (resource) {
  const { name, value } = resource;
  const spec = objectAt(value, 'spec');
  const bootstrap = ['initdb', 'recovery', 'pg_basebackup'].find(
    (method) => at(spec, 'bootstrap', method) !== undefined,
  );
  if (bootstrap === undefined || textAt(spec, 'bootstrap', bootstrap, 'secret', 'name') === undefined) {
    yield producer(resource, { name: `${name}-app`, keys: credentials });
  }
  if (at(spec, 'enableSuperuserAccess') === true && textAt(spec, 'superuserSecret', 'name') === undefined) {
    yield producer(resource, { name: `${name}-superuser`, keys: credentials });
  }
  const certificates = objectAt(spec, 'certificates');
  if (!textAt(certificates, 'serverCASecret')) {
    yield producer(resource, { name: `${name}-ca`, keys: authority });
  }
  if (!textAt(certificates, 'serverTLSSecret')) {
    yield producer(resource, { name: `${name}-server`, keys: certificate });
  }
  if (!textAt(certificates, 'replicationTLSSecret')) {
    yield producer(resource, { name: `${name}-replication`, keys: certificate });
  }
  // The operator copies its queries beside each Cluster, under the name that its configuration says.
  yield producer(resource, { kind: 'ConfigMap', name: 'cnpg-default-monitoring', keys: queries });
};
