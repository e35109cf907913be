import type { IConstruct } from 'constructs';
import { pathText } from '../../json/path-text';
import { databaseSettings, variableOf } from '../../systems/backstage/app-config';
import type { PostgresCluster } from '../cnpg';
import { refuse } from '../input-error';
import type { AppConfig } from './app-config';

/** How Backstage keeps its plugins apart: a database each, or a schema each in one database. */
export type PluginDivisionMode = 'database' | 'schema';

const setting = [...databaseSettings, 'pluginDivisionMode'];

/**
 * Refuses a database whose owner may not do what Backstage does at its start: create databases.
 * (Backstage, Configuring Plugin Databases)
 */
export function requireDivision(
  scope: IConstruct,
  mode: PluginDivisionMode,
  database: PostgresCluster,
  appConfig: AppConfig | undefined,
): void {
  if (mode !== 'database' && mode !== 'schema') {
    refuse(scope, {
      field: 'pluginDivisionMode',
      value: mode,
      allowed: "'database' or 'schema'",
      example: "'schema'",
    });
  }
  const configured = appConfig?.pluginDivisionMode;
  if (configured !== undefined && configured !== mode) {
    refuse(scope, {
      field: `${pathText(setting)} of appConfig`,
      value: configured,
      allowed: `"${mode}", as in the property pluginDivisionMode`,
      example: `pluginDivisionMode: '${configured}'`,
    });
  }
  if (mode === 'database' && !database.createdb) {
    refuse(scope, {
      field: 'database',
      value: database.node.path,
      allowed: 'a database whose owner may create databases: Backstage creates one for each plugin',
      example: "createdb: true for the PostgresCluster, or pluginDivisionMode: 'schema' here",
    });
  }
}

/** The mode as variables that go before every app-config. Schemas are made by Backstage: nobody else does. */
export function divisionVariables(mode: PluginDivisionMode): Readonly<Record<string, string>> {
  if (mode === 'database') return {};
  return {
    [variableOf(setting)]: 'schema',
    [variableOf([...databaseSettings, 'ensureSchemaExists'])]: 'true',
  };
}
