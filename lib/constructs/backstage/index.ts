export { backstagePort } from '../../systems/backstage/app-config';
export { AppConfig, type AppConfigProps, type ConfigReference } from './app-config';
export * from './backstage';
export * from './backstage-deployment';
export type { BackstageContainerProps } from './container';
export * from './kubernetes-read-access';
export type { PluginDivisionMode } from './plugin-databases';
export type { ContainerResources, Quantities } from './resources';
