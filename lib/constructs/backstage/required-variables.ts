import type { IConstruct } from 'constructs';
import { nearest } from '../../text/nearest';
import { refuse } from '../input-error';
import type { AppConfig } from './app-config';

/**
 * Refuses an app-config that reads a variable which the container lacks: Backstage would drop the whole value.
 *
 * @throws EspalierError that names each variable, where it is read, and the names that there are.
 */
export function requireVariables(scope: IConstruct, appConfig: AppConfig, names: ReadonlySet<string>): void {
  const missing = appConfig.variables.filter(({ name }) => !names.has(name));
  const [first] = missing;
  if (first === undefined) return;
  const near = nearest(first.name, [...names]);
  refuse(scope, {
    field: 'appConfig',
    value: missing.map(({ name, at }) => `\${${name}} (${at})`).join(', '),
    allowed: `a variable of the container, because Backstage drops a value whose variable is not set: ${[...names].sort().join(', ')}`,
    example: near === undefined ? `"\${${first.name}:-value}" if the variable may be missing` : `"\${${near}}"`,
  });
}
