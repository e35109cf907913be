export { VaultPath, type VaultProperty } from './vault-path';
export * from './vault-store';
