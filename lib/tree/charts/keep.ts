import { statSync } from 'node:fs';
import { lazy } from '../../text/memoize';
import type { ChartCache } from './cache';
import type { Chart } from './chart';

/**
 * Espalier's code, as it is built: another says something else of the same chart. Undefined where it runs from its sources, any of which
 * may change.
 */
export const program = lazy((): string | undefined => {
  if (__filename.endsWith('.ts')) return undefined;
  const { size, mtimeMs, ctimeMs } = statSync(__filename);
  return JSON.stringify([__filename, size, mtimeMs, ctimeMs]);
});

/** Keeps what is worked out of the chart of a digest (see Chart.keep). */
export function keeper(cache: ChartCache, digest: string, by: string | undefined = program()): Chart['keep'] {
  if (by === undefined) return undefined;
  return (key, make) => {
    const name = JSON.stringify([by, digest, key]);
    const kept = cache.read('rendered', name);
    if (kept !== undefined) return JSON.parse(kept);
    const made = make();
    cache.write('rendered', name, JSON.stringify(made));
    return made;
  };
}
