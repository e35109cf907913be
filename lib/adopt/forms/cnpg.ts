import { barmanPlugin } from '../../systems/cnpg/names';
import type { Drafting, Said } from '../draft';
import { Call, type Code, type CodeObject, Handle, Member, plainOf } from '../program';
import { filledIn } from '../variables';
import type { Lift } from './form';
import { fieldsOf, isBeside, objectIn, objectSaid, overDefaults, restOf } from './said';

/** Kinds of CloudNativePG that constructs say. */
export const cnpg: Readonly<Record<string, Lift>> = {
  'postgresql.cnpg.io/Cluster': postgresCluster,
  'postgresql.cnpg.io/ScheduledBackup': scheduledBackup,
  'barmancloud.cnpg.io/ObjectStore': objectStore,
};

/** Fields of a Cluster's spec that are properties of their own. */
const ofCluster = ['imageName', 'walStorage', 'resources', 'instances'];

function postgresCluster(drafting: Drafting): Said | undefined {
  const said = objectSaid(drafting, 'postgresql.cnpg.io/v1');
  if (said === undefined || drafting.defaults) return undefined;
  const { bootstrap, storage, postgresql, plugins, ...others } = said.spec;
  const { parameters, ...ofServer } = objectIn(postgresql) ?? {};
  const backup = backupOf(drafting, plugins);
  const rest = {
    ...restOf(others, ofCluster),
    ...(!isStorage(storage) && storage !== undefined && { storage }),
    ...(Object.keys(ofServer).length > 0 && { postgresql: ofServer }),
    ...(backup === undefined && plugins !== undefined && { plugins }),
  };
  return {
    className: 'PostgresCluster',
    props: {
      ...said.metadata,
      operator: new Call('CloudNativePg.named', [], null),
      ...credentialsOf(bootstrap),
      ...(filledIn(fieldsOf(others, ofCluster)) as CodeObject),
      storage: isStorage(storage) ? filledIn(storage) : null,
      ...(parameters !== undefined && { parameters }),
      ...(backup && { backup }),
      ...(Object.keys(rest).length > 0 && { spec: rest as CodeObject }),
    },
  };
}

function isStorage(code: Code | undefined): code is CodeObject {
  const fields = Object.keys(objectIn(code) ?? {});
  return fields.includes('size') && fields.every((field) => field === 'size' || field === 'storageClass');
}

const ofInitdb = ['database', 'owner', 'secret', 'postInitSQL', 'postInitApplicationSQL'];

/** Who owns the database, where it is made anew with a Secret of the program; else spec.bootstrap as it is. */
function credentialsOf(bootstrap: Code | undefined): CodeObject {
  const { initdb, ...others } = objectIn(bootstrap) ?? {};
  const { owner, database, secret, postInitSQL, postInitApplicationSQL } = objectIn(initdb) ?? {};
  const { name } = objectIn(secret) ?? {};
  const isUsual = Object.keys(objectIn(initdb) ?? {}).every((field) => ofInitdb.includes(field));
  if (!isUsual || Object.keys(others).length > 0 || owner === undefined || !(name instanceof Member))
    return { credentials: null, bootstrap: bootstrap ?? null };
  return {
    credentials: name,
    owner,
    ...(database !== owner && { database: database as Code }),
    ...(postInitSQL !== undefined && { postInitSql: postInitSQL }),
    ...(postInitApplicationSQL !== undefined && { postInitApplicationSql: postInitApplicationSQL }),
  };
}

/** The one plugin that archives, where it says nothing else. */
function backupOf(drafting: Drafting, plugins: Code | undefined): CodeObject | undefined {
  const [plugin, ...more] = Array.isArray(plugins) ? (plugins as readonly Code[]) : [];
  const { name, isWALArchiver, parameters, ...others } = objectIn(plugin) ?? {};
  const { barmanObjectName, serverName, ...unknown } = objectIn(parameters) ?? {};
  const surplus = more.length + Object.keys(others).length + Object.keys(unknown).length;
  if (plainOf(name ?? null) !== barmanPlugin || barmanObjectName === undefined || surplus > 0) return undefined;
  return {
    objectStore: named(drafting, 'ObjectStore', barmanObjectName),
    ...(serverName !== undefined && { serverName }),
    ...(isWALArchiver !== undefined && { isWALArchiver }),
  };
}

