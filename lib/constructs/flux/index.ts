export type { HealthCheckExpression } from '../../systems/flux/health';
export type { Handle, HostHandle, NamedConstruct } from '../handles';
export type { KustomizationReference, SourceReference, SubstituteReference, Substitutions } from '../scopes';
export * from './application';
export * from './cluster';
export {
  type Component,
  Directory,
  type DirectoryProps,
  File,
  type NamedDirectory,
} from './directory';
export * from './flux-kustomization';
export type { ChartLocation, ChartOfSource, ChartVersion, ImportedChart, VersionRange } from './helm-chart';
export * from './helm-release';
export type { HelmText, HelmValues } from './helm-values';
export type { KustomizationFileFields } from './kustomization-fields';
export { KustomizationFile } from './kustomization-file';
export * from './namespace';
export type { RenderedSettings } from './rendered-chart';
export {
  Bucket,
  type BucketProps,
  GitRepository,
  type GitRepositoryProps,
  HelmRepository,
  type HelmRepositoryProps,
  type NamedSource,
  OciRepository,
  type OciRepositoryProps,
  Source,
  type SourceProps,
} from './source';
export { literal } from './substitution';
export * from './tenant';
export { type VariableOptions, variable } from './variable';
export { YamlFile, type YamlFileProps, YamlObject } from './yaml-file';
