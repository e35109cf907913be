import type { Path } from '../../../tree/source/source';
import type { JsonObject } from '../../../tree/tree';
import { keysAt, listAt, objectAt } from '../../json';
import type { Resource } from '../../resource';
import type { SecretReference } from '../secret-index';
import { addEnvironment, addProjected } from './pods';
import { addReference, type Refer, selector } from './reference';

/** What a CNPG Cluster reads. Most have few of these fields: what lies below the others is not looked for. */
export const cluster: Refer = (resource, found) => {
  const spec = objectAt(resource.value, 'spec');
  if (spec === undefined) return;
  const has = (field: string) => spec[field] !== undefined;
  if (has('bootstrap')) addBootstrap(found, resource);
  addReference(found, resource, ['spec', 'superuserSecret'], { use: 'superuser' });
  for (const i of listAt(spec, 'managed', 'roles').keys()) {
    addReference(found, resource, ['spec', 'managed', 'roles', i, 'passwordSecret'], { use: 'managedRole' });
  }
  addReference(found, resource, ['spec', 'postgresql', 'ldap', 'bindSearchAuth', 'bindPassword'], {
    use: 'credentials',
    ...selector,
  });
  if (has('certificates')) addCertificates(found, resource);
  if (has('backup')) addObjectStore(found, resource, ['spec', 'backup', 'barmanObjectStore']);
  for (const i of listAt(spec, 'externalClusters').keys()) {
    const path = ['spec', 'externalClusters', i];
    for (const field of ['password', 'sslKey', 'sslCert', 'sslRootCert']) {
      addReference(found, resource, [...path, field], { use: 'credentials', ...selector });
    }
    addObjectStore(found, resource, [...path, 'barmanObjectStore']);
  }
  addEnvironment(found, resource, ['spec']);
  addProjected(found, resource, ['spec', 'projectedVolumeTemplate']);
  for (const i of listAt(spec, 'imagePullSecrets').keys()) {
    addReference(found, resource, ['spec', 'imagePullSecrets', i], { use: 'imagePullSecret' });
  }
  addQueries(found, resource, spec);
};

function addCertificates(found: SecretReference[], resource: Resource): void {
  for (const field of ['serverCASecret', 'serverTLSSecret', 'clientCASecret', 'replicationTLSSecret']) {
    addReference(found, resource, ['spec', 'certificates', field], { use: 'certificate' });
  }
}

function addBootstrap(found: SecretReference[], resource: Resource): void {
  for (const method of ['initdb', 'recovery', 'pg_basebackup']) {
    addReference(found, resource, ['spec', 'bootstrap', method, 'secret'], { use: 'bootstrap' });
  }
  for (const field of ['postInitSQLRefs', 'postInitApplicationSQLRefs', 'postInitTemplateSQLRefs']) {
    const path = ['spec', 'bootstrap', 'initdb', field];
    for (const i of listAt(resource.value, ...path, 'secretRefs').keys()) {
      addReference(found, resource, [...path, 'secretRefs', i], { use: 'configuration', ...selector });
    }
    for (const i of listAt(resource.value, ...path, 'configMapRefs').keys()) {
      addReference(found, resource, [...path, 'configMapRefs', i], {
        kind: 'ConfigMap',
        use: 'configuration',
        ...selector,
      });
    }
  }
}

function addQueries(found: SecretReference[], resource: Resource, spec: JsonObject): void {
  const path = ['spec', 'monitoring'];
  for (const i of listAt(spec, 'monitoring', 'customQueriesSecret').keys()) {
    addReference(found, resource, [...path, 'customQueriesSecret', i], { use: 'configuration', ...selector });
  }
  for (const i of listAt(spec, 'monitoring', 'customQueriesConfigMap').keys()) {
    addReference(found, resource, [...path, 'customQueriesConfigMap', i], {
      kind: 'ConfigMap',
      use: 'configuration',
      ...selector,
    });
  }
}

/** Adds the credentials of an object store: each field of these is a name and a key. */
function addObjectStore(found: SecretReference[], resource: Resource, path: Path): void {
  for (const provider of ['s3Credentials', 'azureCredentials', 'googleCredentials']) {
    for (const field of keysAt(resource.value, ...path, provider)) {
      addReference(found, resource, [...path, provider, field], { use: 'credentials', ...selector });
    }
  }
  addReference(found, resource, [...path, 'endpointCA'], { use: 'certificate', ...selector });
}

/** What an ObjectStore of the Barman Cloud plugin reads. */
export const objectStore: Refer = (resource, found) => addObjectStore(found, resource, ['spec', 'configuration']);

export const pooler: Refer = (resource, found) =>
  addReference(found, resource, ['spec', 'pgbouncer', 'authQuerySecret'], { use: 'credentials' });
