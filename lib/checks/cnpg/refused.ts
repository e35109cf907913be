import { pathText, valueText } from '../../graph/schema/text';
import { display } from '../../graph/substitution';
import { at } from '../../json/read';
import { faultsOf, judgedKinds } from '../../systems/cnpg/admission';
import { group } from '../../systems/cnpg/names';
import type { ClusterCheck } from '../check';
import { faultyPaths } from '../schema/faults';

export const refused: ClusterCheck = {
  id: 'cnpg/refused',
  severity: 'error',
  title: 'What the webhook of CloudNativePG refuses',
  atRunTime:
    'the webhook denies the request ("admission webhook … denied the request"), and Flux applies nothing of the whole Kustomization',
  remedy: 'write a value that the message allows',
  source: 'cloudnative-pg 1.30 internal/webhook/v1',
  *check(cluster, graph) {
    for (const kind of judgedKinds) {
      for (const resource of cluster.ofKind(group, kind)) {
        for (const { path, value = at(resource.value, ...path), allowed } of faultsOf(resource.value)) {
          // The definition refuses it, too, and its rule says why.
          if (faultyPaths(resource, cluster, graph).has(pathText(path))) continue;
          const shown =
            value === null ? '' : value === undefined ? ' is not set and' : ` is ${display(valueText(value))} and`;
          yield { at: { resource, path }, message: `${pathText(path)}${shown} must be ${allowed}` };
        }
      }
    }
  },
};
