import { externalSecrets } from '../../graph/external-secrets/specs';
import { at, listAt, textAt } from '../../json/read';
import { isPeriodic } from '../../systems/external-secrets/spec';
import { readsStore } from '../../systems/external-secrets/stores';
import type { ClusterCheck } from '../check';

export const immutableRefresh: ClusterCheck = {
  id: 'eso/immutable-refresh',
  severity: 'warning',
  title: 'Refresh of a Secret that never changes',
  atRunTime: 'each refresh reads the store and succeeds, but the Secret keeps its first values forever',
  remedy: 'remove target.immutable, or set refreshPolicy: CreatedOnce',
  source:
    'external-secrets pkg/controllers/externalsecret/externalsecret_controller.go (objectDoesNotExistOrCanBeMutated)',
  *check(cluster) {
    for (const { resource, spec, path } of externalSecrets(cluster)) {
      if (at(spec, 'target', 'immutable') !== true || !isPeriodic(spec)) continue;
      // Nobody asked for the default; and of a generator, the first value is the one that is meant.
      const said = ['refreshInterval', 'refreshPolicy'].find((field) => at(spec, field) !== undefined);
      const reads = listAt(spec, 'data').length > 0 || listAt(spec, 'dataFrom').some(readsStore);
      if (said === undefined || !reads) continue;
      yield {
        at: { resource, path: [...path, 'target', 'immutable'] },
        message: `immutable keeps the Secret as it was first created; ${said} ${textAt(spec, said) ?? ''} changes nothing`,
      };
    }
  },
};
