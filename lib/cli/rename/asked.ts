import type { Called, Renaming } from '../../changes/rename/called';
import { leavesItsObjects } from '../../changes/rename/steps';
import { EspalierError } from '../../errors';
import type { Cluster } from '../../graph/cluster';
import type { Graph } from '../../graph/graph';
import { isSame, nameOf } from '../../graph/kustomization';
import { type FluxKustomization, writtenAt } from '../../graph/resource';
import { shownPath } from '../../graph/shown-path';
import { at, textAt } from '../../json/read';
import { dnsLabel, labelledName } from '../../systems/kubernetes/names';
import { listed } from '../../text/listed';
import { nearest } from '../../text/nearest';
import { folderOf } from '../../tree/paths';
import { chooseClusters } from '../choose-cluster';

/**
 * What the arguments ask for.
 *
 * @throws EspalierError for anything but a Kustomization and a name that it may have
 */
export function asked(object = '', name = ''): { readonly from: Called; readonly to: Called } {
  const [, kind = 'Kustomization', namespace, old] = /^(?:([^/]+)\/)?([^/]+)\/([^/]+)$/.exec(object) ?? [];
  if (namespace === undefined || old === undefined || !/^(?:kustomizations?|ks)$/i.test(kind)) {
    throw new EspalierError(
      `OBJECT ${JSON.stringify(object)} must be a Kustomization with its namespace. For example: espalier rename Kustomization/flux-system/apps workloads. Other objects move with their files: espalier diff tells what happens then.`,
    );
  }
  const slash = name.indexOf('/');
  const to = { namespace: slash < 0 ? namespace : name.slice(0, slash), name: name.slice(slash + 1) };
  if (!dnsLabel.accepts(to.namespace)) {
    throw new EspalierError(
      `The namespace of NAME ${JSON.stringify(name)} must be ${dnsLabel.allowed}, such as apps in apps/workloads.`,
    );
  }
  if (!labelledName.accepts(to.name)) {
    throw new EspalierError(`NAME ${JSON.stringify(name)} must be ${labelledName.allowed}, such as workloads.`);
  }
  if (to.namespace === namespace && to.name === old) {
    throw new EspalierError(`Kustomization ${namespace}/${old} is called that already. Give another name.`);
  }
  return { from: { namespace, name: old }, to };
}

/**
 * Where it is renamed.
 *
 * @param cluster as the user names it
 * @throws EspalierError where there is none, where the name is taken, or where nothing of the tree deletes the old one
 */
export function renamingIn(graph: Graph, from: Called, to: Called, cluster: string | undefined): Renaming {
  const chosen = cluster === undefined ? graph.clusters : chooseClusters(graph, cluster);
  const clusters = chosen.filter((one) => one.kustomization(from.namespace, from.name) !== undefined);
  if (clusters.length === 0) {
    const all = [...new Set(chosen.flatMap(({ kustomizations }) => kustomizations.map(nameOf)))];
    const near = nearest(nameOf(from), all);
    const hint = near === undefined ? `. The tree has ${listed(all)}.` : `; did you mean ${near}?`;
    throw new EspalierError(`There is no Kustomization ${nameOf(from)}${all.length === 0 ? '.' : hint}`);
  }
  for (const one of clusters) {
    if (one.kustomization(to.namespace, to.name) !== undefined) {
      throw new EspalierError(`There is a Kustomization ${nameOf(to)} already. Give another name.`);
    }
    const renamed = one.kustomization(from.namespace, from.name) as FluxKustomization;
    const { appliedBy } = renamed.resource;
    if (appliedBy === undefined || isSame(appliedBy, renamed)) {
      throw new EspalierError(
        `Kustomization ${nameOf(from)} is one that Flux begins with: nothing else of the tree applies it, so nothing would delete it under its old name. Rename it as it was made: by flux bootstrap, the FluxInstance, or hand.`,
      );
    }
    const policy = writtenAt(renamed.resource, ['spec', 'deletionPolicy']).document;
    const isGiven = textAt(renamed.spec, 'deletionPolicy') !== undefined && policy !== renamed.resource.document;
    if (isGiven && !leavesItsObjects(renamed)) {
      throw new EspalierError(
        `Kustomization ${nameOf(from)} has its spec.deletionPolicy from a patch in ${shownPath(graph.tree, policy.file.path)}, which may be for others, too. Have the patch leave this one out, or give it Orphan after that by another, and run this again once Flux has applied it.`,
      );
    }
    const giver = from.namespace === to.namespace ? undefined : namespaceGiver(graph, one, renamed);
    if (giver !== undefined) {
      throw new EspalierError(
        `Kustomization ${nameOf(from)} has its namespace from ${giver}, whatever its file says. Take ${shownPath(graph.tree, renamed.resource.document.file.path)} out of there, with metadata.namespace: ${from.namespace} in it, and run this again.`,
      );
    }
  }
  return { from, to, clusters };
}

/** What gives a Kustomization its namespace other than its own file. */
function namespaceGiver(graph: Graph, cluster: Cluster, { resource }: FluxKustomization): string | undefined {
  const { appliedBy, document, path, namespace } = resource;
  if (appliedBy === undefined) return undefined;
  if (textAt(appliedBy.spec, 'targetNamespace') === namespace) {
    return `spec.targetNamespace of Kustomization ${nameOf(appliedBy)}`;
  }
  const isSaid = textAt(at(document.value, ...path), 'metadata', 'namespace') === namespace;
  const { contents } = cluster.kustomization(appliedBy.namespace, appliedBy.name) ?? appliedBy;
  const giving = (contents.type === 'built' ? contents.built.kustomizations : []).find(({ value, file }) => {
    const isAbove = `${document.file.path}/`.startsWith(folderOf(file.path) === '' ? '' : `${folderOf(file.path)}/`);
    return textAt(value, 'namespace') === namespace && (isAbove || !isSaid);
  });
  if (giving !== undefined) return `namespace in ${shownPath(graph.tree, giving.file.path)}`;
  return isSaid ? undefined : 'a patch, a variable or a generator';
}
