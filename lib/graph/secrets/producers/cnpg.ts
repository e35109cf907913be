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
    yield producer(resource, { name: `${name}-app`, keys: credentialKeys });
  }
  if (at(spec, 'enableSuperuserAccess') === true && textAt(spec, 'superuserSecret', 'name') === undefined) {
    yield producer(resource, { name: `${name}-superuser`, keys: credentialKeys });
  }
  const certificates = objectAt(spec, 'certificates');
  if (!textAt(certificates, 'serverCASecret')) {
    yield producer(resource, { name: `${name}-ca`, keys: ['ca.crt', 'ca.key'] });
  }
  if (!textAt(certificates, 'serverTLSSecret')) {
    yield producer(resource, { name: `${name}-server`, keys: ['tls.crt', 'tls.key'] });
  }
  if (!textAt(certificates, 'replicationTLSSecret')) {
    yield producer(resource, { name: `${name}-replication`, keys: ['tls.crt', 'tls.key'] });
  }
  // The operator copies its queries beside each Cluster, under the name that its configuration says.
  yield producer(resource, { kind: 'ConfigMap', name: 'cnpg-default-monitoring', keys: ['queries'] });
};