/** A construct beside the object, or one that is only named. */
function named(drafting: Drafting, className: string, name: Code): Code {
  const named = new Call(`${className}.named`, [filledIn(plainOf(name) as Code)], plainOf(name));
  const isUsable = name instanceof Handle && name.to.className === className && isBeside(drafting, name);
  return isUsable ? new Handle(name.to, plainOf(name), named) : named;
}

const ofBackup = ['immediate', 'backupOwnerReference', 'suspend', 'target'];

function scheduledBackup(drafting: Drafting): Said | undefined {
  const said = objectSaid(drafting, 'postgresql.cnpg.io/v1');
  if (said === undefined) return undefined;
  const { cluster, schedule, pluginConfiguration, ...others } = said.spec;
  const { name, ...more } = objectIn(cluster) ?? {};
  if (name === undefined || schedule === undefined || Object.keys(more).length > 0) return undefined;
  const configuration = objectIn(pluginConfiguration) ?? {};
  const isUsual = Object.keys(configuration).length === 1 && plainOf(configuration.name as Code) === barmanPlugin;
  const rest = {
    ...restOf(others, ['method', ...ofBackup]),
    ...(pluginConfiguration !== undefined && !isUsual && { pluginConfiguration }),
  };
  return {
    className: 'ScheduledBackup',
    props: {
      ...said.metadata,
      cluster: named(drafting, 'PostgresCluster', name),
      schedule,
      ...overDefaults(others, { method: 'plugin' }, drafting.defaults),
      ...fieldsOf(others, ofBackup),
      ...(Object.keys(rest).length > 0 && { spec: rest as CodeObject }),
    },
  };
}

function objectStore(drafting: Drafting): Said | undefined {
  const said = objectSaid(drafting, 'barmancloud.cnpg.io/v1');
  if (said === undefined || drafting.defaults) return undefined;
  const { configuration, retentionPolicy, ...others } = said.spec;
  const { destinationPath, endpointURL, s3Credentials, wal, data, ...more } = objectIn(configuration) ?? {};
  if (destinationPath === undefined) return undefined;
  const credentials = keysOf(s3Credentials);
  const compression = { ...(isCompression(wal) && { wal }), ...(isCompression(data) && { data }) };
  const { wal: isWal, data: isData } = compression;
  const own = {
    ...more,
    ...(wal !== undefined && isWal === undefined && { wal }),
    ...(data !== undefined && isData === undefined && { data }),
    ...(credentials === undefined && s3Credentials !== undefined && { s3Credentials }),
  };
  const rest = { ...others, ...(Object.keys(own).length > 0 && { configuration: own as CodeObject }) };
  return {
    className: 'ObjectStore',
    props: {
      ...said.metadata,
      plugin: new Call('BarmanCloudPlugin.named', [], null),
      destinationPath,
      ...(endpointURL !== undefined && { endpointURL }),
      ...(credentials && { credentials }),
      ...(retentionPolicy !== undefined && { retentionPolicy }),
      ...(compression as CodeObject),
      ...(Object.keys(rest).length > 0 && { spec: rest as CodeObject }),
    },
  };
}

function isCompression(code: Code | undefined): boolean {
  const fields = Object.keys(objectIn(code) ?? {});
  return fields.length > 0 && fields.every((field) => ['compression', 'maxParallel', 'jobs'].includes(field));
}

/** Credentials of which each is a key of a Secret of the program. */
function keysOf(code: Code | undefined): CodeObject | undefined {
  const given = objectIn(code);
  if (given === undefined) return undefined;
  const keys = Object.entries(given).map(([field, selector]) => {
    const { name, key, ...others } = objectIn(selector) ?? {};
    const isKey = name instanceof Member && key instanceof Member && Object.keys(others).length === 0;
    return [field, isKey ? key : undefined] as const;
  });
  return keys.some(([, key]) => key === undefined) ? undefined : (Object.fromEntries(keys) as CodeObject);
}
