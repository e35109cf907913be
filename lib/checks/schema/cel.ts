import { schemaCheck } from './faults';

/** Rules in the Common Expression Language that a kind's definition carries (`x-kubernetes-validations`). */
export const cel = schemaCheck(['cel'], {
  id: 'schema/cel',
  severity: 'error',
  title: 'Object that breaks a validation rule of its kind',
  atRunTime:
    "the API server refuses the object with the rule's message, and Flux applies nothing of the whole Kustomization",
  remedy: 'change the fields that the rule names until it holds',
  source:
    'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules',
});
