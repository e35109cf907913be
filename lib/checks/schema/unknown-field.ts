import { schemaCheck } from './faults';

/**
 * Flux applies on the server's side, where an unknown field is refused (https://kubernetes.io/docs/reference/using-api/server-side-apply/);
 * Kubernetes' own kinds have lost it by then. Seen with kustomize-controller 1.9.4 and API server 1.36.3.
 */
export const unknownField = schemaCheck(['unknown-field'], {
  id: 'schema/unknown-field',
  severity: 'error',
  title: 'Field that its kind does not have',
  atRunTime:
    'of a custom resource, a Role or a ClusterRole the apply fails with "field not declared in schema", and nothing of the whole Kustomization is applied; of other built-in kinds Flux drops the field in silence and is ready: what it should set is not set',
  remedy: 'correct the name or the indentation, or take the field out',
  source: 'fluxcd/pkg ssa/normalize/normalize.go',
});
