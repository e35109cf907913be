export { BarmanCloudPlugin, type BarmanCloudPluginProps } from './barman-cloud-plugin';
export * from './cloudnative-pg';
export * from './object-store';
export * from './postgres-cluster';
export * from './scheduled-backup';
