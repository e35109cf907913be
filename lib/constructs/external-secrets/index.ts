export * from './external-secret';
export type {
  ComposedTemplate,
  CreationPolicy,
  DeletionPolicy,
  ExternalSecretProps,
  RefreshPolicy,
  SecretTarget,
  SecretTemplate,
} from './external-secret-props';
export * from './external-secrets';
export * from './generated-secret';
export * from './password-generator';
export * from './push-secret';
export {
  ClusterSecretStore,
  type NamedStoreProps,
  SecretStore,
  type SecretStoreHandle,
  type SecretStoreProps,
  type StoreKind,
  type StoreReference,
} from './secret-store';
export type { DataFrom, Generator, Remote, RemoteRef, WholeSecret } from './sources';
export { b64enc, type TemplateText, TemplateValue, type TemplateValues, toJson } from './template';
export * from './typed-secrets';
export { VaultPath, type VaultProperty } from './vault-path';
export * from './vault-store';
