import { writeFileSync } from 'node:fs';
import { EspalierError } from '../../errors';
import { isJsonObject, type Json } from '../../json/json';
import { textAt } from '../../json/read';
import { codeOf } from '../read';
import { readRegular } from '../regular';

/** Beside the configuration: which charts were used. */
export const lockFile = 'espalier.charts.lock';

/** What a source was: its version (a tag, a version or a commit), and the digest of the archive. */
export interface Locked {
  readonly version: string;
  readonly digest: string;
}

export type Lock = ReadonlyMap<string, Locked>;

/**
 * @returns undefined where there is none
 * @throws EspalierError when it cannot be read
 */
export function readLock(path: string): Lock | undefined {
  let text: string;
  try {
    text = readRegular(path).toString('utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new EspalierError(`${path} cannot be read (${codeOf(error)}).`);
  }
  const charts = chartsOf(text);
  if (charts === undefined) {
    throw new EspalierError(`${path} is no lock of charts. Delete it, and write it anew: espalier lock.`);
  }
  return charts;
}

function chartsOf(text: string): Lock | undefined {
  try {
    const value = JSON.parse(text) as Json;
    if (!isJsonObject(value) || value.format !== 1 || !isJsonObject(value.charts)) return undefined;
    const entries = Object.entries(value.charts).map(([source, locked]) => {
      const [version, digest] = [textAt(locked, 'version'), textAt(locked, 'digest')];
      return version === undefined || digest === undefined ? undefined : ([source, { version, digest }] as const);
    });
    const known = entries.filter((entry) => entry !== undefined);
    return known.length === entries.length ? new Map(known) : undefined;
  } catch {
    return undefined;
  }
}

/** A line for each source, so that two who change charts change different lines. */
function printLock(lock: Lock): string {
  const lines = [...lock]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([source, { version, digest }]) => `    ${JSON.stringify(source)}: ${JSON.stringify({ version, digest })}`);
  const charts = lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n  }`;
  return `{\n  "format": 1,\n  "charts": ${charts}\n}\n`;
}

export function writeLock(path: string, lock: Lock): void {
  writeFileSync(path, printLock(lock));
}
