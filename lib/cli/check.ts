import { writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileOf, printLines } from '../checks/baseline';
import { readBaseline } from '../checks/check-synthesized';
import type { Result, RuleDescription, Severity } from '../checks/finding';
import { type RunOptions, runChecksTraced } from '../checks/run';
import { badSuppression, unusedSuppression } from '../checks/suppression';
import { EspalierError } from '../errors';
import type { Graph } from '../graph/graph';
import { inline } from '../graph/masking/printable';
import { type FormatName, formats } from '../report';
import { failsRun } from '../report/findings';
import { count } from '../text/count';
import { nearest } from '../text/nearest';
import type { Command, Invocation } from './command';
import type { FixedTree } from './fix';
import { resultFor } from './from-top';
import { tellIgnored } from './ignored';
import { linkRules } from './links';
import { Progress } from './progress';
import {
  clusterOption,
  clusterOptionHelp,
  type Given,
  givenTree,
  readGraph,
  readSettings,
  type Settings,
  treeOptions,
  treeOptionsHelp,
} from './read-graph';
import { hasColours, print, printError } from './terminal';

const levels: readonly (Severity | 'never')[] = ['error', 'warning', 'never'];
const defaultBaseline = 'espalier.baseline';

const help = `espalier check [PATH]: checks a Flux tree before Flux applies it: references, keys of Secrets, order, schemas, policies.

Usage: espalier check [PATH] [options]

  PATH              a folder of a Flux tree, or one file (default: the working directory)
${clusterOptionHelp}
  --rev REV         check the tree of a Git revision instead of the folder
  --format FORMAT   ${Object.keys(formats).join(', ')} (default: pretty)
  --fail-on LEVEL   error, warning or never: exit with 1 on findings of at least this severity (default: error)
  --write-baseline  write the findings that there are to the baseline (\`baseline\` in the configuration, else ${defaultBaseline}):
                    they are known then, and only new ones are reported
  --fix             fix what has one mechanical and safe fix, show what changes, and report what is left (docs/fix.md)
  --dry-run         with --fix: write nothing
  --only RULE       report (and fix) only this rule, or the rules of a system such as eso; may be repeated
${treeOptionsHelp}

Exit codes: 0 no findings that count; 1 findings at or above --fail-on; 2 it could not run.
With --fix, findings that are fixed do not count; with --dry-run they do.

Example: espalier check dist --format sarif > espalier.sarif`;

export const check: Command = {
  help,
  positionals: 1,
  options: {
    rev: { type: 'string', offers: 'revision' },
    ...clusterOption,
    format: { type: 'string', choices: Object.keys(formats) },
    'fail-on': { type: 'string', choices: levels },
    'write-baseline': { type: 'boolean' },
    only: { type: 'string', multiple: true, offers: 'rule' },
    fix: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
    ...treeOptions,
  },
  async run(invocation) {
    const { values } = invocation;
    const format = (values.format ?? 'pretty') as FormatName;
    const settings = await readSettings(values);
    const only = chooseRules(values.only as string[] | undefined, settings.checks);
    const level = (values['fail-on'] ?? settings.config.failOn ?? 'error') as Severity | 'never';

    const writes = values['write-baseline'] === true;
    if (writes && only !== undefined) {
      throw new EspalierError('--write-baseline writes the findings of all rules: leave --only out.');
    }
    const cluster = values.cluster as string | undefined;
    if (writes && cluster !== undefined) {
      throw new EspalierError('--write-baseline writes the findings of all clusters: leave --cluster out.');
    }
    const file = settings.baseline ?? (writes ? resolve(defaultBaseline) : undefined);
    const baseline =
      file === undefined ? undefined : writes ? { folder: dirname(file), lines: [] } : readBaseline(file);
    const given = { ...givenTree(invocation), cluster };

    const tellsFixes = formats[format].tellsFixes === true;
    const options = { checks: settings.checks, severities: settings.severities, fixes: tellsFixes, only, baseline };
    const { graph, fixed, isDry } = await Progress.during((progress) =>
      read(invocation, given, settings, options, progress),
    );
    tellIgnored(graph);
    // What is not fixed may say why.
    const result = await runChecksTraced(graph, fixed === undefined ? options : { ...options, fixes: true });
    if (fixed !== undefined) {
      const { fixesText, writeFixes } = require('./fix') as typeof import('./fix');
      if (!isDry) writeFixes(fixed);
      const text = fixesText(fixed, isDry, result);
      if (format === 'pretty') print(`${text}\n`);
      else printError(text);
    }
    if (file && writes) return writeBaseline(file, result, settings.baseline !== undefined);
    if (file && result.baseline && cluster === undefined) tellStale(file, result.baseline.stale, resolve(given.path));
    const text = formats[format].render(resultFor(format, result), {
      color: hasColours(process.stdout),
      width: process.stdout.columns,
      failOn: level,
      offersFix: fixed === undefined && given.rev === undefined,
      // Few formats ask, and Node is long about a package that requires itself.
      get version() {
        return (require('cdk8s-espalier/package.json') as { version: string }).version;
      },
    });
    print(text.replace(/\n$/, ''), { commands: formats[format as FormatName].speaksToCi, finish: linkRules });
    const counts = isDry ? [...result.findings, ...(fixed?.fixed ?? [])] : result.findings;
    return counts.some(({ severity }) => failsRun(severity, level)) ? 1 : 0;
  },
};

