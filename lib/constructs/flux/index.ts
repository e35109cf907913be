export type { HealthCheckExpression } from '../../systems/flux/health';
export type { KustomizationReference, SourceReference, SubstituteReference, Substitutions } from '../scopes';
export * from './application';
export * from './cluster';
export { Directory, type DirectoryProps, File, type KustomizationFileFields } from './directory';
export * from './flux-kustomization';
export * from './helm-release';
export * from './namespace';
export { literal } from './substitution';
