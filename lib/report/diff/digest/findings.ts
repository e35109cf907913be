import type { Review } from '../../../changes/review';
import type { Finding } from '../../../checks/finding';
import { severities } from '../../summary';

/** Findings that a change brings or takes away. */
export interface FindingList {
  readonly id: 'found' | 'fixed' | 'no-longer-reported';
  /** "Fixed: 1 error, 2 warnings". */
  readonly title: string;
  readonly findings: readonly Finding[];
}

/** What the checks find now, and what they do not find any more; none that is empty. */
export function findingLists({ found, mended, noLongerReported }: Review): readonly FindingList[] {
  const lists = [
    ['found', 'Found by the checks', found],
    ['fixed', 'Fixed', mended],
    ['no-longer-reported', 'No longer reported, because it is deleted', noLongerReported],
  ] as const;
  return lists.flatMap(([id, title, findings]) =>
    findings.length === 0 ? [] : [{ id, title: `${title}: ${severities(findings)}`, findings }],
  );
}
