import { describeRule } from '../checks/describe-rule';
import type { Severity } from '../checks/finding';
import { checks } from '../checks/index';
import { EspalierError } from '../errors';
import { type FormatName, formats } from '../report';
import { type ReviewFormatName, reviewFormats } from '../report/diff';
import { failsRun } from '../report/findings';
import { merge } from '../report/merge/merge';
import { type Report, readReport } from '../report/merge/read';
import { messageOf } from '../tree/read';
import { readRegular } from '../tree/regular';
import { choice } from './choice';
import type { Command } from './command';
import { tell } from './diff';
import { resultFor } from './from-top';
import { hasColours, print } from './terminal';

const allFormats = [...new Set([...Object.keys(formats), ...Object.keys(reviewFormats)])];

const help = `espalier report merge FILE...: makes one report of those of many runs, each of other clusters.

Usage: espalier report merge FILE... [options]

  FILE              what espalier check or espalier diff printed with --format json: all of one of the two commands
  --format FORMAT   ${allFormats.join(', ')} (default: pretty);
                    of check, not html; of diff, not sarif, github, gitlab, azure and junit
  --fail-on LEVEL   of check: error, warning or never: exit with 1 on findings of at least this severity (default: error)
  --exit-code       of diff: exit with 1 when anything changes
  --trace           print the stack trace of an error

What several clusters have alike is told once, with the clusters that have it; the formats for programs keep every place.

Exit codes: 0 no findings that count, or compared; 1 findings at or above --fail-on, or something changes, with --exit-code;
2 it could not run.

Example: espalier report merge reports/*.json --format markdown`;

/** A larger file is no report. */
const largestReport = 256 * 1024 * 1024;

/** Those that tell people, who want to read what is the same once. */
const forPeople = ['pretty', 'markdown', 'html'];

export const report: Command = {
  help,
  positionals: Number.POSITIVE_INFINITY,
  offers: [['merge'], 'file'],
  options: {
    format: { type: 'string', choices: allFormats },
    'fail-on': { type: 'string', choices: ['error', 'warning', 'never'] },
    'exit-code': { type: 'boolean' },
  },
  async run({ values, positionals: [action, ...files] }) {
    if (action !== 'merge' || files.length === 0) {
      throw new EspalierError('espalier report merges reports: espalier report merge FILE...');
    }
    const format = (values.format ?? 'pretty') as string;
    const failOn = values['fail-on'] as Severity | 'never' | undefined;
    const reports = files.map(readReportFile);
    const merged = merge(reports, { rules: checks.map(describeRule), fold: forPeople.includes(format) });
    const terminal = { color: hasColours(process.stdout), width: process.stdout.columns };
    if (merged.kind === 'diff') {
      if (failOn !== undefined) {
        throw new EspalierError('--fail-on is for reports of check, and these are of diff: give --exit-code.');
      }
      choice('--format', format, Object.keys(reviewFormats));
      return tell(merged.review, format as ReviewFormatName, values['exit-code'] === true);
    }
    if (values['exit-code'] === true) {
      throw new EspalierError('--exit-code is for reports of diff, and these are of check: give --fail-on.');
    }
    choice('--format', format, Object.keys(formats));
    const level: Severity | 'never' = failOn ?? 'error';
    const { version } = require('cdk8s-espalier/package.json') as { version: string };
    const name = format as FormatName;
    const text = formats[name].render(resultFor(name, merged.result), { ...terminal, failOn: level, version });
    print(text.replace(/\n$/, ''), { commands: formats[name].speaksToCi });
    return merged.result.findings.some(({ severity }) => failsRun(severity, level)) ? 1 : 0;
  },
};

/** @throws EspalierError for what is no report */
export function readReportFile(file: string): Report {
  let bytes: Buffer;
  try {
    bytes = readRegular(file, largestReport);
  } catch (error) {
    throw new EspalierError(`${file} cannot be read: ${messageOf(error)}. Name the JSON of espalier check or diff.`);
  }
  return readReport(file, bytes.toString());
}
