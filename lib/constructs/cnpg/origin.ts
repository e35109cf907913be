import { Construct } from 'constructs';
import type { JsonObject } from '../../json/json';
import { objectAt } from '../../json/read';
import { certificateSecret } from '../../systems/cnpg/made';
import { barmanPlugin } from '../../systems/cnpg/names';
import { postgresPort } from '../../systems/cnpg/network';
import { type Format, oneOf } from '../../systems/format';
import { optionalFormat, requireFormat, requireInteger, requireObject } from '../formats';
import { refuse } from '../input-error';
import type { Resource } from '../resource';
import { Secret, type SecretKey } from '../secret';
import { specJson } from '../spec';
import { needStore } from './cluster-spec';
import type { PostgresArchive, PostgresDatabase } from './database';
import { keyOf, needNeighbour, requireNeighbour } from './neighbour';
import type { PostgresImport, PostgresReplica, PostgresRestore, PostgresServer } from './origin-props';
import type { PostgresClusterProps } from './postgres-cluster-props';

/** What a database is made from, as the API says it. */
export interface Origin {
  readonly method: 'initdb' | 'recovery' | 'pg_basebackup';
  /** Of the method. */
  readonly settings: JsonObject;
  readonly externalClusters: readonly JsonObject[];
  readonly replica?: JsonObject;
}

/** Properties that each say how the database is made. */
const ways = ['bootstrap', 'restoreFrom', 'replicaOf', 'import'] as const;

/**
 * What `restoreFrom`, `replicaOf` or `import` says; undefined for none of them.
 *
 * @throws EspalierError for more than one, and for an origin that nobody can reach
 */
export function originOf(cluster: Resource, props: PostgresClusterProps): Origin | undefined {
  const [first, second] = ways.filter((way) => props[way] !== undefined);
  if (first !== undefined && second !== undefined) {
    refuse(cluster, {
      field: second,
      allowed: `left out beside ${first}: a database is made in one way`,
      example: `only ${first}, or only ${second}`,
    });
  }
  if (props.restoreFrom) return restored(cluster, props.restoreFrom);
  if (props.replicaOf) return replica(cluster, props.replicaOf);
  return props.import ? imported(cluster, props.import) : undefined;
}

/**
 * The database of this app that one is restored from, or follows: its owner, its database and their password are the same.
 *
 * @throws EspalierError where the properties say others, or where nobody says them: CNPG would make an empty database beside the restored
 *   one (cluster_defaults.go: "app"; pkg/management/postgres/restore.go)
 */
export function followedBy(cluster: Resource, props: PostgresClusterProps): PostgresDatabase | undefined {
  const { restoreFrom, replicaOf, credentials } = props;
  if (!restoreFrom && !replicaOf) return undefined;
  const of = [restoreFrom?.archive, replicaOf?.archive, replicaOf?.server].find((one) => Construct.isConstruct(one));
  const followed = of as PostgresDatabase | undefined;
  const given = { owner: props.owner ?? credentials?.username, database: props.database };
  for (const property of ['owner', 'database'] as const) {
    if (followed === undefined || given[property] === undefined || given[property] === followed[property]) continue;
    refuse(cluster, {
      field: property,
      value: given[property],
      allowed: `"${followed[property]}", as of ${followed.node.path}: CNPG would make another, empty database`,
      example: `${property} left out`,
    });
  }
  if (followed !== undefined) return followed;
  if (replicaOf && credentials === null) {
    refuse(cluster, {
      field: 'credentials',
      value: null,
      allowed:
        "the owner's username and password, as in the database that it follows: CNPG makes no Secret for a replica",
      example: "Secret.named('shop-db-credentials', { keys: ['username', 'password'], username: 'shop' })",
    });
  }
  if (credentials === null && given.owner === undefined) {
    refuse(cluster, {
      field: 'owner',
      value: undefined,
      allowed: 'the owner of the database in the archive: CNPG would take "app", and make an empty database for it',
      example: '"shop"',
    });
  }
  return undefined;
}

