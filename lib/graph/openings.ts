import type { Opening } from './cluster';
import { describe, groupKind } from './identity';
import { at, listAt, textAt } from './json';
import { mayApplyOthers } from './patched';
import type { FluxKustomization, Resource } from './resource';

/** What a Kustomization applies that the tree does not show. */
export function* openingsOf(kustomization: FluxKustomization): Generator<Opening> {
  const { contents, resource, spec } = kustomization;
  const target = textAt(spec, 'targetNamespace');
  const namespaces = target === undefined ? undefined : new Set([target]);
  const common = { namespaces, helm: false, createsNamespace: undefined };
  if (contents.type !== 'built') {
    // What it should apply is unknown, and that it is missing is reported: what refers to it is not at fault.
    const why = contents.type === 'missing' ? `its folder ${contents.folder} is missing` : contents.why;
    const { document } = resource;
    if (textAt(spec, 'kubeConfig', 'secretRef', 'name') !== undefined) return;
    yield { ...common, why: `${describe(resource)} may bring it (${why})`, document, path: ['spec', 'path'] };
    return;
  }
  const { built } = contents;
  if (mayApplyOthers(resource)) {
    const why = `${describe(resource)} may bring it (a patch of it was not followed)`;
    yield { ...common, namespaces: undefined, why, document: resource.document, path: resource.path };
  }
  for (const { document, path, what, hidesObjects } of built.unresolved) {
    if (hidesObjects) yield { ...common, why: `${document.file.path} may bring it (${what})`, document, path };
  }
  for (const { document, path, fails } of built.faults) {
    if (!fails) continue;
    yield { ...common, why: `${document.file.path}, which cannot be built, may bring it`, document, path };
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

/** What an object may make that the tree does not show. */
export function* openingsBy(resources: Iterable<Resource>): Generator<Opening> {
  for (const resource of resources) {
    const { group, kind, value, document, namespace } = resource;
    const why = `${describe(resource)} may make it`;
    if (group === 'helm.toolkit.fluxcd.io' && kind === 'HelmRelease') {
      const target = textAt(value, 'spec', 'targetNamespace') ?? namespace;
      const creates = at(value, 'spec', 'install', 'createNamespace') === true;
      yield {
        why,
        namespaces: new Set([target]),
        helm: true,
        createsNamespace: creates ? target : undefined,
        document,
        path: ['metadata', 'name'],
      };
    } else if (group === 'helm.cattle.io' && kind === 'HelmChart') {
      const target = textAt(value, 'spec', 'targetNamespace') ?? namespace;
      const creates = at(value, 'spec', 'createNamespace') === true ? target : undefined;
      yield {
        why,
        namespaces: new Set([target]),
        helm: true,
        createsNamespace: creates,
        document,
        path: ['metadata', 'name'],
      };
    } else if (makers.has(groupKind(resource))) {
      const generates = listAt(value, 'spec', 'rules').some((rule) => at(rule, 'generate') !== undefined);
      if (group === 'kyverno.io' && !generates) continue;
      yield {
        why,
        namespaces: undefined,
        helm: false,
        createsNamespace: undefined,
        document,
        path: ['metadata', 'name'],
      };
    }
  }
}
