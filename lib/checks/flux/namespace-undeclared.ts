import type { Cluster } from '../../graph/cluster';
import { describe } from '../../graph/identity';
import { bootstrappedNamespaces, isSuspended } from '../../graph/kustomization';
import type { Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import type { Path } from '../../json/json';
import { textAt } from '../../json/read';
import { isClusterScoped } from '../../systems/kinds/scope';
import { lazy } from '../../text/memoize';
import { nearest } from '../../text/nearest';
import type { ClusterCheck } from '../check';
import { didYouMean } from '../hint';
import { missingUnless } from '../unless';

/** Namespaces that a platform or its operators make. */
const madeElsewhere = /^(?:openshift(?:-.*)?|calico-(?:system|apiserver)|tigera-operator|gke-.*|cattle-.*|fleet-.*)$/;

export const namespaceUndeclared: ClusterCheck = {
  id: 'flux/namespace-undeclared',
  severity: 'error',
  title: 'Namespace that nothing declares',
  atRunTime: 'Flux does not create namespaces, so the whole Kustomization fails: "namespaces … not found"',
  remedy: 'add the Namespace to the tree, so that Flux applies it before its objects or together with them',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#target-namespace',
  *check(cluster) {
    if (!cluster.flux) return;
    const bootstrapped = new Set(bootstrappedNamespaces(cluster));
    const others = lazy(() => namesOfUnknownKinds(cluster));
    for (const { name, resource, path } of firstUses(cluster)) {
      if (bootstrapped.has(name) || !isKnown(name) || madeElsewhere.test(name)) continue;
      const identity = { group: '', kind: 'Namespace', namespace: '', name };
      const unless = missingUnless(cluster.lookup(identity), identity);
      if (unless === undefined || others().has(name)) continue;
      const declared = cluster.ofKind('', 'Namespace').map((namespace) => namespace.name);
      const near = nearest(name, declared);
      yield {
        at: { resource, path },
        message: `nothing declares the ${path.at(-1)} ${name} of ${describe(resource)}${didYouMean(near)}`,
        ...unless,
      };
    }
  },
};

interface Use {
  readonly name: string;
  readonly resource: Resource;
  readonly path: Path;
}

/** Where each namespace is used first. */
function firstUses(cluster: Cluster): Iterable<Use> {
  const uses = new Map<string, Use>();
  for (const resource of cluster.resources) {
    const { appliedBy, namespace, group, kind, value, uncertain } = resource;
    if (appliedBy === undefined || uncertain || isSuspended(appliedBy) || appliedBy.resource.uncertain) continue;
    if (namespace !== '' && !uses.has(namespace) && isClusterScoped(resource) === false) {
      const isTarget = namespace === textAt(appliedBy.spec, 'targetNamespace');
      const use = isTarget
        ? { resource: appliedBy.resource, path: ['spec', 'targetNamespace'] }
        : { resource, path: ['metadata', 'namespace'] };
      uses.set(namespace, { name: namespace, ...use });
    }
    if (group !== 'helm.toolkit.fluxcd.io' || kind !== 'HelmRelease') continue;
    if (textAt(value, 'spec', 'kubeConfig', 'secretRef', 'name') !== undefined) continue;
    const released = textAt(value, 'spec', 'targetNamespace');
    if (released === undefined || uses.has(released)) continue;
    uses.set(released, { name: released, resource, path: ['spec', 'targetNamespace'] });
  }
  return uses.values();
}

/** An object of a kind that is not known may make the namespace of its name (a Capsule tenant, a SubnamespaceAnchor). */
function namesOfUnknownKinds({ resources }: Cluster): ReadonlySet<string> {
  const unknown = resources.filter((resource) => isClusterScoped(resource) === undefined);
  return new Set(unknown.map(({ name }) => name));
}
