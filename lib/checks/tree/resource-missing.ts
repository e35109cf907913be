import { buildCheck } from './build-faults';

/** kustomize loads every entry of `resources`, `components` and the like, and fails at the first that is not there. */
export const resourceMissing = buildCheck(['missing'], {
  id: 'tree/resource-missing',
  severity: 'error',
  title: 'Entry of a kustomization file that does not exist',
  atRunTime: 'the build fails with "no such file or directory", and nothing of the whole Kustomization is applied',
  remedy: 'correct the path, commit the file, or remove the entry',
  source: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/',
});
