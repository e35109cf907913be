import type { CheckSettings } from './rules/settings';

/** What `espalier.config.*` may say. Folders are relative to the file. */
export type Config = CheckSettings;

/**
 * Gives `espalier.config.ts` its types: the editor completes the settings, the compiler refuses others.
 *
 * Imported from `cdk8s-espalier/config`, which loads nothing else: every run reads the configuration.
 *
 * @example
 * import { defineConfig } from 'cdk8s-espalier/config';
 *
 * export default defineConfig({ failOn: 'warning', rules: { 'eso/two-owners': 'off' } });
 */
export function defineConfig(config: Config): Config {
  return config;
}
