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
export type { GeneratorHandle, GeneratorKey, GeneratorReference, SecretGenerator } from './generator';
export * from './generators';
export type { NamedStoreProps, ProvidedStoreProps } from './named-store';
export * from './password-generator';
export type { ProviderName, ProviderSettings, StoreProvider } from './providers';
export * from './push-secret';
export type { PushTarget, Remote, RemoteRef, Search, WholeSecret } from './remotes';
export { ClusterSecretStore, SecretStore, type SecretStoreProps } from './secret-store';
export type { DataFrom, Generator } from './sources';
export {
  RemoteSecret,
  type SecretStoreHandle,
  type StoreKind,
  type StoreOf,
  type StoreReference,
  type UnknownStore,
} from './store-handle';
export { b64enc, type TemplateText, TemplateValue, type TemplateValues, toJson } from './template';
export * from './typed-secrets';
export { VaultPath, type VaultProperty } from './vault-path';
export * from './vault-store';
