/** What Flux builds of a folder: read here as far as it can be, and by kustomize itself where it cannot. */
export { type BuildOptions, makeBuild } from './build';
export type { Build, Builder, BuildFault, Built, BuiltObject, FluxOverlay, Unresolved } from './built';
