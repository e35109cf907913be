import type { JsonObject } from '../../json/json';
import { at, textAt } from '../../json/read';
import type { GroupKind } from '../api-version';
import type { Fault } from '../fault';
import type { Format } from '../format';
import { dns1035Label } from '../kubernetes/names';

/** What CloudNativePG 1.30 calls things, and the names that it takes. */

export const group = 'postgresql.cnpg.io';

export function isCluster(object: GroupKind): boolean {
  return object.group === group && object.kind === 'Cluster';
}

/** Kinds that stand for something in PostgreSQL, which stays there with the object gone unless the policy in spec is `delete`. (api/v1/*_types.go) */
export const reclaimPolicies = {
  Database: { of: 'database', policy: 'databaseReclaimPolicy' },
  DatabaseRole: { of: 'role', policy: 'databaseRoleReclaimPolicy' },
  Publication: { of: 'publication', policy: 'publicationReclaimPolicy' },
  Subscription: { of: 'subscription', policy: 'subscriptionReclaimPolicy' },
} as const;

/** Has a change of a Secret or ConfigMap seen at once. (https://cloudnative-pg.io/documentation/1.30/labels_annotations/) */
export const reloadLabel = 'cnpg.io/reload';

/** The Barman Cloud plugin, in Clusters and ScheduledBackups. (https://cloudnative-pg.io/plugin-barman-cloud/docs/usage/) */
export const barmanPlugin = 'barman-cloud.cloudnative-pg.io';

/** Names of Clusters: Services are named after them. (cluster_webhook.go: validateName) */
export const clusterName: Format = {
  allowed: dns1035Label.allowed.replace('63', '50'),
  example: '"shop-db"',
  accepts: (name) => name.length <= 50 && dns1035Label.accepts(name),
};

/** Roles that PostgreSQL or the operator keep for themselves. (pkg/postgres/roles.go: IsRoleReserved) */
export function isReservedRole(name: string): boolean {
  return /^(?:pg_|cnpg_)/.test(name) || name === 'postgres' || name === 'streaming_replica';
}

/** Of the others, for messages. */
export const notReserved =
  'neither postgres nor streaming_replica, and not beginning with pg_ or cnpg_: those are reserved';

/** Databases that initdb of PostgreSQL makes itself. (https://www.postgresql.org/docs/current/manage-ag-templatedbs.html) */
const databasesOfPostgres: readonly string[] = ['postgres', 'template0', 'template1'];

/**
 * Names of the application's database and its owner that CloudNativePG accepts and that cannot serve an application: it does not create what
 * exists. (pkg/management/postgres/initdb.go, ConfigureNewInstance; docs/src/declarative_role_management.md)
 */
export function* reservedNames(cluster: JsonObject): Generator<Fault> {
  const example = '"shop"';
  for (const method of ['initdb', 'recovery', 'pg_basebackup']) {
    const path = ['spec', 'bootstrap', method];
    const database = textAt(cluster, ...path, 'database') ?? '';
    const owner = textAt(cluster, ...path, 'owner') ?? '';
    // What is restored has the databases that it had.
    const mayExist = method !== 'initdb' || (database === 'postgres' && owner === 'postgres');
    if (!mayExist && databasesOfPostgres.includes(database))
      yield {
        path: [...path, 'database'],
        allowed: 'none of postgres, template0 and template1, which exist already',
        example,
      };
    if (isReservedRole(owner) && at(cluster, 'spec', 'enableSuperuserAccess') !== true)
      yield { path: [...path, 'owner'], allowed: notReserved, example };
  }
}
