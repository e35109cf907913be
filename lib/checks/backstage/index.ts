export { configMissing } from './config-missing';
export { configNotLoaded } from './config-not-loaded';
export { consumedByFlux } from './consumed-by-flux';
export { guestOnly } from './guest-only';
export { includeMissing } from './include-missing';
export { pluginDatabases } from './plugin-databases';
export { readOnlyDatabase } from './read-only-database';
export { unsetVariable } from './unset-variable';
