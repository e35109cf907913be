import { createHash } from 'node:crypto';
import type { Finding } from '../checks/finding';

/** Of each finding, what is the same wherever the lines of its file move to; a number tells those apart that are equal in all of it. */
export function fingerprints(findings: readonly Finding[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map(({ rule, file, object, message }) => {
    const text = JSON.stringify([rule, file, object ?? '', message]);
    const print = createHash('sha256').update(text).digest('hex').slice(0, 16);
    const times = (seen.get(print) ?? 0) + 1;
    seen.set(print, times);
    return `${print}:${times}`;
  });
}
