import { isSuspended, policyOf } from '../../graph/kustomization';
import { pathText, typeName } from '../../graph/schema/text';
import { isKnown } from '../../graph/substitution';
import { at, keysAt } from '../../json/read';
import type { ClusterCheck } from '../check';
import { quoted } from '../meant';
import { isFilledIn } from '../schema/faults';

/**
 * Seen with kustomize-controller 1.9.4: it reads the labels of an object to add its own (fluxcd/pkg ssa 0.76, SetOwnerLabels), gets
 * none where one of them is no text (apimachinery, Unstructured.GetLabels), and writes its own in their place.
 */
export const labelsLost: ClusterCheck = {
  id: 'flux/labels-lost',
  severity: 'error',
  title: 'Label that is not text',
  atRunTime: 'Flux drops all labels of the object and becomes ready, so no selector finds the object by its labels',
  remedy: 'put the value in quotes',
  fixes: 'put the value in quotes',
  source: 'fluxcd/pkg ssa/manager.go (SetOwnerLabels); seen with kustomize-controller 1.9.4',
  *check(cluster) {
    for (const kustomization of cluster.kustomizations) {
      if (isSuspended(kustomization)) continue;
      for (const resource of kustomization.resources) {
        const labels = keysAt(resource.value, 'metadata', 'labels');
        if (labels.length === 0 || policyOf(resource, 'ssa') === 'ignore') continue;
        for (const label of labels) {
          const path = ['metadata', 'labels', label];
          const value = at(resource.value, ...path);
          if (value === undefined || typeof value === 'string' || !isKnown(label) || isFilledIn(resource, path))
            continue;
          yield {
            at: { resource, path },
            ...quoted(resource, path),
            message: `${pathText(path)} is ${typeName(value)} and not text, so Flux drops all labels of the object`,
          };
        }
      }
    }
  },
};
