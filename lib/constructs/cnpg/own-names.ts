import type { IConstruct } from 'constructs';
import type { JsonObject } from '../../json/json';
import { at, keysAt, listAt, textAt } from '../../json/read';
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
export function requireOwnNames(cluster: Named, spec: JsonObject): void {
  const methods = keysAt(spec, 'bootstrap');
  if (methods.length === 0) {
    refuse(cluster, {
      field: 'spec.bootstrap',
      allowed: 'one way to create the database: without one, CNPG creates a database named "app"',
      example: "spec: { bootstrap: { recovery: { source: 'shop-db' } } }",
    });
  }
  for (const method of methods) {
    const settings = at(spec, 'bootstrap', method);
    const given = {
      owner: at(settings, 'owner'),
      database: at(settings, 'database'),
      credentials: at(settings, 'secret', 'name'),
    };
    const ours = { owner: cluster.owner, database: cluster.database, credentials: cluster.credentials.name };
    for (const property of ['owner', 'database', 'credentials'] as const) {
      const field = `spec.bootstrap.${method}.${property === 'credentials' ? 'secret.name' : property}`;
      requireOwn(cluster, field, given[property], ours[property], property);
    }
  }
  const role = listAt(spec, 'managed', 'roles').find((each) => textAt(each, 'name') === cluster.owner);
  if (cluster.createdb && role === undefined) {
    refuse(cluster, {
      field: 'spec.managed',
      value: spec.managed,
      allowed: `the role "${cluster.owner}", which createdb adds`,
      example: 'createdb: false, or spec.managed without null',
    });
  }
  const secret = at(role, 'passwordSecret', 'name');
  if (secret !== undefined && secret !== cluster.credentials.name) {
    refuse(cluster, {
      field: `spec.managed.roles["${cluster.owner}"].passwordSecret.name`,
      value: secret,
      allowed: `"${cluster.credentials.name}", the Secret of credentials: with two Secrets the password changes back and forth`,
      example: 'createdb: true, which adds the role',
    });
  }
}
