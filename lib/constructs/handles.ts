import { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { groupVersion } from '../systems/api-version';
import { isClusterScoped } from '../systems/kinds/scope';
import { maximumDepth } from '../tree/yaml/refuse';
import { ConfigMapKey } from './config-map-key';
import { refuse } from './input-error';
import { namespaceAt } from './scopes';
import { readSecret, Secret, type SecretKey } from './secret';

/** Where something is reached, and the construct that makes it: a PostgresCluster's `host('rw')`. */
export interface HostHandle {
  readonly host: string;
  readonly cluster: IConstruct;
}

/** A construct whose object has a name: a ConfigMap, a Service, a ServiceAccount, a PostgresCluster. */
export interface NamedConstruct extends IConstruct {
  readonly name: string;
}

/** What no construct makes: `SecretStore.named(…)`, `ClusterIssuer.named(…)`. */
interface Elsewhere {
  referredBy(reader: IConstruct): { readonly name: string };
}

/** What stands for a text that another construct decides: the name of what it makes, a key of a Secret or ConfigMap, a host. */
export type Handle =
  | Secret
  | SecretKey
  | ConfigMapKey
  | HostHandle
  | NamedConstruct
  | Elsewhere
  | (IConstruct & ({ readonly kustomizationName: string } | { readonly storeName: string }));

/** What the names in a value mean to whoever reads them. */
export interface HandleReading {
  /** The field that the value stands in, for messages. */
  readonly field: string;
  /** Where the reader's object lives: a Secret that nothing here makes is looked for there. */
  readonly namespace: string | undefined;
  /** Whether the reader can name objects of other namespaces, as a RoleBinding or a ClusterIssuer does. */
  readonly anyNamespace?: boolean;
}

/**
 * Puts texts in the place of handles, at any depth, and has the reader wait for what they stand for.
 *
 * @throws EspalierError for a handle of another cluster or, unless any will do, another namespace, and for a key that its Secret lacks
 */
export function resolveHandles(reader: Construct, value: unknown, reading: HandleReading): unknown {
  const visit = (value: unknown, path: string, depth: number): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (depth > maximumDepth) {
      const allowed = `at most ${maximumDepth} levels, and no value that holds itself`;
      refuse(reader, { field: `${path.slice(0, 60)}…`, allowed });
    }
    if (Array.isArray(value)) return value.map((item, i) => visit(item, `${path}[${i}]`, depth + 1));
    if (value instanceof Secret) {
      read(value);
      return isReference(path) ? { name: value.name } : value.name;
    }
    if (Construct.isConstruct(value)) return nameOf(reader, value, path, reading);
    if (isSecretKey(value)) {
      read(value.secret);
      return value.secret.key(value.key as never).key;
    }
    if (value instanceof ConfigMapKey) {
      visit(value.configMap, path, depth);
      return value.key;
    }
    if (isElsewhere(value)) return value.referredBy(reader).name;
    if (isHost(value)) {
      reader.node.addDependency(value.cluster);
      return value.host;
    }
    if (Object.getPrototypeOf(value) !== Object.prototype) return value;
    const fields = Object.entries(value).map(([key, item]) => [key, visit(item, `${path}.${key}`, depth + 1)]);
    return Object.fromEntries(fields);
  };
  // A spec of the API names a Secret there by an object; values of a chart are texts.
  const isReference = (path: string) => reading.field === 'spec' && /\.\w*secretRef$/i.test(path);
  const read = (secret: Secret) =>
    readSecret(reader, secret, (reading.anyNamespace && secret.namespace) || reading.namespace);
  return visit(value, reading.field, 0);
}

/** What `secret.key()` returns; a map of values may have the same keys. */
export function isSecretKey(value: object): value is SecretKey {
  return Object.getPrototypeOf(value) !== Object.prototype && (value as Partial<SecretKey>).secret instanceof Secret;
}

function isElsewhere(value: object): value is Elsewhere {
  return typeof (value as Partial<Elsewhere>).referredBy === 'function';
}

function isHost(value: object): value is HostHandle {
  const { host, cluster } = value as Partial<HostHandle>;
  return typeof host === 'string' && Construct.isConstruct(cluster);
}

function nameOf(reader: Construct, construct: Construct, path: string, reading: HandleReading): string {
  const { secret } = construct as Construct & { readonly secret?: unknown };
  const name = nameFields.map((each) => (construct as unknown as Record<string, unknown>)[each]).find(isText);
  if (secret instanceof Secret || name === undefined) {
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
  const own = (ApiObject.isApiObject(object) && object.metadata.namespace) || namespaceAt(construct);
  const { namespace, anyNamespace } = reading;
  const isOfOther = own !== undefined && namespace !== undefined && own !== namespace;
  if (!anyNamespace && isOfOther && !(ApiObject.isApiObject(object) && isClusterWide(object))) {
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

/** Where constructs have the name of their object. */
const nameFields = ['name', 'kustomizationName', 'storeName'];

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isClusterWide({ apiVersion, kind }: ApiObject): boolean {
  return isClusterScoped({ group: groupVersion(apiVersion).group, kind }) === true;
}
