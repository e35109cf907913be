import { buildCheck } from './build-faults';

/** Everything else that kustomize refuses: unknown fields, documents that are no objects, empty kustomizations. */
export const buildFails = buildCheck(['invalid', 'failed', 'helm'], {
  id: 'tree/build-fails',
  severity: 'error',
  title: 'Folder that kustomize cannot build',
  atRunTime: 'the build fails, and nothing of the whole Kustomization is applied',
  remedy: 'fix what the message names; kustomize build on the folder shows the same',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#path',
});
