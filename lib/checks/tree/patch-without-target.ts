import { buildCheck } from './build-faults';

/** A patch with a target is applied to whatever the target selects: when that is nothing, nobody is told. */
export const patchWithoutTarget = buildCheck(['empty-patch'], {
  id: 'tree/patch-without-target',
  severity: 'warning',
  title: 'Patch that matches nothing',
  atRunTime: 'the patch has no effect, and nothing says so; one without a target fails the build',
  remedy: 'correct the name or the target, or take the patch out',
  source: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/',
});
