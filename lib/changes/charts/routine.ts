import { saysVersion } from '../../systems/helm/labels';
import { isKnown } from '../../text/symbolic';
import type { Difference, Segment } from '../difference';
import type { Changed } from '../pairs';

/** Whether a field that differs says nothing but that a chart is of another version: labels of versions, checksums. */
export function isRoutine({ path }: Pick<Difference, 'path'>): boolean {
  const [metadata, field, key, ...rest] = path.slice(-3) as (Segment | undefined)[];
  if (metadata !== 'metadata' || rest.length > 0 || typeof key !== 'string') return false;
  // Those of claims cannot be changed: the upgrade fails of them.
  return (field === 'labels' || field === 'annotations') && !path.includes('volumeClaimTemplates') && saysVersion(key);
}

/** Whether an object of a chart differs in nothing else: it is counted, and not told. */
export function isRoutineChange({ before, after, fields }: Changed): boolean {
  return after?.chart !== undefined && before !== undefined && fields.length > 0 && fields.every(isRoutine);
}

/** Whether values differ in nothing but parts that are not known on either side: what is random comes out otherwise each time. */
export function isUnknownAlike({ before, after }: Pick<Difference, 'before' | 'after'>): boolean {
  if (typeof before !== 'string' || typeof after !== 'string' || isKnown(before) || isKnown(after)) return false;
  return withoutNames(before) === withoutNames(after);
}

function withoutNames(text: string): string {
  return text.replace(/\uFDD0[^\uFDD1]*\uFDD1/g, '\uFDD0');
}
