import { type Controller, controllersIn } from '../../graph/flux/controllers';
import { describe, step } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import type { JsonObject } from '../../json/json';
import { objectAt, textAt } from '../../json/read';
import { controllerOf, type FluxController, flagOf, shardFlag } from '../../systems/flux/controllers';
import { listed } from '../../text/listed';
import { isSelectedBy, parseSelector } from '../../tree/kustomize/label-selector';
import type { ClusterCheck, Problem } from '../check';

export const noShard: ClusterCheck = {
  id: 'flux/no-shard',
  severity: 'error',
  title: 'Flux object that no shard of the controllers reconciles',
  atRunTime: 'no controller looks at the object, which never becomes ready, and nothing reports it',
  remedy: 'correct the label that says its shard, or add controllers for that shard',
  source: 'https://fluxcd.io/flux/installation/configuration/sharding/',
  *check(cluster, graph) {
    const selectors = selectorsOf(controllersIn(cluster, graph));
    if (selectors.size === 0) return;
    const charts = new Map(
      cluster.references.all.flatMap((one) => (one.at.join('.') === chartSource ? [[one.resource, one]] : [])),
    );
    for (const resource of cluster.resources) {
      const component = controllerOf(resource);
      if (component === undefined || resource.uncertain) continue;
      const own = selectors.get(component);
      const labels = objectAt(resource.value, 'metadata', 'labels') ?? {};
      if (own !== undefined && !own.some((selector) => selects(selector, labels)))
        yield unseen(resource, component, own);
      else if (component === 'helm-controller') {
        const reference = charts.get(resource);
        const [source] = reference === undefined ? [] : cluster.find(reference);
        yield* ofChart(resource, source, selectors.get('source-controller'));
      }
    }
  },
};

const chartSource = 'spec.chart.spec.sourceRef';

/** What the controllers of each kind demand of labels, where all of them are known and none takes everything. */
function selectorsOf(controllers: readonly Controller[]): ReadonlyMap<FluxController, readonly string[]> {
  const found = new Map<FluxController, readonly string[]>();
  for (const component of new Set(controllers.map((one) => one.component))) {
    const own = controllers.filter((one) => one.component === component);
    const told = own.flatMap(({ args, open }) => (open ? [] : (flagOf(args, shardFlag) ?? [])));
    if (told.length === own.length && told.every((text) => parseSelector(text) !== undefined)) {
      found.set(component, [...new Set(told)]);
    }
  }
  return found;
}

function selects(selector: string, labels: JsonObject): boolean {
  // A label that depends on a variable may be any.
  if (!isKnown(JSON.stringify(labels))) return true;
  return isSelectedBy(parseSelector(selector) ?? [], labels);
}

function unseen(resource: Resource, component: FluxController, selectors: readonly string[]): Problem {
  const labels = objectAt(resource.value, 'metadata', 'labels') ?? {};
  const asked = new Set(selectors.flatMap((text) => parseSelector(text) ?? []).map((requirement) => requirement.key));
  const key = Object.keys(labels).find((label) => asked.has(label));
  const has = key === undefined ? 'has no label of a shard' : `has the label ${key}: ${textAt(labels, key)}`;
  return {
    at:
      key === undefined ? { resource, path: ['metadata'], on: 'key' } : { resource, path: ['metadata', 'labels', key] },
    message: `no ${component} watches ${describe(resource)}, which ${has}: they watch ${listed(selectors)}`,
  };
}

/** Flux makes a HelmChart, and only a source-controller that sees chart and repository both can fetch it. */
function* ofChart(
  release: Resource,
  source: Resource | undefined,
  selectors: readonly string[] = [],
): Generator<Problem> {
  if (source === undefined || source.uncertain || selectors.length === 0) return;
  const labels = objectAt(release.value, 'spec', 'chart', 'metadata', 'labels') ?? {};
  const ofSource = objectAt(source.value, 'metadata', 'labels') ?? {};
  if (selectors.some((one) => selects(one, labels) && selects(one, ofSource))) return;
  yield {
    at: { resource: release, path: ['spec', 'chart'], on: 'key' },
    message: `the HelmChart of ${describe(release)} and ${describe(source)} are not of one shard`,
    remedy: 'Give spec.chart.metadata.labels and the source the label of the same shard.',
    chain: [step(release), step(source)],
  };
}
