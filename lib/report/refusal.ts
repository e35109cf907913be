import type { Found } from '../checks/finding';
import { pretty } from './pretty';
import { count } from './summary';

/** Why a tree is not written: its errors, as a text for a terminal; undefined when it has none. */
export function refusal(result: Found, outdir: string): string | undefined {
  const errors = result.findings.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return undefined;
  const shown = pretty.render(
    { ...result, findings: errors, unknowns: [], rules: [] },
    { color: false, failOn: 'error', version: '' },
  );
  return `${outdir} is not written: Flux would fail on ${count(errors.length, 'thing')} in it.\n\n${shown.trimEnd()}`;
}
