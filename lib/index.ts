export { App, type AppProps } from './constructs/app';
export * from './constructs/cnpg';
export { environmentVariable } from './constructs/environment';
export * from './constructs/external-secrets';
export * from './constructs/flux';
export { Secret, type SecretKey, type SecretProps } from './constructs/secret';
export * from './constructs/vault';
export * from './constructs/workload';
export { isEspalierError } from './errors';
