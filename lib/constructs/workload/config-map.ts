import type { ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { faultsOf } from '../../systems/kubernetes/admission';
import { literal } from '../flux/substitution';
import { requireObject } from '../formats';
import { refuse } from '../input-error';
import { refuseFaults } from '../refuse-faults';
import { Resource, type ResourceProps } from '../resource';
import { clusterOf, namespaceAt } from '../scopes';

export interface ConfigMapProps<K extends string> extends ResourceProps {
  /** Nothing secret: whoever reads the tree reads it. Values reach the cluster as they stand, `${…}` too. */
  readonly data: Readonly<Record<K, string>>;
}

/**
 * A ConfigMap that knows its keys.
 *
 * @example
 * const config = new ConfigMap(shop.directory, 'configmap', { name: 'shop-config', data: { LOG_LEVEL: 'info' } });
 */
export class ConfigMap<const K extends string = string> extends Resource {
  /** The L1 beneath. */
  readonly resource: ApiObject;
  /** metadata.name */
  readonly name: string;
  readonly keys: readonly K[];

  constructor(scope: Construct, id: string, props: ConfigMapProps<K>) {
    super(scope, id, props);
    const metadata = this.metadata(props);
    this.name = String(metadata.name);
    requireObject(this, 'data', props.data, { allowed: 'keys and their texts', example: "{ LOG_LEVEL: 'info' }" });
    const entries = Object.entries<string>(props.data);
    const object = { apiVersion: 'v1', kind: 'ConfigMap', data: { ...props.data } };
    refuseFaults(this, object, faultsOf, (path) => path);
    for (const [key, value] of entries) {
      if (typeof value !== 'string') {
        refuse(this, { field: `data["${key}"]`, value, allowed: 'a string', example: JSON.stringify(String(value)) });
      }
    }
    this.keys = entries.map(([key]) => key as K);
    const data = Object.fromEntries(entries.map(([key, value]) => [key, literal(this, value)]));
    this.resource = this.apiObject('Resource', { apiVersion: 'v1', kind: 'ConfigMap' }, metadata, { data });
  }
}

/**
 * Declares that a construct reads a ConfigMap.
 *
 * @throws EspalierError when it is in another cluster or another namespace than its reader.
 */
export function readConfigMap(reader: IConstruct, configMap: ConfigMap): void {
  const namespace = namespaceAt(reader) ?? 'default';
  if (clusterOf(configMap) !== clusterOf(reader) || configMap.namespace !== namespace) {
    refuse(reader, {
      field: 'ConfigMap',
      value: configMap.node.path,
      allowed: `a ConfigMap of namespace ${namespace} in cluster ${clusterOf(reader).clusterName}: a pod cannot read one from elsewhere`,
      example: `another ConfigMap in namespace ${namespace}`,
    });
  }
  reader.node.addDependency(configMap);
}
