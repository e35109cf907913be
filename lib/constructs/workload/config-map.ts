import type { ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import type { JsonObject } from '../../json/json';
import { faultsOf } from '../admission';
import { ConfigMapKey } from '../config-map-key';
import { literal } from '../flux/substitution';
import { YamlObject } from '../flux/yaml-file';
import { requireObject } from '../formats';
import { refuse } from '../input-error';
import { NamedObject, type NamedObjectProps } from '../kinds/named-object';
import { named } from '../named';
import { refuseFaults } from '../refuse-faults';
import { refuseUnknown, refuseUnknownOption } from '../refuse-unknown';
import { Resource, type ResourceProps } from '../resource';
import { clusterOf, namespaceAt } from '../scopes';

export interface ConfigMapProps<K extends string, B extends string = never> extends ResourceProps {
  /** Nothing secret: whoever reads the tree reads it. Values reach the cluster as they stand, `${…}` too. Null for none. */
  readonly data: { readonly [Key in K]: string } | null;
  /** Bytes, in base64. @default none */
  readonly binaryData?: { readonly [Key in B]: string };
  /** Whether Kubernetes refuses every change of it. @default false */
  readonly immutable?: boolean;
}

/** A ConfigMap of whatever keys, bytes among them. */
export type AnyConfigMap = ConfigMap<string, string>;

/** A ConfigMap that a workload reads whole: one of a construct, of a file or kustomization.yaml, or one that nothing here makes. */
export type WholeConfigMap = AnyConfigMap | YamlObject<'ConfigMap'> | NamedObject<'ConfigMap'>;

export function isWholeConfigMap(value: unknown): value is WholeConfigMap {
  const elsewhere = value instanceof YamlObject || value instanceof NamedObject;
  return value instanceof ConfigMap || (elsewhere && value.kind === 'ConfigMap');
}

export interface NamedConfigMapProps<K extends string> extends NamedObjectProps {
  /** The keys that it holds, all of them. @default not known: any key is taken */
  readonly keys?: readonly K[];
}

/** A ConfigMap that nothing here makes: `ConfigMap.named('cluster-settings', { keys: ['DOMAIN'] })`. */
export class NamedConfigMap<const K extends string = string> extends NamedObject<'ConfigMap'> {
  private readonly known: readonly K[] | undefined;

  constructor(name: string, { keys, ...others }: NamedConfigMapProps<K>) {
    super('v1', 'ConfigMap', name, others);
    this.known = keys;
  }

  /** One of its keys. @throws EspalierError where types did not stop it: the message lists the keys that there are */
  key(key: K): ConfigMapKey {
    if (this.known?.includes(key) === false) refuseKey(named(`ConfigMap.named("${this.name}")`), key, this.known);
    return new ConfigMapKey(this, key);
  }
}

/**
 * A ConfigMap that knows its keys.
 *
 * @example
 * const config = new ConfigMap(shop.directory, 'configmap', { name: 'shop-config', data: { LOG_LEVEL: 'info' } });
 */
export class ConfigMap<const K extends string = string, const B extends string = never> extends Resource {
  /** The L1 beneath. */
  readonly resource: ApiObject;
  /** metadata.name */
  readonly name: string;
  readonly keys: readonly (K | B)[];

  /** One that nothing here makes, by its name. Its keys are the author's word; without keys it takes any. */
  static named<const N extends string = string>(name: string, props: NamedConfigMapProps<N> = {}): NamedConfigMap<N> {
    refuseUnknownOption('ConfigMap.named', props);
    return new NamedConfigMap(name, props);
  }

  constructor(scope: Construct, id: string, props: ConfigMapProps<K, B>) {
    super(scope, id, props);
    refuseUnknown(this, ConfigMap, props);
    const metadata = this.metadata(props);
    this.name = String(metadata.name);
    if (props.data !== null) {
      requireObject(this, 'data', props.data, { allowed: 'keys and their texts', example: "{ LOG_LEVEL: 'info' }" });
    }
    const texts = Object.entries<string>(props.data ?? {});
    const { binaryData, immutable } = props;
    const more = {
      ...(binaryData && { binaryData: { ...binaryData } }),
      ...(immutable !== undefined && { immutable }),
    };
    const object: JsonObject = { apiVersion: 'v1', kind: 'ConfigMap', data: Object.fromEntries(texts), ...more };
    refuseFaults(this, object, faultsOf, (path) => path);
    for (const [key, value] of texts) {
      if (typeof value !== 'string') {
        refuse(this, { field: `data["${key}"]`, value, allowed: 'a string', example: JSON.stringify(String(value)) });
      }
    }
    this.keys = [...texts.map(([key]) => key as K), ...Object.keys(binaryData ?? {}).map((key) => key as B)];
    const data = Object.fromEntries(texts.map(([key, value]) => [key, literal(this, value)]));
    this.resource = this.apiObject('Resource', { apiVersion: 'v1', kind: 'ConfigMap' }, metadata, {
      ...(props.data !== null && { data }),
      ...more,
    });
  }

  /**
   * One of its keys: a variable of a workload, or a file.
   *
   * @throws EspalierError where types did not stop it: the message lists the keys that there are.
   */
  key(key: K | B): ConfigMapKey {
    if (!this.keys.includes(key)) refuseKey(this, key, this.keys);
    return new ConfigMapKey(this, key);
  }
}

function refuseKey(where: Parameters<typeof refuse>[0], key: string, keys: readonly string[]): never {
  const allowed = `one of its keys: ${keys.join(', ')}`;
  return refuse(where, { field: `the key ${JSON.stringify(key)}`, allowed, example: `"${keys[0]}"` });
}

/**
 * Declares that a construct reads a ConfigMap.
 *
 * @throws EspalierError when it is in another cluster or another namespace than its reader.
 */
export function readConfigMap(reader: IConstruct, configMap: WholeConfigMap): void {
  const namespace = namespaceAt(reader) ?? 'default';
  const made = configMap instanceof NamedObject ? undefined : configMap;
  const elsewhere = made !== undefined && clusterOf(made) !== clusterOf(reader);
  if (elsewhere || (configMap.namespace ?? namespace) !== namespace) {
    refuse(reader, {
      field: 'ConfigMap',
      value: made?.node.path ?? `${configMap.namespace}/${configMap.name}`,
      allowed: `a ConfigMap of namespace ${namespace} in cluster ${clusterOf(reader).clusterName}: a pod cannot read one from elsewhere`,
      example: `another ConfigMap in namespace ${namespace}`,
    });
  }
  if (configMap instanceof NamedObject) configMap.referredBy(reader);
  else reader.node.addDependency(configMap);
}
