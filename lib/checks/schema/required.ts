import { schemaCheck } from './faults';

/** Fields without which the API server takes no object of the kind. */
export const required = schemaCheck(['required'], {
  id: 'schema/required',
  severity: 'error',
  title: 'Required field that is missing',
  atRunTime:
    'the API server refuses the object with "Required value", and Flux applies nothing of the whole Kustomization',
  remedy: 'add the field',
  source: 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation',
});
