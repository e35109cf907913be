import { syntaxCheck } from './syntax-faults';

/** kustomize turns YAML into JSON, where every key is text (kyaml; the top level aside). */
export const keyType = syntaxCheck('key-type', {
  id: 'tree/key-type',
  severity: 'error',
  title: 'Key that is not text',
  atRunTime:
    'the build fails with "unsupported type: map[interface {}]interface {}", and nothing of the whole Kustomization is applied',
  remedy: 'put the key in quotes',
  source: 'kubernetes-sigs/kustomize kyaml/yaml/fns.go',
});
