export type { ServiceHandle } from '../service-handle';
export * from './config-map';
export * from './environment';
export * from './kinds';
export * from './manifest';
export * from './patchable';
