import type { Check } from '../check';
import { configMissing } from './config-missing';
import { configNotLoaded } from './config-not-loaded';
import { consumedByFlux } from './consumed-by-flux';
import { guestOnly } from './guest-only';
import { pluginDatabases } from './plugin-databases';
import { readOnlyDatabase } from './read-only-database';
import { unsetVariable } from './unset-variable';

export const backstage: readonly Check[] = [
  configMissing,
  configNotLoaded,
  unsetVariable,
  consumedByFlux,
  pluginDatabases,
  readOnlyDatabase,
  guestOnly,
];
