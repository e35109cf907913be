import { groupBy } from '../group-by';
import type { Together } from './check';
import { compareText } from './compare';
import type { Finding } from './finding';
import { listed } from './listed';

/** A finding, and what it has in common with others. */
export interface Told {
  readonly finding: Finding;
  readonly together: Together | undefined;
}

/** The findings, with one for all that have something in common; it stands where the first of them is. */
export function toldOnce(told: readonly Told[]): readonly Finding[] {
  const groups = groupBy(
    told.filter(({ together }) => together !== undefined),
    ({ finding, together }) => JSON.stringify([finding.rule, together?.key]),
  );
  const first = new Map([...groups.values()].map((group) => [group[0], group]));
  return told.flatMap((one) => {
    if (one.together === undefined) return [one.finding];
    const group = first.get(one);
    if (group === undefined) return [];
    return group.length === 1 ? [one.finding] : [ofMany(one.together, group)];
  });
}

/** Places in the message of a finding that stands for many. */
const shownPlaces = 6;

function ofMany({ message }: Together, group: readonly Told[]): Finding {
  const findings = group.map(({ finding }) => finding);
  const places = findings.map(({ file, line }) => `${file}:${line}`);
  const clusters = findings.some((one) => one.clusters.length === 0) ? [] : findings.flatMap((one) => one.clusters);
  return {
    ...(findings[0] as Finding),
    severity: findings.some(({ severity }) => severity === 'error') ? 'error' : 'warning',
    message: `${message(group.length)}: ${listed(places, shownPlaces)}`,
    object: undefined,
    places,
    clusters: [...new Set(clusters)].sort(compareText),
    kustomizations: undefined,
  };
}
