import { relative } from 'node:path';
import { join } from 'node:path/posix';
import type { Finding, Result } from '../checks/finding';
import { type FormatName, formats } from '../report';
import { gitTop, realPath, slashes } from '../tree/source';

/** Where the working directory is from the top of the repository, such as `k8s/home`; '' at the top, and outside of one. */
export function belowTop(): string {
  const folder = realPath(process.cwd());
  return slashes(relative(gitTop(folder) ?? folder, folder));
}

/** A result for a format: what a forge reads names files from the top of the repository, all else from the working directory. */
export function resultFor(format: FormatName, result: Result): Result {
  const below = formats[format].fromTop === true ? belowTop() : '';
  if (below === '') return result;
  const fromTop = (file: string) => (/^(?:[A-Za-z]:)?\//.test(file) ? file : join(below, file));
  return {
    ...result,
    findings: result.findings.map((finding) => ({
      ...finding,
      file: fromTop(finding.file),
      ...fixFrom(finding, fromTop),
    })),
    unknowns: result.unknowns.map((one) => (one.file === undefined ? one : { ...one, file: fromTop(one.file) })),
  };
}

function fixFrom({ fix }: Finding, fromTop: (file: string) => string): Pick<Finding, 'fix'> {
  if (fix === undefined) return {};
  return { fix: { ...fix, edits: fix.edits.map((edit) => ({ ...edit, file: fromTop(edit.file) })) } };
}
