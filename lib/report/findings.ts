import type { Finding, Result, RuleDescription, Severity, Unknown } from '../checks/finding';
import { severities } from '../rules/severity';
import { compareText } from '../text/compare';
import { groupBy } from '../text/group-by';
import { listed } from '../text/listed';

/** Findings by the file that they are in, in the order of the first one of each. */
export function byFile(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  return groupBy(findings, ({ file }) => file);
}

/** Every rule that took part, by id, and those that only a finding tells of: suppressions have rules of their own. */
export function rulesOf({ rules, findings }: Result): readonly RuleDescription[] {
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  for (const { rule, severity, remedy } of findings) {
    if (!known.has(rule)) known.set(rule, { id: rule, severity, title: rule, atRunTime: '', remedy, source: '' });
  }
  return [...known.values()].sort((a, b) => compareText(a.id, b.id));
}

/** Whether a finding of this severity makes the command exit with 1. */
export function failsRun(severity: Severity, failOn: Severity | 'never'): boolean {
  return failOn !== 'never' && severity !== 'info' && (severity === 'error' || failOn === 'warning');
}

/** At most so many findings in their order, the least severe left out first. */
export function worst(findings: readonly Finding[], maximum: number): readonly Finding[] {
  if (findings.length <= maximum) return findings;
  let room = maximum;
  const left = new Map(
    severities.map((level) => {
      const kept = Math.min(room, findings.filter(({ severity }) => severity === level).length);
      room -= kept;
      return [level, kept];
    }),
  );
  return findings.filter(({ severity }) => {
    const more = left.get(severity) ?? 0;
    left.set(severity, more - 1);
    return more > 0;
  });
}

/** The same steps in every format: `Deployment/backstage → Secret/db`. */
export function chainLine({ chain }: Finding): string | undefined {
  return chain.length === 0 ? undefined : chain.join(' → ');
}

/** In which clusters, where not all have the finding. */
export function clustersLine({ clusters }: Finding): string | undefined {
  if (clusters.length === 0) return undefined;
  return `only in ${clusters.length === 1 ? 'cluster' : 'clusters'} ${listed(clusters, shownClusters)}`;
}

/** Which Kustomizations a fault of what they share breaks: the first of them, and how many more. */
export function kustomizationsLine({ kustomizations = [] }: Finding): string | undefined {
  if (kustomizations.length === 0) return undefined;
  const more = kustomizations.length - shownKustomizations;
  const names = kustomizations.slice(0, shownKustomizations).join(', ');
  return `in Kustomizations ${names}${more > 0 ? ` and ${more} more` : ''}`;
}

const shownKustomizations = 8;
export const shownClusters = 8;

/** `apps/ks.yaml:3`, as far as it is known. */
export function placeOf({ file, line }: Unknown): string | undefined {
  return file === undefined || line === undefined ? file : `${file}:${line}`;
}