/** (https://cloudnative-pg.io/documentation/1.30/recovery/) */
function restored(cluster: Resource, { archive, time, target }: PostgresRestore): Origin {
  optionalFormat(cluster, 'restoreFrom.time', time, instant);
  if (time !== undefined && target?.targetTime !== undefined) {
    refuse(cluster, { field: 'restoreFrom.target.targetTime', allowed: 'left out beside time', example: 'only time' });
  }
  const external = ofArchive(cluster, 'restoreFrom.archive', archive);
  const recoveryTarget = specJson(cluster, { ...target, targetTime: time ?? target?.targetTime });
  const isWhole = Object.keys(recoveryTarget).length === 0;
  return {
    method: 'recovery',
    settings: { source: external.name, ...(!isWhole && { recoveryTarget }) },
    externalClusters: [external],
  };
}

/** Both ways at once: PostgreSQL streams, and reads the archive where it has fallen behind. (https://cloudnative-pg.io/documentation/1.30/replica_cluster/) */
function replica(cluster: Resource, { archive, server, enabled = true }: PostgresReplica): Origin {
  const from = {
    ...(archive && ofArchive(cluster, 'replicaOf.archive', archive)),
    ...(server && ofServer(cluster, 'replicaOf.server', server, streaming)),
  } as External;
  if (from.name === undefined) {
    refuse(cluster, {
      field: 'replicaOf',
      allowed: 'an archive, a server or both, which it follows',
      example: 'replicaOf: { archive: primary.archive }',
    });
  }
  return {
    method: archive ? 'recovery' : 'pg_basebackup',
    settings: { source: from.name },
    externalClusters: [from],
    replica: { enabled, source: from.name },
  };
}

/** (https://cloudnative-pg.io/documentation/1.30/database_import/) */
function imported(cluster: Resource, given: PostgresImport): Origin {
  requireFormat(cluster, 'import.type', given.type, oneOf('microservice', 'monolith'));
  const other = { microservice: ['databases', 'roles'], monolith: ['database', 'postImportApplicationSql'] }[
    given.type
  ];
  const stray = other.find((field) => (given as Readonly<Record<string, unknown>>)[field] !== undefined);
  if (stray !== undefined) {
    refuse(cluster, {
      field: `import.${stray}`,
      allowed: `left out, since the type is ${given.type}`,
      example: given.type === 'monolith' ? "databases: ['shop']" : "database: 'shop'",
    });
  }
  const { server, schemaOnly } = given;
  const whole = given.type === 'monolith';
  const from = ofServer(cluster, 'import.server', server, whole ? superuser : owner);
  const own = server?.database;
  if (!whole && given.database === undefined && own === undefined) {
    refuse(cluster, {
      field: 'import.database',
      value: undefined,
      allowed: 'the database that is imported',
      example: '"shop"',
    });
  }
  const what = whole
    ? { databases: given.databases, roles: given.roles }
    : { databases: [given.database ?? own], postImportApplicationSQL: given.postImportApplicationSql };
  return {
    method: 'initdb',
    settings: {
      import: {
        type: given.type,
        ...specJson(cluster, { ...what, schemaOnly }),
        source: { externalCluster: from.name },
      },
    },
    externalClusters: [from],
  };
}

/** An entry of spec.externalClusters. */
type External = JsonObject & { readonly name: string };

function ofArchive(cluster: Resource, field: string, given: PostgresDatabase | PostgresArchive): External {
  requireObject(cluster, field, given, {
    allowed: 'a PostgresCluster that is backed up, or an object store and the name of a server in it',
    example: "{ objectStore, serverName: 'shop-db' }",
  });
  if (Construct.isConstruct(given)) requireNeighbour(cluster, field, given);
  const { objectStore, serverName } = Construct.isConstruct(given) ? given.archive : given;
  needStore(cluster, `${field}.objectStore`, objectStore);
  requireFormat(cluster, `${field}.serverName`, serverName, externalName);
  const parameters = { barmanObjectName: objectStore.name, serverName };
  return { name: serverName, plugin: { name: barmanPlugin, parameters } };
}

/** Who logs in to a PostgresCluster, from its own namespace. */
type Login = (cluster: Resource, field: string, of: PostgresDatabase) => Omit<PostgresServer, 'host'>;

