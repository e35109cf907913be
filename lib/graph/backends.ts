import { isJsonObject, type Path } from '../json/json';
import { at, textAt } from '../json/read';
import { backend } from '../systems/references/kubernetes';
import { memoize } from '../text/memoize';
import type { Cluster } from './cluster';
import { namePath } from './references/find';
import type { Resource } from './resource';

/** A Service that a route or an Ingress leads to. */
export interface Backend {
  readonly resource: Resource;
  readonly namespace: string;
  readonly name: string;
  readonly namePath: Path;
  /** Its port, by number or name; undefined where none is said. */
  readonly port: number | string | undefined;
  readonly portPath: Path;
}

/** The Services that the routes and Ingresses of a cluster lead to. */
export const backendsIn: (cluster: Cluster) => readonly Backend[] = memoize((cluster) =>
  cluster.references.all.flatMap((reference) => {
    const { resource, namespace, name, at: way, row } = reference;
    if (row.rule !== backend.rule) return [];
    const said = at(resource.value, ...way, 'port');
    const field = isJsonObject(said) ? (textAt(said, 'name') === undefined ? 'number' : 'name') : undefined;
    const port = field === undefined ? said : at(said, field);
    // The AWS Load Balancer Controller reads such a backend from an annotation.
    if (port === 'use-annotation') return [];
    return {
      resource,
      namespace,
      name,
      namePath: namePath(reference),
      port: typeof port === 'number' || typeof port === 'string' ? port : undefined,
      portPath: [...way, 'port', ...(field === undefined ? [] : [field])],
    };
  }),
);
