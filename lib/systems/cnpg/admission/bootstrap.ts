import { isJsonObject, type JsonObject, type Path } from '../../../json/json';
import { at, keysAt, listAt, objectAt, textAt } from '../../../json/read';
import { isKnown } from '../../../text/symbolic';
import { type Fault, fault } from '../../fault';
import { givenText, isGiven, names, repeated } from '../../given';
import { isReplica } from './values';

const bootstrap: Path = ['spec', 'bootstrap'];

/** One way to make the database. (validateBootstrapMethod) */
export function* bootstrapMethod(cluster: JsonObject): Generator<Fault> {
  const methods = ['initdb', 'recovery', 'pg_basebackup'].filter((name) => objectAt(cluster, ...bootstrap, name));
  if (methods.length > 1) {
    yield fault(bootstrap, 'one way to create the database: initdb, recovery or pg_basebackup', methods);
  }
}

/** (validateInitDB, validateApplicationDatabase, validateImport; cluster_defaults.go fills in database and owner before) */
export function* initdb(cluster: JsonObject): Generator<Fault> {
  const path = [...bootstrap, 'initdb'];
  const options = objectAt(cluster, ...path);
  const segment = at(options, 'walSegmentSize');
  if (typeof segment === 'number' && (segment & (segment - 1)) !== 0)
    yield fault([...path, 'walSegmentSize'], 'a power of 2');
  for (const field of ['secretRefs', 'configMapRefs'])
    for (const i of listAt(options, 'postInitApplicationSQLRefs', field).keys())
      for (const part of ['name', 'key'])
        if (at(options, 'postInitApplicationSQLRefs', field, i, part) === '')
          yield fault([...path, 'postInitApplicationSQLRefs', field, i, part], 'given');
  const imported = objectAt(options, 'import');
  if (imported === undefined) return;
  const [databases, roles] = [listAt(imported, 'databases'), listAt(imported, 'roles')];
  const below = (...names: readonly (string | number)[]): Path => [...path, 'import', ...names];
  if (imported.type === 'microservice') {
    if (databases.length !== 1)
      yield fault(below('databases'), 'one database, since the type is microservice', databases);
    if (roles.length > 0) yield fault(below('roles'), 'left out, since the type is microservice', roles);
    if (databases.length === 1 && givenText(databases[0])?.includes('*'))
      yield fault(below('databases', 0), 'the name of one database, without *');
  }
  if (imported.type !== 'monolith') return;
  if (isGiven(at(options, 'owner')) && !isGiven(at(options, 'database')))
    yield fault([...path, 'database'], 'set together with owner');
  for (const [field, list] of [
    ['databases', databases],
    ['roles', roles],
  ] as const) {
    if (list.length > 1 && list.includes('*')) yield fault(below(field), 'either only "*", or names without it', list);
  }
  if (databases.length === 0) yield fault(below('databases'), 'a list of at least one database', databases);
  if (listAt(imported, 'postImportApplicationSQL').length > 0)
    yield fault(below('postImportApplicationSQL'), 'left out, since the type is monolith', null);
}

/** Which servers the Cluster knows by name; undefined where one of the names is not known. */
function externalNames(cluster: JsonObject): ReadonlySet<string> | undefined {
  const servers = listAt(cluster, 'spec', 'externalClusters');
  if (!servers.every((server) => isJsonObject(server) && Object.keys(server).every(isKnown))) return undefined;
  const found = names(servers).filter(isGiven).map(givenText);
  return found.includes(undefined) ? undefined : new Set(found as string[]);
}

/** What names one of externalClusters. (validateBootstrapRecoverySource, …PgBaseBackupSource, validateReplicaClusterExternalClusters) */
export function* externalSources(cluster: JsonObject): Generator<Fault> {
  const known = externalNames(cluster);
  if (known === undefined) return;
  const paths: Path[] = [
    [...bootstrap, 'recovery', 'source'],
    [...bootstrap, 'pg_basebackup', 'source'],
    ...['source', 'self', 'primary'].map((field) => ['spec', 'replica', field]),
  ];
  const list = known.size === 0 ? ', of which there is none' : `: ${[...known].join(', ')}`;
  for (const path of paths) {
    const name = givenText(at(cluster, ...path));
    if (name !== undefined && !known.has(name)) yield fault(path, `the name of one of spec.externalClusters${list}`);
  }
}

