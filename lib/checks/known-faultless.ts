import type { Cluster } from '../graph/cluster';
import type { Graph } from '../graph/graph';
import { apiVersionOf } from '../graph/identity';
import type { Resource } from '../graph/resource';
import type { SchemaStore } from '../graph/schema/store';
import * as kubernetes from '../systems/kubernetes/admission';
import { groupBy } from '../text/group-by';
import { memoize } from '../text/memoize';
import { faultsOf } from './schema/object-faults';
import { credentialsIn } from './security/credentials-in';

/**
 * What charts make that was judged in an earlier run: neither its schema nor the API server of Kubernetes finds fault with it, and it
 * holds no credential in the open. It is the same until a chart or its values change, and there is far more of it than a tree itself has.
 */
export const knownFaultless = memoize((graph: Graph) =>
  memoize((cluster: Cluster): ReadonlySet<Resource> => {
    const schemas = graph.schemasOf(cluster);
    const opened = [...cluster.charts.values()].flatMap((contents) => (contents.type === 'opened' ? [contents] : []));
    const faultless = new Set<Resource>();
    for (const [{ keep }, all] of groupBy(opened, ({ chart }) => chart)) {
      const keys = all.map(({ key }) => key);
      if (keep === undefined || keys.includes(undefined)) continue;
      const objects = all.flatMap((contents) => contents.objects);
      const isFaultless = (object: Resource) => isJudgedAlike(object, schemas) && !hasFault(object, schemas);
      const known = keep(JSON.stringify(['faultless', schemas.release, keys]), () =>
        objects.flatMap((object, i) => (isFaultless(object) ? [i] : [])),
      );
      for (const i of known) {
        const object = objects[i] as Resource;
        if (isJudgedAlike(object, schemas)) faultless.add(object);
      }
    }
    return faultless;
  }),
);

/** Whether an object is judged by what comes with Espalier alone, and so in the next run as in this one. */
function isJudgedAlike({ value, kind, document }: Resource, schemas: SchemaStore): boolean {
  const found = schemas.lookup(apiVersionOf(value), kind);
  return found.state === 'found' && found.packed && found.catalog === undefined && !document.encrypted;
}

function hasFault(object: Resource, schemas: SchemaStore): boolean {
  if (faultsOf(object, schemas).faults.length > 0) return true;
  for (const _ of kubernetes.faultsOf(object.value)) return true;
  return credentialsIn(object).length > 0;
}
