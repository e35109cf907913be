import type { Review } from '../../../changes/review';
import type { Finding } from '../../../checks/finding';
import { severities } from '../../summary';
import { effectsByKind, errorsLeft } from './effects';

/** Findings that a change brings or takes away. */
export interface FindingList {
  readonly id: 'found' | 'fixed' | 'no-longer-reported';
  /** "Fixed: 1 error, 2 warnings". */
  readonly title: string;
  /** Errors first. */
  readonly findings: readonly Finding[];
  /** Whether all of it stands above, or follows from what is deleted: it need not be seen at once. */
  readonly isTold: boolean;
}

/** What the checks find now, and what they do not find any more; none that is empty. */
export function findingLists(review: Review): readonly FindingList[] {
  const { found, mended, noLongerReported } = review;
  const isTold =
    found.every(({ severity }) => severity === 'error') && errorsLeft(review, effectsByKind(review)).length === 0;
  const lists = [
    ['found', 'Found by the checks', found, isTold],
    ['fixed', 'Fixed', mended, false],
    ['no-longer-reported', 'No longer reported, because it is deleted', noLongerReported, true],
  ] as const;
  return lists.flatMap(([id, title, findings, isTold]) => {
    const [errors, others] = ['error', 'warning'].map((level) => findings.filter(({ severity }) => severity === level));
    return findings.length === 0
      ? []
      : [{ id, title: `${title}: ${severities(findings)}`, findings: [...(errors ?? []), ...(others ?? [])], isTold }];
  });
}

/** Those that stand before what happens, since an error has to be fixed before the merge, and those that stand behind it. */
export function findingsInOrder(review: Review): readonly [readonly FindingList[], readonly FindingList[]] {
  const lists = findingLists(review);
  const isFirst = errorsLeft(review, effectsByKind(review)).length > 0;
  return [lists.filter(({ id }) => isFirst && id === 'found'), lists.filter(({ id }) => !isFirst || id !== 'found')];
}