/** (validateExternalClusters) */
export function* externalClusters(cluster: JsonObject): Generator<Fault> {
  const servers = listAt(cluster, 'spec', 'externalClusters');
  for (const { index } of repeated(names(servers))) {
    yield fault(['spec', 'externalClusters', index, 'name'], 'a name that no other of the list has');
  }
  for (const [i, server] of servers.entries()) {
    const path = ['spec', 'externalClusters', i];
    if (!['connectionParameters', 'barmanObjectStore', 'plugin'].some((field) => objectAt(server, field)))
      yield fault(path, 'reached in some way: connectionParameters, plugin or barmanObjectStore', null);
    const parts: Path[] = ['sslCert', 'sslKey', 'sslRootCert'].flatMap((field) => [
      [field, 'name'],
      [field, 'key'],
    ]);
    for (const part of [['name'], ...parts]) {
      const text = givenText(at(server, ...part));
      if (text !== undefined && (/[/\\]/.test(text) || text === '.' || text === '..'))
        yield fault([...path, ...part], 'a name without "/" and "\\": it becomes the name of a file');
    }
  }
}

const recovery: Path = [...bootstrap, 'recovery'];

/** (validateBootstrapRecoveryDataSource) */
export function* recoveryFromSnapshots(cluster: JsonObject): Generator<Fault> {
  const snapshots = objectAt(cluster, ...recovery, 'volumeSnapshots');
  if (snapshots === undefined) return;
  const unless = 'left out, since the database is restored from volumeSnapshots';
  if (objectAt(cluster, ...recovery, 'backup')) yield fault([...recovery, 'backup'], unless, null);
  if (isGiven(at(cluster, ...recovery, 'recoveryTarget', 'backupID')))
    yield fault([...recovery, 'recoveryTarget', 'backupID'], unless);
  for (const field of ['storage', 'walStorage']) {
    const path = [...recovery, 'volumeSnapshots', field];
    const source = objectAt(snapshots, field);
    if (source === undefined) continue;
    const kind = `${textAt(source, 'apiGroup') ?? ''}/${textAt(source, 'kind') ?? ''}`;
    if (isKnown(kind) && kind !== 'snapshot.storage.k8s.io/VolumeSnapshot' && kind !== '/PersistentVolumeClaim')
      yield fault(path, 'a VolumeSnapshot of the group snapshot.storage.k8s.io, or a PersistentVolumeClaim', kind);
  }
  if (objectAt(snapshots, 'walStorage') && !objectAt(cluster, 'spec', 'walStorage'))
    yield fault([...recovery, 'volumeSnapshots', 'walStorage'], 'left out, or spec.walStorage given', null);
}

const targets = ['targetImmediate', 'targetLSN', 'targetName', 'targetXID', 'targetTime'];

