/** What CloudNativePG 1.30 calls things, and the names that it takes. */

export const group = 'postgresql.cnpg.io';

/** The Barman Cloud plugin, in Clusters and ScheduledBackups. (https://cloudnative-pg.io/plugin-barman-cloud/docs/usage/) */
export const barmanPlugin = 'barman-cloud.cloudnative-pg.io';

/** Names of Clusters: Services are named after them. (cluster_webhook.go: validateName) */
export const clusterName = {
  allowed:
    'a DNS-1035 label: lower-case letters, digits and "-", at most 50 characters, beginning with a letter, ending with a letter or digit',
  example: '"shop-db"',
  accepts: (name: string): boolean => name.length <= 50 && /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/.test(name),
};

/** Roles that PostgreSQL or the operator keep for themselves. (pkg/postgres/roles.go: IsRoleReserved) */
export function isReservedRole(name: string): boolean {
  return /^(?:pg_|cnpg_)/.test(name) || name === 'postgres' || name === 'streaming_replica';
}

/** Databases that initdb of PostgreSQL makes itself. (https://www.postgresql.org/docs/current/manage-ag-templatedbs.html) */
export const databasesOfPostgres: readonly string[] = ['postgres', 'template0', 'template1'];
