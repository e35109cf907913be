import { schemaCheck } from './faults';

/** What a field's schema says of its values: one of several, of a form, in a range, of a length. */
export const value = schemaCheck(['enum', 'pattern', 'format', 'range', 'length', 'one-of'], {
  id: 'schema/value',
  severity: 'error',
  title: 'Value that its field does not allow',
  atRunTime:
    'the API server refuses the object with "Invalid value" or "Unsupported value", and Flux applies nothing of the whole Kustomization',
  remedy: 'write a value that the message allows',
  source: 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation',
});