/** (validateRecoveryTarget) */
export function* recoveryTarget(cluster: JsonObject): Generator<Fault> {
  const path = [...recovery, 'recoveryTarget'];
  const target = objectAt(cluster, ...path);
  if (target === undefined) return;
  const given = targets.filter((field) => isGiven(target[field]));
  if (given.length > 1) yield fault(path, `one target: ${targets.join(', ')}`, given);
  const forms: readonly (readonly [field: string, accepts: (text: string) => boolean, allowed: string])[] = [
    // What github.com/lib/pq reads as a timestamp is more than ISO 8601: only what begins like none of it is refused here.
    ['targetTime', (text) => /^\s*[+-]?\d/.test(text), 'a time, such as 2026-08-21 15:33:31+02'],
    [
      'targetLSN',
      (text) => /^[0-9A-Fa-f]+\/[0-9A-Fa-f]+$/.test(text),
      'a position in the write-ahead log, such as 0/5000060',
    ],
    ['targetXID', (text) => /^\d+$/.test(text) && Number(text) < 2 ** 32, 'a whole number below 2^32'],
    ['targetName', (text) => /^[^\p{Cc}]{0,63}$/u.test(text), 'at most 63 characters on one line'],
    ['targetTLI', (text) => /^(?:latest|\+?0*[1-9]\d*)$/.test(text), '"latest", or a whole number of at least 1'],
  ];
  for (const [field, accepts, allowed] of forms) {
    const text = givenText(target[field]);
    if (text !== undefined && !accepts(text)) yield fault([...path, field], allowed);
  }
  const needsBackup = ['targetName', 'targetXID', 'targetImmediate'].some((field) => isGiven(target[field]));
  if (needsBackup && !isGiven(target.backupID) && !objectAt(cluster, ...recovery, 'volumeSnapshots'))
    yield fault([...path, 'backupID'], 'given, since no time says which backup to begin with');
}

/** (validateReplicaMode, validatePromotionToken; that a new replica is no initdb's is not judged: one that is demoted later may be) */
export function* replica(cluster: JsonObject): Generator<Fault> {
  const path: Path = ['spec', 'replica'];
  const settings = objectAt(cluster, ...path);
  if (settings === undefined) return;
  if (isGiven(settings.primary) && isGiven(settings.enabled))
    yield fault([...path, 'enabled'], 'left out, since primary is given');
  if (!isGiven(settings.promotionToken)) return;
  if (isGiven(settings.minApplyDelay))
    yield fault([...path, 'minApplyDelay'], 'left out, since promotionToken is given');
  else if (isReplica(cluster) === true)
    yield fault([...path, 'promotionToken'], 'left out while the Cluster is a replica', null);
}

/** (validateBackupConfiguration: github.com/cloudnative-pg/barman-cloud 0.5, pkg/api/webhooks and pkg/api/config.go) */
export function* barmanObjectStore(cluster: JsonObject): Generator<Fault> {
  const path: Path = ['spec', 'backup', 'barmanObjectStore'];
  const store = objectAt(cluster, ...path);
  if (store === undefined) return;
  const given = ['azureCredentials', 's3Credentials', 'googleCredentials'].filter((field) => objectAt(store, field));
  if (given.length !== 1)
    yield fault(
      path,
      'an object with one of azureCredentials, s3Credentials and googleCredentials',
      given.length > 0 ? given : null,
    );
  for (const field of given) {
    const allowed = credentialsFault(field, objectAt(store, field) as JsonObject);
    if (allowed !== undefined) yield fault([...path, field], allowed, keysAt(store, field));
  }
}

function credentialsFault(field: string, of: JsonObject): string | undefined {
  if (Object.values(of).some((value) => typeof value === 'string' && !isKnown(value))) return undefined;
  const has = (name: string): boolean => isGiven(of[name]) && of[name] !== false;
  const ways = (...names: readonly string[]): number => names.filter(has).length;
  if (field === 's3Credentials') {
    const keys = ways('accessKeyId', 'secretAccessKey');
    const right = has('inheritFromIAMRole') ? keys === 0 : keys === 2;
    return right ? undefined : 'accessKeyId and secretAccessKey, or only inheritFromIAMRole';
  }
  if (field === 'googleCredentials')
    return ways('gkeEnvironment', 'applicationCredentials') === 1
      ? undefined
      : 'applicationCredentials, or gkeEnvironment: true';
  const methods = ways('inheritFromAzureAD', 'useDefaultAzureCredentials', 'storageKey', 'storageSasToken');
  if (has('connectionString')) return methods > 0 || has('storageAccount') ? 'only connectionString' : undefined;
  if (methods !== 1)
    return 'one of connectionString, storageKey, storageSasToken, inheritFromAzureAD and useDefaultAzureCredentials';
  return ways('storageKey', 'storageSasToken') > 0 && !has('storageAccount')
    ? 'given with storageAccount, which storageKey and storageSasToken need'
    : undefined;
}