/** Reads the tree; with --fix, as it is when it is fixed. */
async function read(
  { values }: Invocation,
  given: Given,
  settings: Settings,
  options: RunOptions,
  progress: Progress,
): Promise<{ readonly graph: Graph; readonly fixed?: FixedTree; readonly isDry: boolean }> {
  const isDry = values['dry-run'] === true;
  if (values.fix !== true) {
    if (isDry) throw new EspalierError('--dry-run says what --fix would do: give both.');
    const graph = await readGraph(given, settings, progress);
    progress.say('checking');
    return { graph, isDry };
  }
  const other = ['rev', 'write-baseline'].find((name) => values[name] !== undefined);
  if (other !== undefined) throw new EspalierError(`--fix edits the files of the folder: leave --${other} out.`);
  const { fixGiven } = require('./fix') as typeof import('./fix');
  const fixed = await fixGiven(given, settings, options, progress);
  return { graph: fixed.graph, fixed, isDry };
}

function writeBaseline(file: string, { baseline }: Result, isSet: boolean): number {
  const lines = baseline?.found ?? [];
  writeFileSync(file, printLines(lines));
  const hint = isSet ? '' : `. Set \`baseline: ${defaultBaseline}\` in the configuration, and they are known.`;
  print(`${relative(process.cwd(), file)}: ${count(lines.length, 'finding')}${hint}`);
  return 0;
}

/** Says which lines of the baseline nothing was found for, of those about what was checked. */
function tellStale(file: string, stale: readonly string[], checked: string): void {
  const about = stale.filter((line) => !relative(checked, resolve(dirname(file), fileOf(line))).startsWith('..'));
  if (about.length === 0) return;
  const lines = about.slice(0, mostStale).map((line) => `  ${inline(line.replaceAll('\t', '  '))}`);
  const more = about.length > lines.length ? [`  and ${about.length - lines.length} more`] : [];
  const are = about.length === 1 ? 'is 1 finding that is' : `are ${about.length} findings that are`;
  printError(
    `warning: in ${relative(process.cwd(), file)} there ${are} no longer found; \`espalier check --write-baseline\` writes it anew:\n${[...lines, ...more].join('\n')}`,
  );
}

const mostStale = 10;

/** @throws EspalierError for what is neither a rule nor a system */
function chooseRules(
  only: readonly string[] | undefined,
  checks: readonly RuleDescription[],
): ReadonlySet<string> | undefined {
  if (only === undefined) return undefined;
  const ruleIds = [...checks, unusedSuppression, badSuppression].map(({ id }) => id);
  const chosen = new Set<string>();
  for (const name of only) {
    const rules = ruleIds.filter((id) => id === name || id.startsWith(`${name}/`));
    if (rules.length === 0) {
      const near = nearest(name, ruleIds);
      throw new EspalierError(
        `--only ${JSON.stringify(name)}: there is no such rule${near ? `; did you mean ${near}?` : '.'} \`espalier explain\` lists all rules.`,
      );
    }
    for (const id of rules) chosen.add(id);
  }
  return chosen;
}
