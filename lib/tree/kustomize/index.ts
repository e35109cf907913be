/** What Flux builds of a folder: kustomize's work, done here. */
export { makeBuild } from './build';
export type { Build, BuildFault, Built, BuiltObject, FluxOverlay, Unresolved } from './built';
