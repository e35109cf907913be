import { schemaCheck } from './faults';

/** Flux applies on the server's side, where an unknown field is refused (https://kubernetes.io/docs/reference/using-api/server-side-apply/). */
export const unknownField = schemaCheck(['unknown-field'], {
  id: 'schema/unknown-field',
  severity: 'error',
  title: 'Field that its kind does not have',
  atRunTime:
    'the server-side apply fails with "field not declared in schema", and nothing of the whole Kustomization is applied',
  remedy: 'correct the name or the indentation, or take the field out',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources',
});
