import { isBefore, type Release } from '../release';

/** The newest Flux that releases of the Flux Operator bring (controlplaneio-fluxcd/flux-operator, config/data/flux of each tag). */
const ofOperator: readonly { readonly before: Release; readonly flux: string }[] = [
  { before: [0, 30], flux: '2.6' },
  { before: [0, 42], flux: '2.7' },
  { before: [0, 53], flux: '2.8' },
];

/** The newest Flux that a release of the Flux Operator brings; undefined where it is newer than those known here. */
export function fluxOfOperator(release: string | undefined): string | undefined {
  return ofOperator.find(({ before }) => isBefore(release, before))?.flux;
}

/** The release of Flux that an image of kustomize-controller is of: Flux 2.x comes with kustomize-controller 1.x. */
export function fluxOfController(image: string): string | undefined {
  const [, major, minor] = /\/kustomize-controller:v?(\d+)\.(\d+)/.exec(image) ?? [];
  return major === undefined ? undefined : major === '0' ? '0.1' : `2.${minor}`;
}

/** `https://github.com/fluxcd/flux2/releases/download/v2.6.4/install.yaml`, `github.com/fluxcd/flux2/manifests/install?ref=v2.6.4`. */
export function fluxOfAddress(entry: string): string | undefined {
  return /\/fluxcd\/flux2\b.*(?:\/download\/|[?&](?:ref|version)=)(v?\d[^/&]*)/.exec(entry)?.[1];
}

/**
 * Since when a variable without a value fails the build: kustomize-controller 1.9, which Flux 2.9 brings, unless a feature gate says
 * otherwise (internal/features/features.go, StrictPostBuildSubstitutions).
 */
export const strictSince: Release = [2, 9];

/** What an argument of kustomize-controller says of that gate. */
export function strictGate(argument: string): boolean | undefined {
  const gate = /\bStrictPostBuildSubstitutions=(true|false)\b/.exec(argument)?.[1];
  return gate === undefined ? undefined : gate === 'true';
}
