export * from './external-secret';
export * from './external-secrets';
export * from './generated-secret';
export * from './password-generator';
export * from './push-secret';
export { VaultPath, type VaultProperty } from './vault-path';
export * from './vault-store';
