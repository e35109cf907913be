import type { Check } from './check';
import { compareText } from './compare';
import type { Finding } from './finding';
import { listed } from './listed';

/** The findings with one for all of each rule that is said once a tree. */
export function toldOnce(findings: readonly Finding[], checks: readonly Check[]): readonly Finding[] {
  let told = findings;
  for (const { id, together } of checks) {
    const [first, ...others] = together === undefined ? [] : findings.filter(({ rule }) => rule === id);
    if (first === undefined || together === undefined || others.length === 0) continue;
    const all = [first, ...others];
    const places = all.map(({ file, line }) => `${file}:${line}`);
    const clusters = all.some((one) => one.clusters.length === 0) ? [] : all.flatMap((one) => one.clusters);
    const one: Finding = {
      ...first,
      message: `${together(all.length)}: ${listed(places, shownPlaces)}`,
      object: undefined,
      chain: [],
      places,
      clusters: [...new Set(clusters)].sort(compareText),
      kustomizations: undefined,
    };
    const left = new Set(others);
    told = told.flatMap((finding) => (finding === first ? [one] : left.has(finding) ? [] : [finding]));
  }
  return told;
}

/** Places in the message of a finding that stands for many. */
const shownPlaces = 6;
