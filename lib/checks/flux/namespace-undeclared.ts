import type { Cluster } from '../../graph/cluster';
import { clusterScoped } from '../../graph/cluster-scoped';
import { describe } from '../../graph/identity';
import { textAt } from '../../graph/json';
import type { Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import { nearest } from '../../nearest';
import type { Path } from '../../tree/source/source';
import type { ClusterCheck } from '../check';
import { didYouMean } from '../hint';
import { bootstrappedNamespaces, isSuspended } from './kustomization';

/** Namespaces that a platform or its operators make. */
const madeElsewhere = /^(?:openshift(?:-.*)?|calico-(?:system|apiserver)|tigera-operator|gke-.*|cattle-.*|fleet-.*)$/;

export const namespaceUndeclared: ClusterCheck = {
  id: 'flux/namespace-undeclared',
  severity: 'error',
  title: 'Namespace that nothing declares',
  atRunTime: 'Flux makes no namespaces, and the whole Kustomization fails: "namespaces … not found"',
  remedy: 'add the Namespace to the tree, where it is applied before or together with what lies in it',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#target-namespace',
  *check(cluster) {
    if (!cluster.flux) return;
    const said = new Set(bootstrappedNamespaces(cluster));
    const others = namesOfUnknownKinds(cluster);
    for (const { name, resource, path } of uses(cluster)) {
      if (said.has(name) || others.has(name) || !isKnown(name) || madeElsewhere.test(name)) continue;
      if (cluster.lookup({ group: '', kind: 'Namespace', namespace: '', name }).state !== 'absent') continue;
      said.add(name);
      const declared = cluster.ofKind('', 'Namespace').map((namespace) => namespace.name);
      const near = nearest(name, declared);
      yield {
        at: { resource, path },
        message: `nothing declares the ${path.at(-1)} ${name} of ${describe(resource)}${didYouMean(near)}`,
      };
    }
  },
};

interface Use {
  readonly name: string;
  readonly resource: Resource;
  readonly path: Path;
}

function* uses(cluster: Cluster): Generator<Use> {
  for (const resource of cluster.resources) {
    const { appliedBy, namespace, group, kind, value, uncertain } = resource;
    if (appliedBy === undefined || uncertain || isSuspended(appliedBy) || appliedBy.resource.uncertain) continue;
    const target = textAt(appliedBy.spec, 'targetNamespace');
    if (namespace !== '' && clusterScoped(group, kind) === false) {
      yield namespace === target
        ? { name: namespace, resource: appliedBy.resource, path: ['spec', 'targetNamespace'] }
        : { name: namespace, resource, path: ['metadata', 'namespace'] };
    }
    if (group !== 'helm.toolkit.fluxcd.io' || kind !== 'HelmRelease') continue;
    if (textAt(value, 'spec', 'kubeConfig', 'secretRef', 'name') !== undefined) continue;
    const released = textAt(value, 'spec', 'targetNamespace');
    if (released !== undefined) yield { name: released, resource, path: ['spec', 'targetNamespace'] };
  }
}

/** An object of a kind that is not known may make the namespace of its name (a Capsule tenant, a SubnamespaceAnchor). */
function namesOfUnknownKinds({ resources }: Cluster): ReadonlySet<string> {
  const unknown = resources.filter(({ group, kind }) => clusterScoped(group, kind) === undefined);
  return new Set(unknown.map(({ name }) => name));
}
