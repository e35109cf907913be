import { buildCheck } from './build-faults';

/** The controller builds within the artifact of the source (fluxcd/pkg kustomize, build.go: a file system with the source as its root). */
export const outsideSource = buildCheck(['outside'], {
  id: 'tree/outside-source',
  severity: 'error',
  title: 'Entry of a kustomization file that leads out of its source',
  atRunTime: "the build fails: Flux reads nothing outside the source's artifact",
  remedy: 'move the file into the repository, or name a folder inside it',
  source: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#path',
});
