export type { ConfigMapKey } from '../config-map-key';
export { type ServiceHandle, ServicePort, servicePort } from '../service-handle';
export {
  type AnyConfigMap,
  ConfigMap,
  type ConfigMapProps,
  type NamedConfigMap,
  type NamedConfigMapProps,
  readConfigMap,
} from './config-map';
export * from './cron-task';
export type { DeployedProps } from './deployed';
export { envFrom, envValue } from './environment';
export type { DisruptionProps, ExposureProps, ServiceSettings, WorkloadAddress } from './exposure';
export * from './kinds';
export * from './manifest';
export * from './migration';
export type { Mount } from './mounts';
export * from './patchable';
export type { ProbeSpec, Probes } from './probes';
export type { WorkloadResources } from './resources';
export * from './stateful-service';
export * from './web-service';
export * from './worker';
export type { Variable, Workload, WorkloadProps } from './workload';
