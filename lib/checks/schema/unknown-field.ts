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
    'in a custom resource, a Role or a ClusterRole, the apply fails with "field not declared in schema", and nothing of the whole Kustomization is applied; in other built-in kinds Flux drops the field without a message and becomes ready, so the setting has no effect',
  remedy: 'correct the name or the indentation, or remove the field',
  source: 'fluxcd/pkg ssa/normalize/normalize.go',
});
