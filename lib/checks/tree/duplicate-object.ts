import { buildCheck } from './build-faults';

/** One object is one in a build: group, kind, namespace and name. */
export const duplicateObject = buildCheck(['duplicate'], {
  id: 'tree/duplicate-object',
  severity: 'error',
  title: 'One object twice in a build',
  atRunTime:
    'the build fails with "may not add resource with an already registered id", and nothing of the whole Kustomization is applied',
  remedy: 'keep one of the two, or rename one',
  source: 'kubernetes-sigs/kustomize api/resmap/reswrangler.go',
});
