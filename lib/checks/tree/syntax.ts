import { syntaxCheck } from './syntax-faults';

/** What is no YAML, or more of it than a reader should take. */
export const syntax = syntaxCheck('syntax', {
  id: 'tree/syntax',
  severity: 'error',
  title: 'File that is not YAML',
  atRunTime: 'the build fails with a YAML error, and nothing of the whole Kustomization is applied',
  remedy: 'fix the YAML at the place that the message names',
  source: 'https://yaml.org/spec/1.2.2/',
});
