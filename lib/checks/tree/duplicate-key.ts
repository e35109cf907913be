import { syntaxCheck } from './syntax-faults';

/** kustomize refuses a mapping with one key twice (kyaml, which reads with go-yaml 3). */
export const duplicateKey = syntaxCheck('duplicate-key', {
  id: 'tree/duplicate-key',
  severity: 'error',
  title: 'One key twice in a mapping',
  atRunTime:
    'the build fails with "mapping key already defined"; of a kustomization.yaml the last counts, and the first is lost in silence',
  remedy: 'merge the two values under one key',
  source: 'https://yaml.org/spec/1.2.2/#3213-node-comparison',
});
