export { EspalierValidation, type ValidationContext } from './checks/cdk8s-validation';
export { App, type AppProps } from './constructs/app';
export * from './constructs/backstage';
export * from './constructs/cnpg';
export { type CommentPlace, comment, commented } from './constructs/commented';
export { environmentVariable } from './constructs/environment';
export * from './constructs/external-secrets';
export * from './constructs/flux';
export * from './constructs/gateway';
export * from './constructs/kinds';
export type { DeepPartial } from './constructs/merge';
export * from './constructs/network';
export {
  type ImagePolicyReference,
  type PinnedOptions,
  type PinnedParts,
  pinned,
  pinnedParts,
} from './constructs/pinned';
export { Resource, type ResourceProps } from './constructs/resource';
export { type NamedSecretProps, Secret, type SecretKey, type SecretProps } from './constructs/secret';
export type { SpecOf } from './constructs/spec';
export { textBlock } from './constructs/text-block';
export * from './constructs/workload';
export { addYamlNotes, type YamlNotes } from './constructs/yaml-notes';
export { type EspalierError, isEspalierError } from './errors';
export type { Json } from './json/json';
export type { CheckSettings } from './rules/settings';
export type { DocumentComments, FieldComment, Tree, TreeFile } from './tree/tree';
