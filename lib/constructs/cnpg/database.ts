import type { ApiObject } from 'cdk8s';
import type { PostgresService } from '../../systems/cnpg/made';
import { Resource } from '../resource';
import type { Secret } from '../secret';
import type { NamedObjectStore, ObjectStore } from './object-store';

/** Where a database is reached. */
export interface PostgresHost {
  /** `<cluster>-rw.<namespace>.svc` */
  readonly host: string;
  readonly port: 5432;
  /** Depend on it to wait for the database. */
  readonly cluster: PostgresDatabase;
  /** Whether every server behind it takes writes. */
  readonly writable: boolean;
}

/** The backups and the write-ahead log of a database, in an object store of the namespace: `db.archive`. */
export interface PostgresArchive {
  readonly objectStore: ObjectStore | NamedObjectStore;
  /** Its folder in the store: the name of the Cluster that archived there, unless that one's `serverName` said otherwise. */
  readonly serverName: string;
}

/** A PostgresCluster, as others read it. */
export abstract class PostgresDatabase extends Resource {
  /** The L1 beneath. */
  abstract readonly resource: ApiObject;
  /** metadata.name; Services and Secrets of the operator are named after it. */
  abstract readonly name: string;
  /** The Secret with which the owner logs in: the one that was given, or the one that CNPG makes. */
  abstract readonly credentials: Secret<'username' | 'password'>;
  abstract readonly owner: string;
  abstract readonly database: string;
  /** The roles that its own object manages: the owner, and those of `spec.managed`. */
  abstract readonly roles: readonly string[];
  /** Whether it follows another database, and is read-only. */
  abstract readonly isReplica: boolean;
  abstract readonly archive: PostgresArchive;
  abstract host(service: PostgresService): PostgresHost;
}
