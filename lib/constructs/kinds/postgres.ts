import { postgresPort } from '../../systems/cnpg/network';
import type { HostHandle } from '../handles';
import { kind } from './kind';

/**
 * A further database of a PostgresCluster.
 *
 * @example
 * new Database(shop.directory, 'reports', { spec: { cluster: db, name: 'reports', owner: 'shop' } });
 */
export class Database extends kind('postgresql.cnpg.io/v1', 'Database') {}

/**
 * A further role of a PostgresCluster (CloudNativePG 1.30 and newer).
 *
 * @example
 * new DatabaseRole(shop.directory, 'reporting', { spec: { cluster: db, name: 'reporting', login: true, passwordSecret: reporting.secret } });
 */
export class DatabaseRole extends kind('postgresql.cnpg.io/v1', 'DatabaseRole') {}

/**
 * PgBouncer before a PostgresCluster.
 *
 * @example
 * new Pooler(shop.directory, 'pooler', { name: 'shop-db-pooler', spec: { cluster: db, type: 'rw', pgbouncer: { poolMode: 'session' } } });
 */
export class Pooler extends kind('postgresql.cnpg.io/v1', 'Pooler') {
  /** Where it is reached in the cluster, for variables. */
  get address(): HostHandle & { readonly port: number } {
    return { host: `${this.name}.${this.namespace}.svc`, port: postgresPort, cluster: this };
  }
}
