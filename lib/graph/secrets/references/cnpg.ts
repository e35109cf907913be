import type { Path } from '../../../tree/source/source';
import { keysAt, listAt } from '../../json';
import type { Resource } from '../../resource';
import type { SecretReference } from '../secret-index';
import { environment, projected } from './pods';
import { type Refer, referenceAt, selector } from './reference';

/** What a CNPG Cluster reads. */
export const cluster: Refer = function* (resource) {
  yield* bootstrap(resource);
  yield* referenceAt(resource, ['spec', 'superuserSecret'], { use: 'superuser' });
  for (const i of listAt(resource.value, 'spec', 'managed', 'roles').keys()) {
    yield* referenceAt(resource, ['spec', 'managed', 'roles', i, 'passwordSecret'], { use: 'managedRole' });
  }
  yield* referenceAt(resource, ['spec', 'postgresql', 'ldap', 'bindSearchAuth', 'bindPassword'], {
    use: 'credentials',
    ...selector,
  });
  const given = ['spec', 'certificates'];
  yield* referenceAt(resource, [...given, 'serverCASecret'], { use: 'certificate' });
  yield* referenceAt(resource, [...given, 'serverTLSSecret'], { use: 'certificate' });
  yield* referenceAt(resource, [...given, 'clientCASecret'], { use: 'certificate' });
  yield* referenceAt(resource, [...given, 'replicationTLSSecret'], { use: 'certificate' });
  yield* objectStoreAt(resource, ['spec', 'backup', 'barmanObjectStore']);
  for (const i of listAt(resource.value, 'spec', 'externalClusters').keys()) {
    const path = ['spec', 'externalClusters', i];
    for (const field of ['password', 'sslKey', 'sslCert', 'sslRootCert']) {
      yield* referenceAt(resource, [...path, field], { use: 'credentials', ...selector });
    }
    yield* objectStoreAt(resource, [...path, 'barmanObjectStore']);
  }
  yield* environment(resource, ['spec']);
  yield* projected(resource, ['spec', 'projectedVolumeTemplate']);
  for (const i of listAt(resource.value, 'spec', 'imagePullSecrets').keys()) {
    yield* referenceAt(resource, ['spec', 'imagePullSecrets', i], { use: 'imagePullSecret' });
  }
  yield* queries(resource);
};

function* bootstrap(resource: Resource): Generator<SecretReference> {
  for (const method of ['initdb', 'recovery', 'pg_basebackup']) {
    yield* referenceAt(resource, ['spec', 'bootstrap', method, 'secret'], { use: 'bootstrap' });
  }
  for (const field of ['postInitSQLRefs', 'postInitApplicationSQLRefs', 'postInitTemplateSQLRefs']) {
    const path = ['spec', 'bootstrap', 'initdb', field];
    for (const i of listAt(resource.value, ...path, 'secretRefs').keys()) {
      yield* referenceAt(resource, [...path, 'secretRefs', i], { use: 'configuration', ...selector });
    }
    for (const i of listAt(resource.value, ...path, 'configMapRefs').keys()) {
      yield* referenceAt(resource, [...path, 'configMapRefs', i], {
        kind: 'ConfigMap',
        use: 'configuration',
        ...selector,
      });
    }
  }
}

function* queries(resource: Resource): Generator<SecretReference> {
  const path = ['spec', 'monitoring'];
  for (const i of listAt(resource.value, ...path, 'customQueriesSecret').keys()) {
    yield* referenceAt(resource, [...path, 'customQueriesSecret', i], { use: 'configuration', ...selector });
  }
  for (const i of listAt(resource.value, ...path, 'customQueriesConfigMap').keys()) {
    yield* referenceAt(resource, [...path, 'customQueriesConfigMap', i], {
      kind: 'ConfigMap',
      use: 'configuration',
      ...selector,
    });
  }
}

/** The credentials of an object store: each field of these is a name and a key. */
function* objectStoreAt(resource: Resource, path: Path): Generator<SecretReference> {
  for (const provider of ['s3Credentials', 'azureCredentials', 'googleCredentials']) {
    for (const field of keysAt(resource.value, ...path, provider)) {
      yield* referenceAt(resource, [...path, provider, field], { use: 'credentials', ...selector });
    }
  }
  yield* referenceAt(resource, [...path, 'endpointCA'], { use: 'certificate', ...selector });
}

/** What an ObjectStore of the Barman Cloud plugin reads. */
export const objectStore: Refer = (resource) => objectStoreAt(resource, ['spec', 'configuration']);

export const pooler: Refer = (resource) =>
  referenceAt(resource, ['spec', 'pgbouncer', 'authQuerySecret'], { use: 'credentials' });
