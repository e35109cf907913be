import { schemaCheck } from './faults';

/** Text, number, boolean, list or object: YAML decides by how a value is written. */
export const type = schemaCheck(['type'], {
  id: 'schema/type',
  severity: 'error',
  title: 'Value of the wrong type',
  atRunTime: 'the API server refuses the object, and Flux applies nothing of the whole Kustomization',
  remedy: 'write a value of the type that the message names; put text that looks like a number or a boolean in quotes',
  source: 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation',
});
