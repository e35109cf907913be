import { at, objectAt, textAt } from '../../../json/read';
import { addProducer, type Produce } from './producer';

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
export const cluster: Produce = (resource, found) => {
  const { name, value } = resource;
  const spec = objectAt(value, 'spec');
  const bootstrap = ['initdb', 'recovery', 'pg_basebackup'].find(
    (method) => at(spec, 'bootstrap', method) !== undefined,
  );
  if (bootstrap === undefined || textAt(spec, 'bootstrap', bootstrap, 'secret', 'name') === undefined) {
    addProducer(found, resource, { name: `${name}-app`, keys: credentials });
  }
  if (at(spec, 'enableSuperuserAccess') === true && textAt(spec, 'superuserSecret', 'name') === undefined) {
    addProducer(found, resource, { name: `${name}-superuser`, keys: credentials });
  }
  const certificates = objectAt(spec, 'certificates');
  if (!textAt(certificates, 'serverCASecret')) {
    addProducer(found, resource, { name: `${name}-ca`, keys: authority });
  }
  if (!textAt(certificates, 'serverTLSSecret')) {
    addProducer(found, resource, { name: `${name}-server`, keys: certificate });
  }
  if (!textAt(certificates, 'replicationTLSSecret')) {
    addProducer(found, resource, { name: `${name}-replication`, keys: certificate });
  }
  // The operator copies its queries beside each Cluster, under the name that its configuration says.
  addProducer(found, resource, { kind: 'ConfigMap', name: 'cnpg-default-monitoring', keys: queries });
};
