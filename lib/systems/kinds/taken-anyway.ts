import { isJsonObject, type Json, type JsonObject, type Path } from '../../json/json';
import { at, listAt } from '../../json/read';

const claims = 'the API server takes it, and refuses the claims that are made of it';
const jobs = 'the API server takes it, and refuses the Jobs that are made of it';
const metrics = 'the API server takes it, and the autoscaler finds no metric';

/** Labels that the API server does not look at, by kind and the beginning of the place, and what becomes of them. (kube-apiserver 1.36.3) */
const labels: readonly (readonly [string, string])[] = [
  ['Namespace metadata.labels.kubernetes.io/metadata.name', 'the API server writes the name there instead'],
  ['StatefulSet spec.volumeClaimTemplates.*.metadata.', claims],
  ['CronJob spec.jobTemplate.metadata.', jobs],
  ['HorizontalPodAutoscaler spec.metrics.*.external.metric.selector', metrics],
  ['HorizontalPodAutoscaler spec.metrics.*.object.metric.selector', metrics],
  ['HorizontalPodAutoscaler spec.metrics.*.pods.metric.selector', metrics],
];

const standard = 'the experimental channel of Gateway API refuses it, the standard one takes it';

/** What CloudNativePG's webhook writes where it is null. (CloudNativePG 1.30, with kube-apiserver 1.36.3) */
const filledIn: ReadonlySet<string | number> = new Set(
  'affinity bootstrap imageName monitoring postgresql probes resources'.split(' '),
);

/** The maps of a Cluster, of which it writes the empty text or 0 for null. (seen as above) */
const maps: ReadonlySet<string | number> = new Set([
  ...['annotations', 'labels', 'matchLabels', 'nodeSelector', 'selector', 'userAnnotations'],
  ...['connectionParameters', 'historyTags', 'parameters', 'tablespaceClassName', 'tags'],
  ...['limits', 'requests'],
]);

/** What becomes of a value that its schema does not allow, and the API server takes all the same; undefined when it refuses it. */
export function takenAnyway(
  { group, kind, value }: { readonly group: string; readonly kind: string; readonly value: Json },
  fault: { readonly kind: string; readonly path: Path },
): string | undefined {
  if (fault.kind === 'type' && group === 'postgresql.cnpg.io' && kind === 'Cluster') {
    const [spec, field = '', ...below] = fault.path;
    if (at(value, ...fault.path) !== null) return undefined;
    const isFilled = spec === 'spec' && below.length === 0 && filledIn.has(field);
    return isFilled || maps.has(fault.path.at(-2) ?? '') ? "CloudNativePG's webhook fills it in" : undefined;
  }
  if (fault.kind === 'format' || fault.kind === 'length') {
    const place = `${kind} ${fault.path.map((step) => (typeof step === 'number' ? '*' : step)).join('.')}`;
    return labels.find(([start]) => place.startsWith(start))?.[1];
  }
  return group === 'gateway.networking.k8s.io' && isExperimental(value, fault) ? standard : undefined;
}

/** What only the experimental channel asks, whose definitions are packed because they know more fields. (Gateway API 1.6.1) */
function isExperimental(value: Json, { kind, path }: { readonly kind: string; readonly path: Path }): boolean {
  const field = path.at(-1);
  if (kind === 'pattern') return field === 'value' && /^(?:headers|add|set)$/.test(String(path.at(-3)));
  if (kind !== 'cel') return false;
  if (field === 'rules') return true;
  return field === 'parentRefs' && differInSections(listAt(at(value, ...path)).filter(isJsonObject));
}

/** Whether those of one parent name sections, each another, as the standard channel asks; the experimental one minds their ports. */
function differInSections(refs: readonly JsonObject[]): boolean {
  const parents = refs.map(({ group = '', kind = '', namespace = '', name = '' }) =>
    JSON.stringify([group || 'gateway.networking.k8s.io', kind || 'Gateway', namespace, name]),
  );
  const sections = refs.map(({ sectionName }) => sectionName ?? '');
  return parents.every((parent, i) =>
    parents.every(
      (other, j) => i <= j || parent !== other || (sections[i] && sections[j] && sections[i] !== sections[j]),
    ),
  );
}
