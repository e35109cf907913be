import { describe } from '../../graph/identity';
import { labelsOf } from '../../graph/pods';
import { objectAt } from '../../json/read';
import { hasTrait } from '../../systems/kinds/kinds';
import type { ClusterCheck } from '../check';
import { setting } from '../meant';

export const selectorMismatch: ClusterCheck = {
  id: 'workload/selector-mismatch',
  severity: 'error',
  title: 'Selector that its own pods do not match',
  atRunTime:
    'the API server refuses the object, and with it the whole Kustomization: "`selector` does not match template `labels`"',
  remedy: 'give the pod template every label of spec.selector.matchLabels, with the same value',
  fixes: 'give the pod template a label that it lacks',
  source: 'kubernetes pkg/apis/apps/validation/validation.go',
  *check(cluster) {
    for (const resource of cluster.resources) {
      if (!hasTrait(resource, 'selects')) continue;
      const path = ['spec', 'selector', 'matchLabels'];
      const selector = labelsOf(objectAt(resource.value, ...path));
      const labels = labelsOf(objectAt(resource.value, 'spec', 'template', 'metadata', 'labels'));
      if (selector === undefined || labels === undefined) continue;
      for (const [key, value] of selector) {
        const label = labels.get(key);
        if (label === value) continue;
        const has = label === undefined ? `no label ${key}` : `${key}: ${label}`;
        yield {
          at: { resource, path: [...path, key] },
          message: `${describe(resource)} selects ${key}: ${value}, but its pods have ${has}`,
          // Of two values, nobody can tell which is right.
          ...(label === undefined && setting(['spec', 'template', 'metadata', 'labels', key], value)),
        };
      }
    }
  },
};
