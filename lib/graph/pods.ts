import type { Json } from '../json/json';
import { keysAt, listAt, objectAt, textAt } from '../json/read';
import { isUnderstood } from '../systems/secrets-made';
import { push } from '../text/group-by';
import { memoize } from '../text/memoize';
import type { Cluster } from './cluster';
import { isKnown } from './substitution';
import { type PodTemplate, podTemplates } from './workload';

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

/** A pod with its labels; undefined where one of them is not known. */
export interface Labelled {
  readonly pod: PodTemplate;
  readonly labels: ReadonlyMap<string, string> | undefined;
}

/** The pods of a cluster by namespace. Found once: several rules ask. */
export const podsOf: (cluster: Cluster) => Pods = memoize((cluster) => new Pods(cluster));

/** The pods of a cluster by namespace, and where others may run. */
class Pods {
  private readonly byNamespace = new Map<string, Labelled[]>();
  /** By a namespace and one label. */
  private readonly byLabel = new Map<string, Labelled[]>();
  /** The namespaces with pods of which a label is not known. */
  private readonly unlabelled = new Set<string>();
  private readonly makers = new Set<string>();

  constructor(private readonly cluster: Cluster) {
    for (const pod of podTemplates(cluster.resources)) {
      const { namespace, uncertain } = pod.resource;
      const labels = uncertain ? undefined : labelsOf(objectAt(pod.metadata, 'labels'));
      const labelled = { pod, labels };
      push(this.byNamespace, namespace, labelled);
      if (labels === undefined) this.unlabelled.add(namespace);
      for (const label of labels ?? []) push(this.byLabel, keyOf(namespace, label), labelled);
    }
    for (const resource of cluster.resources) if (!isUnderstood(resource)) this.makers.add(resource.namespace);
  }

  in(namespace: string): readonly Labelled[] {
    return this.byNamespace.get(namespace) ?? [];
  }

  /** The pods that a selector matches, and those of which nobody can tell. */
  selected(namespace: string, selector: ReadonlyMap<string, string>): readonly PodTemplate[] {
    return this.among(namespace, selector).flatMap(({ pod, labels }) =>
      labels === undefined || matches(selector, labels) ? [pod] : [],
    );
  }

  /** Those that may match: in a large namespace the few that have the rarest of the labels. */
  private among(namespace: string, selector: ReadonlyMap<string, string>): readonly Labelled[] {
    if (this.unlabelled.has(namespace)) return this.in(namespace);
    const lists = [...selector].map((label) => this.byLabel.get(keyOf(namespace, label)) ?? []);
    return lists.reduce((rarest, list) => (list.length < rarest.length ? list : rarest), this.in(namespace));
  }

  /** Whether pods may run there that the tree does not show: of a chart, or of an operator's object. */
  mayHaveOthers(namespace: string): boolean {
    if (namespace === '' || this.makers.has(namespace) || this.makers.has('')) return true;
    return this.cluster.othersIn({ group: 'apps', kind: 'Deployment', namespace }) !== undefined;
  }
}

function keyOf(namespace: string, [key, value]: readonly [string, string]): string {
  return `${namespace}\n${key}\n${value}`;
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
