import type { ClusterSpecBootstrapRecoveryRecoveryTarget } from '../../../imports/cnpg-cluster';
import type { SecretKey } from '../secret';
import type { SpecOf } from '../spec';
import type { PostgresArchive, PostgresDatabase, PostgresHost } from './database';

/** A PostgreSQL server, wherever it runs, as libpq reaches it. */
export interface PostgresServer {
  /** Its name in spec.externalClusters. @default the Cluster's name, or the host */
  readonly name?: string;
  /** `db.host('rw')` of a database of any namespace, or an address. */
  readonly host: string | PostgresHost;
  /** @default 5432 */
  readonly port?: number;
  /** The role that logs in. */
  readonly user: string;
  /** The database that it logs in to. @default 'postgres' */
  readonly database?: string;
  /** @default none: it logs in by a certificate, or needs no password */
  readonly password?: SecretKey;
  /** @default libpq's: `prefer`, which takes any certificate, and goes without */
  readonly sslMode?: 'disable' | 'allow' | 'prefer' | 'require' | 'verify-ca' | 'verify-full';
  /** The certificate authority of the server. @default none */
  readonly sslRootCert?: SecretKey;
  /** The certificate that the role logs in with. @default none */
  readonly sslCert?: SecretKey;
  readonly sslKey?: SecretKey;
  /** Any other parameter of a libpq connection. @default none */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** A database that begins with what another one has archived. */
export interface PostgresRestore {
  /** The archive: of a database of the same app, or of one that is gone. */
  readonly archive: PostgresDatabase | PostgresArchive;
  /** The moment that it goes back to, with its zone: `2026-11-30T09:30:00Z`. @default the end of the archive */
  readonly time?: string;
  /** Any other target, as spec.bootstrap.recovery.recoveryTarget has it: a transaction, an LSN, a certain backup. @default none */
  readonly target?: SpecOf<ClusterSpecBootstrapRecoveryRecoveryTarget>;
}

/** A database that follows another one, and is read-only. */
export interface PostgresReplica {
  /** The archive that it is made from, and that it follows. @default none: made from the server */
  readonly archive?: PostgresDatabase | PostgresArchive;
  /** The server that it streams from. A PostgresCluster of the namespace lets it in by a certificate of the operator's. @default none */
  readonly server?: PostgresDatabase | PostgresServer;
  /** False makes it a database of its own, for good. @default true */
  readonly enabled?: boolean;
}

/** A database that begins with what pg_dump reads from another server. */
export type PostgresImport = {
  /** A PostgresCluster of the namespace lets its owner in, or the superuser for a monolith. */
  readonly server: PostgresDatabase | PostgresServer;
  /** Leave the data out. @default false */
  readonly schemaOnly?: boolean;
} & (
  | {
      /** One database, which becomes this one, owned by its owner. Roles are not imported. */
      readonly type: 'microservice';
      /** Its name there. @default the server's `database` */
      readonly database?: string;
      /** SQL that the superuser runs in it afterwards. @default none */
      readonly postImportApplicationSql?: readonly string[];
    }
  | {
      /** Databases and roles as they are there; databases keep their names and owners. */
      readonly type: 'monolith';
      /** `['*']` for all. */
      readonly databases: readonly string[];
      /** Those that own the databases above all; `['*']` for all. @default none */
      readonly roles?: readonly string[];
    }
);
