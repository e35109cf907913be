import { at, listAt, objectAt, textAt } from '../json/read';
import { push } from '../text/group-by';
import type { Cluster } from './cluster';
import type { Resource } from './resource';
import type { SecretKind } from './secrets/secret-index';
import { isKnown } from './substitution';
import type { Container, PodTemplate } from './workload';

/** What a variable of a container is set to, as far as the tree shows it. */
export interface Value {
  /** Where the tree says it. */
  readonly text: string | undefined;
  /** The key that it is read from. */
  readonly from: { readonly kind: SecretKind; readonly name: string; readonly key: string } | undefined;
}

/** The variables of a container, those that its image and Kubernetes set left out. */
export interface Environment {
  readonly values: ReadonlyMap<string, Value>;
  /** Whether there are no others: every Secret and ConfigMap that it reads whole is known. */
  readonly complete: boolean;
}

export function environmentOf(pod: PodTemplate, container: Container, cluster: Cluster): Environment {
  const values = new Map<string, Value>();
  let complete = !pod.resource.uncertain;
  for (const source of listAt(container.value, 'envFrom')) {
    const prefix = textAt(source, 'prefix') ?? '';
    for (const [field, kind] of [
      ['configMapRef', 'ConfigMap'],
      ['secretRef', 'Secret'],
    ] as const) {
      const name = textAt(source, field, 'name');
      if (name === undefined) continue;
      const found = isKnown(name) ? cluster.secrets.lookup(kind, pod.resource.namespace, name) : undefined;
      if (found?.state !== 'found') {
        complete &&= found?.state === 'absent' && at(source, field, 'optional') === true;
        continue;
      }
      complete &&= !found.open;
      for (const key of found.keys) {
        values.set(`${prefix}${key}`, new KeyValue(cluster, pod, { kind, name, key }));
      }
    }
  }
  for (const item of listAt(container.value, 'env')) {
    const name = textAt(item, 'name');
    if (name === undefined) continue;
    if (!isKnown(name)) complete = false;
    values.set(name, valueAt(item, cluster, pod));
  }
  return { values, complete };
}

/** What a key holds, which is looked for when it is asked for: who asks for names alone asks for many. */
class KeyValue implements Value {
  constructor(
    private readonly cluster: Cluster,
    private readonly pod: PodTemplate,
    readonly from: NonNullable<Value['from']>,
  ) {}

  get text(): string | undefined {
    return textIn(this.cluster, this.pod, this.from);
  }
}

function valueAt(item: Parameters<typeof at>[0], cluster: Cluster, pod: PodTemplate): Value {
  for (const [field, kind] of [
    ['secretKeyRef', 'Secret'],
    ['configMapKeyRef', 'ConfigMap'],
  ] as const) {
    const ref = objectAt(item, 'valueFrom', field);
    const [name, key] = [textAt(ref, 'name'), textAt(ref, 'key')];
    if (name !== undefined && key !== undefined) {
      return new KeyValue(cluster, pod, { kind, name, key });
    }
  }
  const text = textAt(item, 'value') ?? (at(item, 'valueFrom') === undefined ? '' : undefined);
  // $(NAME) stands for another variable.
  return { text: text !== undefined && isKnown(text) && !text.includes('$(') ? text : undefined, from: undefined };
}

/** Of a ConfigMap only: what a Secret holds is nobody's business. */
function textIn(
  { find }: Cluster,
  pod: PodTemplate,
  { kind, name, key }: NonNullable<Value['from']>,
): string | undefined {
  if (kind === 'Secret') return undefined;
  const [map] = find({ group: '', kind, namespace: pod.resource.namespace, name });
  const text = map?.uncertain === false ? textAt(map.value, 'data', key) : undefined;
  return text !== undefined && isKnown(text) ? text : undefined;
}

/** A Service for which Kubernetes sets variables in the pods of its namespace. */
export interface ServiceVariables {
  readonly service: Resource;
  /** `POSTGRES` of a Service `postgres`: its variables are `POSTGRES_PORT`, `POSTGRES_SERVICE_HOST` and so on. */
  readonly prefix: string;
}

/** Those that the pods of a cluster are given, unless they ask for none (pkg/kubelet/envvars). */
export function serviceVariables({ ofKind }: Cluster): (pod: PodTemplate) => readonly ServiceVariables[] {
  const byNamespace = new Map<string, ServiceVariables[]>();
  for (const service of ofKind('', 'Service')) {
    const { namespace, name, value } = service;
    if (!isKnown(name) || listAt(value, 'spec', 'ports').length === 0) continue;
    if (at(value, 'spec', 'clusterIP') === 'None' || textAt(value, 'spec', 'type') === 'ExternalName') continue;
    const prefix = name.toUpperCase().replace(/[-.]/g, '_');
    push(byNamespace, namespace, { service, prefix: /^\d/.test(prefix) ? `_${prefix}` : prefix });
  }
  return ({ spec, resource }) =>
    at(spec, 'enableServiceLinks') === false ? [] : (byNamespace.get(resource.namespace) ?? []);
}
