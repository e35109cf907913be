import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The hash of what a file holds; undefined where there is none. */
export function hashOf(path: string): string | undefined {
  try {
    return createHash('sha1').update(readFileSync(path)).digest('base64');
  } catch {
    return undefined;
  }
}
