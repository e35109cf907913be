export * from './config-map';
export * from './environment';
export * from './patchable';
