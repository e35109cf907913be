import type { Finding, Result, Severity } from '../checks/finding';
import { severities as allSeverities } from '../rules/severity';
import { count } from '../text/count';

/** `3 errors, 1 warning in 2 files; 34 files, 41 resources, 7 Kustomizations checked; 1 suppressed`. */
export function summaryLine(result: Result): string {
  return `${headline(result)}${result.findings.length === 0 ? ':' : ';'} ${extent(result)}`;
}

/** `3 errors, 1 warning in 2 files`, or that there are none. */
export function headline({ findings }: Result): string {
  if (findings.length === 0) return 'No findings';
  const files = new Set(findings.map(({ file }) => file)).size;
  return `${severities(findings)} in ${count(files, 'file')}`;
}

/** What was checked, and what was left out on purpose. */
export function extent({ counts }: Result): string {
  const { files, resources, kustomizations, clusters, suppressed, known = 0 } = counts;
  const parts = [count(files, 'file'), count(resources, 'resource'), count(kustomizations, 'Kustomization')];
  const where = clusters > 1 ? ` in ${count(clusters, 'cluster')}` : '';
  return `${parts.join(', ')}${where} checked${suppressed > 0 ? `; ${suppressed} suppressed` : ''}${known > 0 ? `; ${count(known, 'known finding')}` : ''}`;
}

/** `3 errors, 1 warning, 2 info`. */
export function severities(findings: readonly Finding[]): string {
  const parts = allSeverities.map((severity) => ({ severity, number: tally(findings, severity) }));
  return parts
    .filter(({ number }) => number > 0)
    .map(({ severity, number }) => (severity === 'info' ? `${number} info` : count(number, severity)))
    .join(', ');
}

export function tally(findings: readonly Finding[], severity: Severity): number {
  return findings.reduce((sum, finding) => sum + (finding.severity === severity ? 1 : 0), 0);
}
