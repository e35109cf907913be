import type { IConstruct } from 'constructs';
import type { ClusterSpec } from '../../../imports/cnpg-cluster';
import { requireOwn } from '../formats';
import { refuse } from '../input-error';
import type { Secret } from '../secret';

/** What a PostgresCluster tells others. */
interface Named extends IConstruct {
  readonly owner: string;
  readonly database: string;
  readonly createdb: boolean;
  readonly credentials: Secret<'username' | 'password'>;
}

/**
 * What a cluster's handles tell others must be what its object says.
 *
 * @throws EspalierError where an override of `spec` names another owner, database or Secret, or drops the owner's role
 */
export function requireOwnNames(cluster: Named, { bootstrap = {}, managed }: ClusterSpec): void {
  const methods = Object.entries(bootstrap).filter(([, settings]) => settings !== undefined);
  if (methods.length === 0) {
    refuse(cluster, {
      field: 'spec.bootstrap',
      allowed: 'one way to create the database: without one, CNPG creates a database named "app"',
      example: "spec: { bootstrap: { recovery: { source: 'shop-db' } } }",
    });
  }
  for (const [method, settings] of methods) {
    const given = { owner: settings?.owner, database: settings?.database, credentials: settings?.secret?.name };
    const ours = { owner: cluster.owner, database: cluster.database, credentials: cluster.credentials.name };
    for (const property of ['owner', 'database', 'credentials'] as const) {
      const field = `spec.bootstrap.${method}.${property === 'credentials' ? 'secret.name' : property}`;
      requireOwn(cluster, field, given[property], ours[property], property);
    }
  }
  const role = managed?.roles?.find(({ name }) => name === cluster.owner);
  if (cluster.createdb && role === undefined) {
    refuse(cluster, {
      field: 'spec.managed',
      value: managed,
      allowed: `the role "${cluster.owner}", which createdb adds`,
      example: 'createdb: false, or spec.managed without null',
    });
  }
  if (role?.passwordSecret && role.passwordSecret.name !== cluster.credentials.name) {
    refuse(cluster, {
      field: `spec.managed.roles["${cluster.owner}"].passwordSecret.name`,
      value: role.passwordSecret.name,
      allowed: `"${cluster.credentials.name}", the Secret of credentials: with two Secrets the password changes back and forth`,
      example: 'createdb: true, which adds the role',
    });
  }
}
