export type { KustomizationReference, SourceReference, SubstituteReference, Substitutions } from '../scopes';
export * from './application';
export * from './cluster';
export { Directory, type DirectoryProps, File, type KustomizationFileFields } from './directory';
export * from './flux-kustomization';
export type { HealthCheckExpression } from './health';
export * from './helm-release';
export * from './namespace';
export { literal } from './substitution';
