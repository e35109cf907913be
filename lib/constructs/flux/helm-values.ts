import { ApiObject, Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { groupVersion } from '../../systems/api-version';
import { isClusterScoped } from '../../systems/kinds/scope';
import { refuse } from '../input-error';
import { readSecret, Secret, type SecretKey } from '../secret';

/** Where something is reached, and the construct that makes it: a PostgresCluster's `host('rw')`. */
export interface HostHandle {
  readonly host: string;
  readonly cluster: IConstruct;
}

/** A construct whose object has a name: a ConfigMap, a Service, a ServiceAccount, a PostgresCluster. */
export interface NamedConstruct extends IConstruct {
  readonly name: string;
}

/**
 * A text in the values of a chart. Of what other constructs make it is best given as the handle: of a Secret its name becomes the text,
 * of a key of one the key, of a host the host, of a construct with a name its name; and the release waits for whoever makes it.
 */
export type HelmText = string | Secret | SecretKey | HostHandle | NamedConstruct;

/** Values of a chart whose types are not known. HelmText stands in them at any depth. */
export type HelmValues = Readonly<Record<string, unknown>>;

/**
 * Puts texts in the place of handles, at any depth, and has the reader wait for what they stand for.
 *
 * @param namespace where the release's objects live
 * @throws EspalierError for a handle of another namespace or cluster, and for a key that its Secret lacks
 */
export function resolveValues(reader: Construct, values: unknown, namespace: string): unknown {
  const visit = (value: unknown, path: string): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item, i) => visit(item, `${path}[${i}]`));
    if (value instanceof Secret) {
      readSecret(reader, value, namespace);
      return value.name;
    }
    if (Construct.isConstruct(value)) return nameOf(reader, value, path, namespace);
    if (isSecretKey(value)) {
      readSecret(reader, value.secret, namespace);
      return value.secret.key(value.key as never).key;
    }
    if (isHost(value)) {
      reader.node.addDependency(value.cluster);
      return value.host;
    }
    if (Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item, `${path}.${key}`)]));
  };
  return visit(values, 'values');
}

/** What `secret.key()` returns; a map of values may have the same keys. */
function isSecretKey(value: object): value is SecretKey {
  return Object.getPrototypeOf(value) !== Object.prototype && (value as Partial<SecretKey>).secret instanceof Secret;
}

function isHost(value: object): value is HostHandle {
  const { host, cluster } = value as Partial<HostHandle>;
  return typeof host === 'string' && Construct.isConstruct(cluster);
}

function nameOf(reader: Construct, construct: Construct, path: string, namespace: string): string {
  const { name, secret } = construct as Construct & { readonly name?: unknown; readonly secret?: unknown };
  if (secret instanceof Secret || typeof name !== 'string') {
    refuse(reader, {
      field: path,
      value: construct.node.path,
      allowed: secret instanceof Secret ? 'the Secret that it makes' : 'a construct whose object has a name',
      example: secret instanceof Secret ? 'credentials.secret' : 'configMap',
    });
  }
  const object = ApiObject.isApiObject(construct)
    ? construct
    : (construct.node.defaultChild ?? construct.node.tryFindChild('Resource'));
  const own = (ApiObject.isApiObject(object) && object.metadata.namespace) || Chart.of(construct).namespace;
  if (own !== namespace && !(ApiObject.isApiObject(object) && isClusterWide(object))) {
    refuse(reader, {
      field: path,
      value: construct.node.path,
      allowed: `an object of namespace ${namespace}, in which a chart looks for the names in its values; this one is in ${own}`,
      example: 'the address with its namespace, as a text',
    });
  }
  reader.node.addDependency(construct);
  return name;
}

function isClusterWide({ apiVersion, kind }: ApiObject): boolean {
  return isClusterScoped({ group: groupVersion(apiVersion).group, kind }) === true;
}
