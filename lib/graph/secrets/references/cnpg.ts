import { keysAt, listAt } from '../../../json/read';
import type { SecretReference } from '../secret-index';
import { addEnvironment, addProjected } from './pods';
import { addEach, addReference, type Part, partAt, type Refer, selector, specOf } from './reference';

/** What a CNPG Cluster reads. */
export const cluster: Refer = (resource, found) => {
  const spec = specOf(resource);
  if (spec === undefined) return;
  addBootstrap(found, partAt(spec, 'bootstrap'));
  addReference(found, spec, 'superuserSecret', { use: 'superuser' });
  for (const i of listAt(spec.value, 'managed', 'roles').keys()) {
    addReference(found, partAt(spec, 'managed', 'roles', i), 'passwordSecret', { use: 'managedRole' });
  }
  addReference(found, partAt(spec, 'postgresql', 'ldap', 'bindSearchAuth'), 'bindPassword', {
    use: 'credentials',
    ...selector,
  });
  addCertificates(found, partAt(spec, 'certificates'));
  addObjectStore(found, partAt(spec, 'backup', 'barmanObjectStore'));
  for (const i of listAt(spec.value, 'externalClusters').keys()) {
    const external = partAt(spec, 'externalClusters', i);
    for (const field of ['password', 'sslKey', 'sslCert', 'sslRootCert']) {
      addReference(found, external, field, { use: 'credentials', ...selector });
    }
    addObjectStore(found, partAt(spec, 'externalClusters', i, 'barmanObjectStore'));
  }
  addEnvironment(found, spec);
  addProjected(found, partAt(spec, 'projectedVolumeTemplate'));
  addEach(found, spec, 'imagePullSecrets', { use: 'imagePullSecret' });
  addQueries(found, partAt(spec, 'monitoring'));
};

function addCertificates(found: SecretReference[], certificates: Part | undefined): void {
  if (certificates === undefined) return;
  for (const field of ['serverCASecret', 'serverTLSSecret', 'clientCASecret', 'replicationTLSSecret']) {
    addReference(found, certificates, field, { use: 'certificate' });
  }
}

function addBootstrap(found: SecretReference[], bootstrap: Part | undefined): void {
  if (bootstrap === undefined) return;
  for (const method of ['initdb', 'recovery', 'pg_basebackup']) {
    addReference(found, partAt(bootstrap, method), 'secret', { use: 'bootstrap' });
  }
  const initdb = partAt(bootstrap, 'initdb');
  if (initdb === undefined) return;
  for (const field of ['postInitSQLRefs', 'postInitApplicationSQLRefs', 'postInitTemplateSQLRefs']) {
    const refs = partAt(initdb, field);
    addEach(found, refs, 'secretRefs', { use: 'configuration', ...selector });
    addEach(found, refs, 'configMapRefs', { kind: 'ConfigMap', use: 'configuration', ...selector });
  }
}

function addQueries(found: SecretReference[], monitoring: Part | undefined): void {
  addEach(found, monitoring, 'customQueriesSecret', { use: 'configuration', ...selector });
  addEach(found, monitoring, 'customQueriesConfigMap', { kind: 'ConfigMap', use: 'configuration', ...selector });
}

/** Adds the credentials of an object store: each field of these is a name and a key. */
function addObjectStore(found: SecretReference[], store: Part | undefined): void {
  if (store === undefined) return;
  for (const provider of ['s3Credentials', 'azureCredentials', 'googleCredentials']) {
    const credentials = partAt(store, provider);
    for (const field of keysAt(credentials?.value)) {
      addReference(found, credentials, field, { use: 'credentials', ...selector });
    }
  }
  addReference(found, store, 'endpointCA', { use: 'certificate', ...selector });
}

/** What an ObjectStore of the Barman Cloud plugin reads. */
export const objectStore: Refer = (resource, found) => {
  const spec = specOf(resource);
  addObjectStore(found, spec && partAt(spec, 'configuration'));
};

export const pooler: Refer = (resource, found) => {
  const spec = specOf(resource);
  addReference(found, spec && partAt(spec, 'pgbouncer'), 'authQuerySecret', { use: 'credentials' });
};
