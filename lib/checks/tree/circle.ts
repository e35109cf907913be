import { buildCheck } from './build-faults';

/** A kustomization that leads back to itself. */
export const circle = buildCheck(['cycle'], {
  id: 'tree/circle',
  severity: 'error',
  title: 'Kustomizations that include each other in a circle',
  atRunTime: 'the build fails with "cycle detected", and nothing of the whole Kustomization is applied',
  remedy: 'remove one of the entries',
  source: 'kubernetes-sigs/kustomize api/internal/target/kusttarget.go',
});
