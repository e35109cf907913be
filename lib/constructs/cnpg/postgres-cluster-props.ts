import type { ClusterSpec, ClusterSpecBootstrap } from '../../../imports/cnpg-cluster';
import type { DeepPartial } from '../merge';
import type { Named, NamedOperator } from '../named';
import type { ResourceProps } from '../resource';
import type { Secret } from '../secret';
import type { SpecOf } from '../spec';
import type { CloudNativePg } from './cloudnative-pg';
import type { NamedObjectStore, ObjectStore } from './object-store';
import type { PostgresImport, PostgresReplica, PostgresRestore } from './origin-props';

/** A volume of each instance. */
export interface PostgresStorage {
  /** A Kubernetes quantity: `10Gi`. It can grow, never shrink. */
  readonly size: string;
  /** @default the cluster's default storage class */
  readonly storageClass?: string;
}

/** Kubernetes quantities: `500m`, `1Gi`. */
export interface PostgresQuantities {
  readonly cpu?: string;
  readonly memory?: string;
}

/** Where a database is archived to. */
export interface PostgresBackup {
  readonly objectStore: ObjectStore | NamedObjectStore;
  /** Its folder in the store. @default the Cluster's name */
  readonly serverName?: string;
  /** @default true */
  readonly isWALArchiver?: boolean | null;
}

/** The keys of a Secret that CNPG makes for those who log in. */
export type ApplicationKey =
  | ('username' | 'user' | 'password' | 'dbname' | 'host' | 'port' | 'pgpass')
  | ('uri' | 'jdbc-uri' | 'fqdn-uri' | 'fqdn-jdbc-uri');

export interface PostgresClusterProps extends ResourceProps {
  /** The operator that runs it. */
  readonly operator: CloudNativePg | NamedOperator;
  /** The owner's user name and password. CNPG takes a changed password over. Null where CNPG shall make them: the Secret `<name>-app`. */
  readonly credentials: Secret<'username' | 'password'> | null;
  /** The role that owns the database. @default the user name in `credentials`, where it is known */
  readonly owner?: string;
  /** @default the owner's name */
  readonly database?: string;
  /** Servers: a primary, and standbys that replace it. @default 3: a node may fail while another is drained */
  readonly instances?: number | null;
  /**
   * PostgreSQL's image, pinned.
   * @default the operator's own, which an upgrade of the operator may change: leave it out where any supported version will do
   */
  readonly imageName?: string;
  readonly storage: PostgresStorage | null;
  /** A volume for the WAL alone: a full one cannot take the data along. It cannot be taken away again. @default none */
  readonly walStorage?: PostgresStorage;
  /** @default none */
  readonly resources?: { readonly requests?: PostgresQuantities; readonly limits?: PostgresQuantities };
  /** PostgreSQL's own settings, but for those that CNPG sets itself. @default CNPG's */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Whether the owner may create databases. @default false */
  readonly createdb?: boolean;
  /** SQL that the superuser runs in `postgres`, once, when the database is made. @default none */
  readonly postInitSql?: readonly string[];
  /** SQL that the superuser runs in the new database, once, when it is made. @default none */
  readonly postInitApplicationSql?: readonly string[];
  /** Archives the WAL by the Barman Cloud plugin; a ScheduledBackup adds the base backups. @default none */
  readonly backup?: PostgresBackup;
  /** Begin with what another database has archived; it matters only when the database is made. @default initdb */
  readonly restoreFrom?: PostgresRestore;
  /** Follow another database, read-only. @default none */
  readonly replicaOf?: PostgresReplica;
  /** Begin with what pg_dump reads from another server; it matters only when the database is made. @default none */
  readonly import?: PostgresImport;
  /**
   * spec.bootstrap, written as it stands: initdb without a Secret, recovery, pg_basebackup. Null for none.
   * @default initdb, with the owner, the database and the Secret of the properties
   */
  readonly bootstrap?: SpecOf<ClusterSpecBootstrap> | null;
  /**
   * Any other field of spec. `managed.roles`, `plugins` and `externalClusters` are added to those that the properties make. With
   * `bootstrap.recovery` or `bootstrap.pgBasebackup` the database is restored rather than made anew.
   * @default none
   */
  readonly spec?: DeepPartial<ClusterSpec> | SpecOf<ClusterSpec>;
}

/** A PostgresCluster that is only referred to. */
export interface NamedPostgresCluster extends Named {
  readonly name: string;
}
