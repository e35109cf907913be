import type { Cluster } from '../../graph/cluster';
import { dependentsOf } from '../../graph/dependents';
import { controllersIn } from '../../graph/flux/controllers';
import type { Graph } from '../../graph/graph';
import { bootstrappedNamespaces, nameOf } from '../../graph/kustomization';
import type { FluxKustomization, Resource } from '../../graph/resource';
import { pathText } from '../../json/path-text';
import { at, listAt, textAt } from '../../json/read';
import { flagOf, lockdownFlags } from '../../systems/flux/controllers';
import { accountOf, impersonates } from '../../systems/flux/lockdown';
import { systemNamespaces } from '../../systems/kubernetes/namespaces';
import type { Renaming } from './called';

/**
 * What must be in the new namespace before a Kustomization moves there, as far as the tree does not show it there: what the Kustomization
 * reads by a name alone, in its own namespace and in no other (kustomize-controller 1.9 internal/controller/kustomization_controller.go).
 */
export function needsOf(graph: Graph, { from, to, clusters }: Renaming): readonly string[] {
  if (from.namespace === to.namespace) return [];
  const all = clusters.flatMap((cluster) => {
    const moved = cluster.kustomization(from.namespace, from.name);
    return moved === undefined ? [] : [...needsIn(graph, cluster, moved, to.namespace)];
  });
  return [...new Set(all)];
}

function* needsIn(graph: Graph, cluster: Cluster, moved: FluxKustomization, namespace: string): Generator<string> {
  const isThere = (kind: string, name: string) =>
    cluster.lookup({ group: '', kind, namespace, name }).state === 'found';
  const made = cluster.find({ group: '', kind: 'Namespace', namespace: '', name: namespace });
  const isOld = systemNamespaces.has(namespace) || new Set(bootstrappedNamespaces(cluster)).has(namespace);
  if (made.length === 0 && !isOld) yield `Namespace ${namespace}`;
  const late = [moved, ...dependentsOf(moved, cluster)];
  if (made.length > 0 && made.every(({ appliedBy }) => appliedBy !== undefined && late.includes(appliedBy)))
    yield `Namespace ${namespace}, before ${nameOf(moved)} itself: on a new cluster only ${nameOf((made[0] as Resource).appliedBy ?? moved)} makes it, which cannot begin without it`;
  const { resource, spec } = moved;
  for (const { kind, name, row, resource: of, path } of cluster.references.all) {
    if (of !== resource || row.namespace !== 'own' || isThere(kind, name)) continue;
    const rights = kind === 'ServiceAccount' ? `, with the rights of ${moved.namespace}/${name}` : '';
    yield `${kind} ${namespace}/${name} (${pathText(path)})${rights}`;
  }
  for (const [i, entry] of listAt(spec, 'postBuild', 'substituteFrom').entries()) {
    const [kind, name] = [textAt(entry, 'kind'), textAt(entry, 'name')];
    if (kind === undefined || name === undefined || isThere(kind, name)) continue;
    const optional = at(entry, 'optional') === true ? '; it is optional: without it its variables are missing' : '';
    yield `${kind} ${namespace}/${name} (${pathText(['spec', 'postBuild', 'substituteFrom', i])}${optional})`;
  }
  const account = defaultAccount(graph, cluster);
  if (account !== undefined && impersonates(resource) && accountOf(resource) === undefined)
    yield `ServiceAccount ${namespace}/${account} (--${lockdownFlags.account} of kustomize-controller), with the rights of ${moved.namespace}/${account}`;
}

/** As whom a Kustomization is applied that does not say it. */
function defaultAccount(graph: Graph, cluster: Cluster): string | undefined {
  const own = controllersIn(cluster, graph).filter(({ component }) => component === 'kustomize-controller');
  return own.map(({ args }) => flagOf(args, lockdownFlags.account)).find((said) => said !== undefined);
}
