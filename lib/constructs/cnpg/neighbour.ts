import { requireObject } from '../formats';
import { refuse } from '../input-error';
import { NamedOperator, needOperator } from '../named';
import type { Resource } from '../resource';
import { type ApplicationScope, clusterOf, requireSameCluster } from '../scopes';
import { readSecret, type SecretKey } from '../secret';

/**
 * Declares that a construct needs an app of its cluster: an operator, a plugin.
 *
 * @throws EspalierError when the app belongs to another cluster.
 */
export function needApplication(
  reader: Resource | ApplicationScope,
  field: string,
  application: ApplicationScope | NamedOperator,
): void {
  requireObject(reader, field, application, given(field));
  if (!(application instanceof NamedOperator)) refuseOtherCluster(reader, field, application);
  needOperator(reader, application);
}

/**
 * Declares that a construct refers to another by its name alone, so that CNPG looks for it in the reader's namespace.
 *
 * @throws EspalierError when it stands in another cluster or namespace.
 */
export function needNeighbour(reader: Resource, field: string, neighbour: Resource): void {
  requireNeighbour(reader, field, neighbour);
  reader.node.addDependency(neighbour);
}

/** The same of what is read without being there: an archive outlives its database. */
export function requireNeighbour(reader: Resource, field: string, neighbour: Resource): void {
  requireObject(reader, field, neighbour, given(field));
  refuseOtherCluster(reader, field, neighbour);
  if (neighbour.namespace !== reader.namespace) {
    refuse(reader, {
      field,
      value: neighbour.node.path,
      allowed: `one of namespace ${reader.namespace}: CNPG looks for it in the namespace of ${reader.node.id}`,
      example: `another ${neighbour.constructor.name} in namespace ${reader.namespace}`,
    });
  }
}

/** A key as the API refers to it; declares that the Secret is needed. */
export function keyOf(
  reader: Resource,
  field: string,
  key: SecretKey | undefined,
): { readonly name: string; readonly key: string } | undefined {
  if (key === undefined) return undefined;
  readSecret(reader, key.secret);
  if (!key.secret.has(key.key)) {
    refuse(reader, {
      field,
      value: key.key,
      allowed: `one of the keys of Secret ${key.secret.label}: ${key.secret.keys.join(', ')}`,
      example: `"${key.secret.keys[0]}"`,
    });
  }
  return { name: key.secret.name, key: key.key };
}

const made: Readonly<Record<string, string>> = {
  operator: "new CloudNativePg(cluster, { version: '0.29.0' })",
  plugin: "new BarmanCloudPlugin(cluster, { operator: cnpg, version: '0.7.1' })",
  cluster: "new PostgresCluster(scope, 'shop-db', { … })",
  'backup.objectStore': "new ObjectStore(scope, 'backups', { … })",
};

/** What to say to JavaScript, which leaves out what must be given. */
function given(field: string): { readonly allowed: string; readonly example: string } {
  return { allowed: 'a construct of this cluster', example: made[field] ?? 'the construct itself' };
}

function refuseOtherCluster(
  reader: Resource | ApplicationScope,
  field: string,
  other: Resource | ApplicationScope,
): void {
  const example = `another ${other.constructor.name} in ${clusterOf(reader).clusterName}`;
  requireSameCluster(reader, field, other, undefined, example);
}
