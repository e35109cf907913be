export { AppConfig, type AppConfigProps } from './app-config';
export * from './backstage';
export * from './backstage-deployment';
export type { ConfigReference } from './config-references';
export { type BackstageContainerProps, backstagePort } from './container';
export * from './kubernetes-read-access';
export type { PluginDivisionMode } from './plugin-databases';
export type { ContainerResources } from './resources';
