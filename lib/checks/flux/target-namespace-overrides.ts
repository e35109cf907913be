import type { FluxKustomization, Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import { textAt } from '../../json/read';
import type { ClusterCheck, Together } from '../check';

const together: Together = {
  key: '',
  message: (count) => `${count} objects are applied to a different namespace than their manifests say`,
};

export const targetNamespaceOverrides: ClusterCheck = {
  id: 'flux/target-namespace-overrides',
  severity: 'warning',
  title: 'Object that targetNamespace moves to another namespace',
  atRunTime:
    'spec.targetNamespace overrides the namespace in every manifest, so the object ends up where nobody expects it',
  remedy:
    'move the object to its own Kustomization, or remove targetNamespace and write the namespaces in the manifests',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#target-namespace',
  *check({ kustomizations }) {
    for (const kustomization of kustomizations) {
      const target = textAt(kustomization.spec, 'targetNamespace');
      if (target === undefined || !isKnown(target)) continue;
      for (const { resource, written } of moved(kustomization, target)) {
        yield {
          at: { resource, path: ['metadata', 'namespace'] },
          together,
          message: `${resource.kind} ${resource.name} says namespace ${written}, but is applied to ${target}`,
          chain: [`Kustomization/${kustomization.name} targetNamespace ${target}`, `${resource.kind}/${resource.name}`],
        };
      }
    }
  },
};

/**
 * What is applied elsewhere than it says, unless all of a folder says the same other namespace: manifests that are meant to be
 * used again do.
 */
function moved({ resources }: FluxKustomization, target: string): { resource: Resource; written: string }[] {
  const placed = resources.filter(({ namespace, generated }) => namespace === target && !generated);
  const found = placed.flatMap((resource) => {
    const written = textAt(resource.document.value, ...resource.path, 'metadata', 'namespace');
    return written === undefined || written === target || written.includes('$') ? [] : [{ resource, written }];
  });
  const reused = found.length === placed.length && new Set(found.map(({ written }) => written)).size === 1;
  return reused ? [] : found;
}
