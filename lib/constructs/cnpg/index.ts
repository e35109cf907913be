export type { PostgresService } from '../../systems/cnpg/made';
export { BarmanCloudPlugin, type BarmanCloudPluginProps } from './barman-cloud-plugin';
export * from './cloudnative-pg';
export * from './object-store';
export * from './postgres-cluster';
export * from './postgres-cluster-props';
export * from './scheduled-backup';