function ofServer(cluster: Resource, field: string, given: PostgresDatabase | PostgresServer, login: Login): External {
  requireObject(cluster, field, given, {
    allowed: 'a PostgresCluster, or how a server is reached',
    example: "{ host: 'pg.example.org', user: 'postgres', password: legacy.key('password') }",
  });
  if (Construct.isConstruct(given)) {
    needNeighbour(cluster, field, given);
    return ofServer(cluster, field, { host: given.host('rw'), ...login(cluster, field, given) }, login);
  }
  const { host, port = postgresPort, user, database, sslMode, parameters } = given;
  const isHandle = typeof host === 'object';
  if (isHandle) cluster.node.addDependency(host.cluster);
  const name = given.name ?? (isHandle ? host.cluster.name : host);
  requireFormat(cluster, given.name === undefined ? `${field}.host` : `${field}.name`, name, externalName);
  requireInteger(cluster, `${field}.port`, port, 1, 65535);
  requireFormat(cluster, `${field}.user`, user, roleName);
  optionalFormat(cluster, `${field}.sslMode`, sslMode, sslModes);
  const key = (name: 'password' | 'sslCert' | 'sslKey' | 'sslRootCert') =>
    keyOf(cluster, `${field}.${name}`, given[name]);
  return {
    name,
    ...specJson(cluster, {
      connectionParameters: {
        host: isHandle ? host.host : host,
        ...(port !== postgresPort && { port: String(port) }),
        user,
        // What CloudNativePG itself connects to. (pkg/management/external)
        dbname: database ?? 'postgres',
        ...(sslMode !== undefined && { sslmode: sslMode }),
        ...parameters,
      },
      password: key('password'),
      sslCert: key('sslCert'),
      sslKey: key('sslKey'),
      sslRootCert: key('sslRootCert'),
    }),
  };
}

/** By the certificate that the operator makes for standbys. (https://cloudnative-pg.io/documentation/1.30/samples/cluster-example-replica-streaming/) */
const streaming: Login = (_cluster, _field, of) => {
  const certificate = madeBy(of, certificateSecret(objectOf(of), 'replicationTLSSecret'), ['tls.crt', 'tls.key']);
  return {
    user: 'streaming_replica',
    sslCert: certificate.key('tls.crt'),
    sslKey: certificate.key('tls.key'),
    ...verified(of),
  };
};

const owner: Login = (_cluster, _field, of) => ({
  user: of.owner,
  database: of.database,
  password: of.credentials.key('password'),
  ...verified(of),
});

const superuser: Login = (cluster, field, of) => {
  if (objectAt(objectOf(of), 'spec')?.enableSuperuserAccess !== true) {
    refuse(cluster, {
      field,
      value: of.node.path,
      allowed: 'a server whose superuser may log in: the owner of one database cannot export all of them',
      example: `spec: { enableSuperuserAccess: true } for ${of.node.id}, or { host: ${of.node.id}.host('rw'), user, password }`,
    });
  }
  return {
    user: 'postgres',
    password: madeBy(of, `${of.name}-superuser`, ['username', 'password']).key('password'),
    ...verified(of),
  };
};

/** The operator's certificate names the Services of the Cluster. (https://cloudnative-pg.io/documentation/1.30/certificates/) */
function verified(of: PostgresDatabase): { readonly sslMode: 'verify-full'; readonly sslRootCert: SecretKey } {
  const ca = madeBy(of, certificateSecret(objectOf(of), 'serverCASecret'), ['ca.crt']);
  return { sslMode: 'verify-full', sslRootCert: ca.key('ca.crt') };
}

function madeBy<const K extends string>(of: PostgresDatabase, name: string, keys: readonly K[]): Secret<K> {
  return new Secret<K>({ name, namespace: of.namespace, keys, producer: of });
}

function objectOf(of: PostgresDatabase): JsonObject {
  return of.resource.toJson() as JsonObject;
}

/** It becomes the name of a file. (cluster_webhook.go, validateExternalClusters) */
const externalName: Format = {
  allowed: 'a name without white space, "/" and "\\", which becomes one of externalClusters',
  example: '"shop-db"',
  accepts: (value) => /^[^\s/\\]+$/.test(value) && value !== '.' && value !== '..',
};

const roleName: Format = { allowed: 'the role that logs in', example: '"postgres"', accepts: (value) => value !== '' };

/** (https://www.postgresql.org/docs/current/libpq-ssl.html) */
const sslModes = oneOf('disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full');

/** CloudNativePG takes a time without a zone for UTC, PostgreSQL's own tools take it for local. */
const instant: Format = {
  allowed: 'a time with its zone, as RFC 3339 has it',
  example: '"2026-11-30T09:30:00Z"',
  accepts: (value) =>
    /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value) && !Number.isNaN(Date.parse(value)),
};
