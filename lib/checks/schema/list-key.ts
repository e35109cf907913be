import { schemaCheck } from './faults';

/** Lists whose items are told apart by keys (`x-kubernetes-list-type: map` or `set`) take none twice. */
export const listKey = schemaCheck(['list-map-key'], {
  id: 'schema/list-key',
  severity: 'error',
  title: 'Two items of a list with the same key',
  atRunTime:
    'the server-side apply fails with "duplicate entries for key", and nothing of the whole Kustomization is applied',
  remedy: 'merge the two items, or give one of them another key',
  source: 'https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy',
});
