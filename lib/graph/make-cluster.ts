import { lazy } from '../text/memoize';
import { type Applied, isFlux, nameOf } from './apply';
import type { ByHand } from './by-hand';
import type { ChartContents } from './chart-contents';
import type { Cluster } from './cluster';
import type { External } from './external';
import { Inventory } from './inventory';
import { indexReferences } from './references';
import type { Resource } from './resource';
import { indexSecrets } from './secrets';
import { isOfSecret } from './secrets/secret-index';
import type { UnknownSource } from './unknown-source';
import { unknownSourcesIn } from './unknown-sources';
import { vaultAccess } from './vault';

/**
 * Indexes what a cluster consists of, and follows its Secrets.
 *
 * @param unknown what may make objects that the tree does not show, where that is not what its objects say
 */
export function makeCluster(
  of: Pick<Cluster, 'name' | 'flux' | 'begun'> & {
    /** What a Kustomization applies that a chart makes. */
    readonly follow?: (kustomization: Resource) => Applied;
  },
  applied: Applied,
  external: External,
  byHand: ByHand | undefined,
  unknown?: readonly UnknownSource[],
  charts: Cluster['charts'] = new Map(),
): Cluster {
  const { name, flux, begun } = of;
  const { kustomizations, resources, sets } = withMade(applied, [...madeBy(charts)], of.follow);
  // Rules alone ask for most of this, and not of a cluster that is applied for its variables alone.
  const unknownSources = lazy(() => unknown ?? unknownSourcesIn(kustomizations, resources, charts, sets));
  const inventory = new Inventory(resources, unknownSources, external, byHand);
  const byName = lazy(() => new Map(kustomizations.map((item) => [`${item.namespace}/${item.name}`, item])));
  const references = lazy(() => indexReferences(resources));
  const secrets = lazy(() => indexSecrets(resources, inventory, references().all.filter(isOfSecret)));
  const vault = lazy(() => vaultAccess(inventory));
  return {
    name,
    flux,
    begun,
    kustomizations,
    resources,
    get unknownSources() {
      return unknownSources();
    },
    charts,
    resourceSets: sets,
    withCharts: (opened) => makeCluster(of, applied, external, byHand, unknown, opened),
    ofKind: (group, kind) => inventory.ofKind(group, kind),
    find: (identity) => inventory.find(identity),
    lookup: (identity) => inventory.lookup(identity),
    othersIn: (kind) => inventory.othersIn(kind),
    kustomization: (namespace, of) => byName().get(`${namespace}/${of}`),
    get references() {
      return references();
    },
    get secrets() {
      return secrets();
    },
    get vault() {
      return vault();
    },
  };
}

function* madeBy(charts: ReadonlyMap<Resource, ChartContents>): Generator<Resource> {
  for (const contents of charts.values()) if (contents.type === 'opened') yield* contents.objects;
}

/** What is applied with what charts make, and what the Kustomizations apply that are among that. */
function withMade(
  applied: Applied,
  made: readonly Resource[],
  follow: ((kustomization: Resource) => Applied) | undefined,
): Applied {
  const kustomizations = [...applied.kustomizations];
  const resources = [...applied.resources, ...made];
  const sets = new Map(applied.sets);
  const names = new Set(kustomizations.map(nameOf));
  for (const first of made.filter(isFlux)) {
    const more = follow?.(first);
    // Two charts may make the same.
    if (more === undefined || more.kustomizations.some((one) => names.has(nameOf(one)))) continue;
    for (const one of more.kustomizations) names.add(nameOf(one));
    kustomizations.push(...more.kustomizations);
    for (const resource of more.resources) if (resource !== first) resources.push(resource);
    for (const [set, contents] of more.sets) sets.set(set, contents);
  }
  return { kustomizations, resources, sets };
}
