import type { Cluster } from '../../graph/cluster';
import { keysAt, listAt, objectAt, textAt } from '../../graph/json';
import { isUnderstood } from '../../graph/secrets/producers';
import { isKnown } from '../../graph/substitution';
import { type PodTemplate, podTemplates } from '../../graph/workload';
import type { Json } from '../../tree/tree';

/** Labels as text; undefined where one is not known, or is no text. */
export function labelsOf(value: Json | undefined): ReadonlyMap<string, string> | undefined {
  const labels = new Map<string, string>();
  for (const key of keysAt(value)) {
    const text = textAt(value, key);
    if (text === undefined || !isKnown(text) || !isKnown(key)) return undefined;
    labels.set(key, text);
  }
  return labels;
}

export function matches(selector: ReadonlyMap<string, string>, labels: ReadonlyMap<string, string>): boolean {
  for (const [key, value] of selector) if (labels.get(key) !== value) return false;
  return true;
}

/** The pods of a cluster by namespace, and where others may run. */
export class Pods {
  private readonly byNamespace = new Map<string, PodTemplate[]>();
  private readonly makers = new Set<string>();

  constructor(private readonly cluster: Cluster) {
    for (const pod of podTemplates(cluster.resources)) {
      const { namespace } = pod.resource;
      const pods = this.byNamespace.get(namespace);
      if (pods === undefined) this.byNamespace.set(namespace, [pod]);
      else pods.push(pod);
    }
    for (const resource of cluster.resources) if (!isUnderstood(resource)) this.makers.add(resource.namespace);
  }

  in(namespace: string): readonly PodTemplate[] {
    return this.byNamespace.get(namespace) ?? [];
  }

  /** Whether pods may run there that the tree does not show: of a chart, or of an operator's object. */
  mayHaveOthers(namespace: string): boolean {
    if (namespace === '' || this.makers.has(namespace) || this.makers.has('')) return true;
    // Whatever a chart brings may have a pod of any name.
    const any = { group: 'apps', kind: 'Deployment', namespace, name: '\u{FDD0}' };
    return this.cluster.lookup(any).state !== 'absent';
  }
}

/** The ports of a pod by name, those of sidecars among the init containers included (FindPort in pkg/api/v1/pod). */
export function portsOf({ spec }: PodTemplate): { name: string; protocol: string; known: boolean }[] {
  const sidecars = listAt(spec, 'initContainers').filter((item) => textAt(item, 'restartPolicy') === 'Always');
  return [...listAt(spec, 'containers'), ...sidecars].flatMap((container) =>
    listAt(container, 'ports').flatMap((port) => {
      const name = textAt(port, 'name');
      if (objectAt(port) === undefined || name === undefined) return [];
      return [{ name, protocol: textAt(port, 'protocol') ?? 'TCP', known: isKnown(name) }];
    }),
  );
}
