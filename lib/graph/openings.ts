import type { Opening } from './cluster';
import { describe, groupKind } from './identity';
import { at, listAt, textAt } from './json';
import type { FluxKustomization, Resource } from './resource';

/** Why there may be more in a cluster than its Kustomizations show. */
export function openingsIn(kustomizations: readonly FluxKustomization[], resources: readonly Resource[]): Opening[] {
  const openings: Opening[] = [];
  for (const kustomization of kustomizations) addOpeningsOf(kustomization, openings);
  for (const resource of resources) {
    const opening = openingBy(resource);
    if (opening !== undefined) openings.push(opening);
  }
  return openings;
}

/** Adds what a Kustomization applies that the tree does not show. */
function addOpeningsOf(kustomization: FluxKustomization, openings: Opening[]): void {
  const { contents, resource, spec } = kustomization;
  const target = textAt(spec, 'targetNamespace');
  const namespaces = target === undefined ? undefined : new Set([target]);
  const common = { namespaces, helm: false, createsNamespace: undefined };
  if (contents.type !== 'built') {
    // What it should apply is unknown, and that it is missing is reported: what refers to it is not at fault.
    const why = contents.type === 'missing' ? `its folder ${contents.folder} is missing` : contents.why;
    const { document } = resource;
    if (textAt(spec, 'kubeConfig', 'secretRef', 'name') !== undefined) return;
    openings.push({ ...common, why: `${describe(resource)} may bring it (${why})`, document, path: ['spec', 'path'] });
    return;
  }
  const { built } = contents;
  if (resource.uncertain) {
    const why = `${describe(resource)} may bring it (a patch of it is not known)`;
    openings.push({ ...common, namespaces: undefined, why, document: resource.document, path: resource.path });
  }
  for (const { document, path, what, hidesObjects } of built.unresolved) {
    if (hidesObjects) openings.push({ ...common, why: `${document.file.path} may bring it (${what})`, document, path });
  }
  for (const { document, path, fails } of built.faults) {
    if (!fails) continue;
    openings.push({ ...common, why: `${document.file.path}, which cannot be built, may bring it`, document, path });
  }
}

/** Kinds whose objects make others, of any kind and anywhere. */
const makers = new Set([
  'argoproj.io/Application',
  'argoproj.io/ApplicationSet',
  'fluxcd.controlplane.io/ResourceSet',
  'infra.contrib.fluxcd.io/Terraform',
  'kyverno.io/ClusterPolicy',
  'kyverno.io/Policy',
]);

/** What an object may make that the tree does not show; undefined for nearly all, of which no sentence is made. */
function openingBy(resource: Resource): Opening | undefined {
  const { group, kind, value, document } = resource;
  if (group === 'helm.toolkit.fluxcd.io' && kind === 'HelmRelease') {
    return chart(resource, at(value, 'spec', 'install', 'createNamespace') === true);
  }
  if (group === 'helm.cattle.io' && kind === 'HelmChart') {
    return chart(resource, at(value, 'spec', 'createNamespace') === true);
  }
  if (!makers.has(groupKind(resource))) return undefined;
  const generates = listAt(value, 'spec', 'rules').some((rule) => at(rule, 'generate') !== undefined);
  if (group === 'kyverno.io' && !generates) return undefined;
  return {
    why: `${describe(resource)} may make it`,
    namespaces: undefined,
    helm: false,
    createsNamespace: undefined,
    document,
    path: ['metadata', 'name'],
  };
}

function chart(resource: Resource, createsNamespace: boolean): Opening {
  const target = textAt(resource.value, 'spec', 'targetNamespace') ?? resource.namespace;
  return {
    why: `${describe(resource)} may make it`,
    namespaces: new Set([target]),
    helm: true,
    createsNamespace: createsNamespace ? target : undefined,
    document: resource.document,
    path: ['metadata', 'name'],
  };
}
