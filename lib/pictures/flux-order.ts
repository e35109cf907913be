import type { Cluster } from '../graph/cluster';
import { identityKey } from '../graph/identity';
import { isFirst, isSame, isSuspended } from '../graph/kustomization';
import type { Dependency, FluxKustomization } from '../graph/resource';
import { display } from '../graph/substitution';
import { textAt } from '../json/read';
import { impliedEdges } from './implied';
import type { Picture, PictureNode } from './picture';
import { appliesNothing, readiness } from './readiness';
import { appliedBelow, type Scope, scopeName } from './scope';
import { objectNode, plainNode, Sketch } from './sketch';

const flux = 'flux';

/**
 * In which order Flux applies Kustomizations: what waits for what, what comes into the cluster by what, and when each counts as
 * ready. Of an app or a namespace with all that must be ready before it. What bootstrap applies, and nothing waits for, is Flux itself
 * unless it is asked for.
 */
export function fluxOrder(cluster: Cluster, scope: Scope = {}): Picture {
  const chosen = chosenOf(cluster, scope);
  const shown = new Set(chosen);
  // A set hands out what is added while it is walked.
  for (const kustomization of shown) for (const other of before(kustomization)) shown.add(other);
  const awaited = new Set([...shown].flatMap(({ dependsOn }) => dependsOn.map(({ target }) => target)));
  for (const kustomization of shown) {
    if (isStart(kustomization, cluster) && !chosen.has(kustomization) && !awaited.has(kustomization))
      shown.delete(kustomization);
  }

  const sketch = new Sketch();
  const drawn = cluster.kustomizations.filter((kustomization) => shown.has(kustomization));
  if (drawn.length > 0) sketch.node(flux, () => ({ ...plainNode, kind: 'flux', label: 'Flux' }));
  for (const kustomization of drawn) addKustomization(sketch, kustomization, shown);
  const wanted = new Set([...chosen].map(({ resource }) => identityKey(resource)));
  const { nodes, edges } = sketch.around(() => true);
  return {
    name: 'order',
    title: `Order of ${scopeName(scope)}`,
    direction: 'down',
    groups: [],
    nodes: nodes
      // Where all wait for each other, it begins with none.
      .filter(({ id }) => id !== flux || edges.some(({ from }) => from === flux))
      .map((node) => ({ ...node, outside: !wanted.has(node.id) && node.id !== flux })),
    edges: impliedEdges(edges),
  };
}

function chosenOf(cluster: Cluster, { app, namespace }: Scope): ReadonlySet<FluxKustomization> {
  const apps = app === undefined ? cluster.kustomizations : appliedBelow(cluster, app);
  const inNamespace = (item: FluxKustomization) =>
    namespace === undefined ||
    item.namespace === namespace ||
    item.resources.some((resource) => resource.namespace === namespace);
  return new Set([...apps].filter(inNamespace));
}

/** The Kustomization that brings one into the cluster, and those that it waits for. */
function* before({ resource, dependsOn }: FluxKustomization): Generator<FluxKustomization> {
  if (resource.appliedBy !== undefined) yield resource.appliedBy;
  for (const { target } of dependsOn) if (target !== undefined) yield target;
}

/** Whether nothing comes before it but Flux. */
function isStart(kustomization: FluxKustomization, cluster: Cluster): boolean {
  return isFirst(kustomization, cluster) && kustomization.dependsOn.length === 0;
}

function addKustomization(
  sketch: Sketch,
  kustomization: FluxKustomization,
  shown: ReadonlySet<FluxKustomization>,
): void {
  const { resource, dependsOn } = kustomization;
  const id = sketch.node(identityKey(resource), () => kustomizationNode(kustomization));
  for (const dependency of dependsOn) {
    sketch.edge(dependencyNode(sketch, dependency), id, { how: condition(kustomization, dependency) }, 'depends-on');
  }
  const parent = resource.appliedBy;
  const brought = parent !== undefined && !isSame(parent, kustomization) && shown.has(parent);
  if (brought) sketch.edge(identityKey(parent.resource), id, {}, 'applies');
  // Flux begins with what nothing else comes before.
  else if (!dependsOn.some(({ target }) => target !== undefined)) sketch.edge(flux, id, {}, 'begins');
}

/** The author's own condition of a dependency (spec.dependsOn[].readyExpr). */
function condition({ spec }: FluxKustomization, { path }: Dependency): string {
  const expression = textAt(spec, ...path.slice(1, -1), 'readyExpr');
  return expression === undefined ? '' : `when ${display(expression)}`;
}

function dependencyNode(sketch: Sketch, { target, namespace, name }: Dependency): string {
  if (target !== undefined) return sketch.node(identityKey(target.resource), () => kustomizationNode(target));
  return sketch.node(`missing ${namespace}/${name}`, () => ({
    ...plainNode,
    kind: 'kustomization',
    label: display(name),
    details: ['not in the tree: what depends on it waits for ever'],
    namespace,
    state: 'missing',
  }));
}

function kustomizationNode(kustomization: FluxKustomization): Omit<PictureNode, 'id' | 'outside'> {
  const { contents, name } = kustomization;
  const unknown =
    contents.type === 'built'
      ? appliesNothing(kustomization)
        ? [`${display(contents.folder)} holds nothing that can be read`]
        : []
      : [contents.type === 'missing' ? `its path ${display(contents.folder)} is not there` : display(contents.why)];
  return {
    ...objectNode(kustomization.resource),
    kind: 'kustomization',
    label: display(name),
    details: [...readiness(kustomization), ...(isSuspended(kustomization) ? [] : unknown)],
  };
}
