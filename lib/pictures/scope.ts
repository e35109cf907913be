import { EspalierError } from '../errors';
import type { Cluster } from '../graph/cluster';
import { nameOf } from '../graph/kustomization';
import { inline } from '../graph/masking/printable';
import type { FluxKustomization } from '../graph/resource';
import { display } from '../graph/substitution';
import { groupBy } from '../text/group-by';
import { memoize } from '../text/memoize';
import { nearest } from '../text/nearest';
import type { PictureNode } from './picture';

/** What a picture is of: an app, a namespace, both, or the whole cluster. */
export interface Scope {
  /**
   * The Kustomization that applies the app, with those that it applies.
   *
   * @default - all of them
   */
  readonly app?: FluxKustomization;
  /** @default - all of them */
  readonly namespace?: string;
}

/**
 * The Kustomization that somebody calls by its name, or by `namespace/name`.
 *
 * @throws EspalierError when there is none, or several of that name
 */
export function findApp(cluster: Cluster, name: string): FluxKustomization {
  const found = cluster.kustomizations.filter((item) => nameOf(item) === name || item.name === name);
  const exact = found.filter((item) => nameOf(item) === name);
  const [first, ...others] = exact.length > 0 ? exact : found;
  if (first !== undefined && others.length === 0) return first;
  const shown = JSON.stringify(name);
  if (first !== undefined) {
    throw new EspalierError(
      `there are several Kustomizations ${shown}: ${[first, ...others].map((item) => inline(display(nameOf(item)))).join(', ')}. Name one of these.`,
    );
  }
  const names = cluster.kustomizations.flatMap((item) => [item.name, nameOf(item)]);
  const near = nearest(name, names);
  const hint = near === undefined ? listed(cluster.kustomizations.map(nameOf)) : `did you mean ${inline(near)}?`;
  throw new EspalierError(`there is no Kustomization ${shown}; ${hint}`);
}

/**
 * The namespace, if any object is in it.
 *
 * @throws EspalierError when none is
 */
export function findNamespace(cluster: Cluster, name: string): string {
  const names = new Set(
    cluster.resources.map((resource) =>
      resource.kind === 'Namespace' && resource.group === '' ? resource.name : resource.namespace,
    ),
  );
  names.delete('');
  if (names.has(name)) return name;
  const near = nearest(name, [...names]);
  const hint = near === undefined ? listed([...names]) : `did you mean ${inline(near)}?`;
  throw new EspalierError(`nothing is in a namespace ${JSON.stringify(name)}; ${hint}`);
}

const mostListed = 12;

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'there are none at all.';
  const sorted = [...new Set(names)].sort();
  const more = sorted.length > mostListed ? ` and ${sorted.length - mostListed} more` : '';
  return `there are ${sorted
    .slice(0, mostListed)
    .map((name) => inline(display(name)))
    .join(', ')}${more}.`;
}

/** A Kustomization with those that it applies, and those that these apply. */
export function appliedBelow(cluster: Cluster, app: FluxKustomization): ReadonlySet<FluxKustomization> {
  const found = new Set([app]);
  // A set hands out what is added while it is walked.
  for (const parent of found) for (const child of childrenIn(cluster).get(parent) ?? []) found.add(child);
  return found;
}

/** The Kustomizations that each applies. */
const childrenIn = memoize((cluster: Cluster) => groupBy(cluster.kustomizations, ({ resource }) => resource.appliedBy));

/** Whether a node is what was asked for. What stands outside the cluster is nobody's, and asked for with all of it only. */
export function inScope(cluster: Cluster, { app, namespace }: Scope): (node: PictureNode) => boolean {
  const apps = app === undefined ? undefined : new Set([...appliedBelow(cluster, app)].map(appName));
  return (node) =>
    (apps === undefined || (node.app !== undefined && apps.has(node.app))) &&
    (namespace === undefined || node.namespace === namespace);
}

/** How nodes name the Kustomization that applies them. */
export function appName(kustomization: Pick<FluxKustomization, 'namespace' | 'name'>): string {
  return display(nameOf(kustomization));
}

/** What it is called in a title: `backstage/backstage`, `namespace shop`, `the cluster`. */
export function scopeName({ app, namespace }: Scope): string {
  const where = namespace === undefined ? '' : `namespace ${display(namespace)}`;
  if (app !== undefined) return `${appName(app)}${where && ` in ${where}`}`;
  return where === '' ? 'the cluster' : where;
}
