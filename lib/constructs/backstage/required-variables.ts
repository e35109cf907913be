import type { IConstruct } from 'constructs';
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
  const near = [...names].filter((name) => distance(name, first.name) <= 2);
  refuse(scope, {
    field: 'appConfig',
    value: missing.map(({ name, at }) => `\${${name}} (${at})`).join(', '),
    allowed: `variables of the container, for Backstage leaves out a value whose variable is not set: ${[...names].sort().join(', ')}`,
    example: near[0] === undefined ? `"\${${first.name}:-value}" where it may be missing` : `"\${${near[0]}}"`,
  });
}

/** How many letters must be added, taken away or changed to make one word of the other, whatever their case. */
function distance(one: string, other: string): number {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
