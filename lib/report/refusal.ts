import type { CheckResult, Severity } from '../checks/finding';
import { count } from '../text/count';
import { failsRun } from './findings';
import { pretty } from './pretty';

/**
 * Why a tree is not written, as a text for a terminal; undefined when it is.
 *
 * @param failOn the least severity of a finding that keeps it from being written
 */
export function refusal(result: CheckResult, outdir: string, failOn: Severity | 'never' = 'error'): string | undefined {
  const findings = result.findings.filter(({ severity }) => failsRun(severity, failOn));
  if (findings.length === 0) return undefined;
  const shown = pretty.render({ ...result, findings, notJudged: [], rules: [] }, { color: false, failOn, version: '' });
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const why =
    errors > 0
      ? `Flux would fail on ${count(errors, 'thing')} in it`
      : `failOn is "warning", and there ${findings.length === 1 ? 'is' : 'are'} ${count(findings.length, 'warning')}`;
  return `${outdir} is not written: ${why}.\n\n${shown.trimEnd()}`;
}
