import { appendFileSync } from 'node:fs';
import { describeRule } from '../checks/describe-rule';
import type { Severity } from '../checks/finding';
import { checks } from '../checks/index';
import { EspalierError } from '../errors';
import { formats } from '../report';
import { commentText, isTooDangerous, type Said, statusText } from '../report/comment';
import { failsRun } from '../report/findings';
import { merge } from '../report/merge/merge';
import type { Command } from './command';
import { forgeHere, forgeNames, type Here, tokenFor } from './forges';
import { Api } from './forges/api';
import type { Change } from './forges/forge';
import { type Kept, keepComment } from './forges/keep';
import { belowTop, resultFor } from './from-top';
import { readReportFile } from './report';
import { print, printError } from './terminal';

const levels = ['low', 'medium', 'high', 'critical', 'never'] as const;

const help = `espalier comment FILE...: writes what espalier check and diff found as one comment on a pull request, and keeps it up to date.

Usage: espalier comment FILE... [options]

  FILE              what espalier check or espalier diff printed with --format json
  --name NAME       tells the comments of several trees apart: letters, digits, dots and dashes (default: tree)
  --status          show the result beside the commit, too
  --fail-on LEVEL   error, warning or never: exit with 1 when a check found anything of at least this severity (default: error)
  --danger LEVEL    ${levels.join(', ')}: exit with 1 when a change is at least this dangerous (default: never)
  --dry-run         write nothing and ask nobody; show the comment
  --trace           print the stack trace of an error

It runs in the CI of ${forgeNames}, also by Woodpecker. The pull request is the one that
the variables of the CI tell of; the token is in ESPALIER_TOKEN, else in GITHUB_TOKEN, FORGEJO_TOKEN, GITEA_TOKEN, GITLAB_TOKEN
or SYSTEM_ACCESSTOKEN. A later run updates the comment; when nothing is left to say, it goes. A run for no pull request, or for
one of a fork, whose runs have no token, says so and writes none. Findings show at their lines where the log can do that.

Exit codes: 0 done; 1 findings or danger that count; 2 it could not run, or may not write.

Example: espalier comment check.json diff.json`;

export const comment: Command = {
  help,
  positionals: Number.POSITIVE_INFINITY,
  options: {
    name: { type: 'string' },
    status: { type: 'boolean' },
    'fail-on': { type: 'string', choices: ['error', 'warning', 'never'] },
    danger: { type: 'string', choices: levels },
    'dry-run': { type: 'boolean' },
  },
  async run({ values, positionals: files }) {
    if (files.length === 0) {
      throw new EspalierError('name what to comment: espalier comment check.json diff.json, made with --format json.');
    }
    const failOn = (values['fail-on'] ?? 'error') as Severity | 'never';
    const danger = (values.danger ?? 'never') as (typeof levels)[number];
    const name = (values.name as string | undefined) ?? 'tree';
    if (!/^[\w.-]{1,60}$/.test(name)) {
      throw new EspalierError(`--name ${JSON.stringify(name)}: use at most 60 letters, digits, dots and dashes.`);
    }
    const said = readSaid(files);
    const here = forgeHere(process.env);
    const change = here?.forge.change(here.env);
    const { version } = require('cdk8s-espalier/package.json') as { version: string };
    const text = commentText(said, {
      failOn,
      version,
      repository: change?.files && [change.files, belowTop()].filter((part) => part !== '').join('/'),
      commit: change?.commit,
      run: change?.run,
    });
    const fails =
      said.check?.findings.some(({ severity }) => failsRun(severity, failOn)) || isTooDangerous(said.diff, danger);
    const code = fails ? 1 : 0;

    if (values['dry-run'] === true) {
      printError(`${change?.name ?? 'No pull request'}: the comment would be`);
      print(text ?? '(none: nothing is to say)');
      return code;
    }
    if (here === undefined) {
      throw new EspalierError(
        `this is not the CI of ${forgeNames}: there is no pull request to comment on. Run it there, or add --dry-run to see the comment.`,
      );
    }
    annotate(here, said, version, failOn);
    if (fails) print(`This run fails: ${statusText(said)}.`);
    summarize(here, text);
    if (change === undefined) {
      print(`This run is for no pull request of ${here.forge.name}: there is nothing to comment on.`);
      return code;
    }
    const status =
      values.status === true ? { name: statusName(name), failed: fails, text: statusText(said) } : undefined;
    await write(here, change, { name, text, status });
    return code;
  },
};

/** @throws EspalierError for what is no report */
function readSaid(files: readonly string[]): Said {
  const reports = files.map(readReportFile);
  const rules = { rules: checks.map(describeRule), fold: true };
  const of = (kind: 'check' | 'diff') => {
    const some = reports.filter((report) => report.kind === kind);
    return some.length === 0 ? undefined : merge(some, rules);
  };
  const [check, diff] = [of('check'), of('diff')];
  return {
    check: check?.kind === 'check' ? check.result : undefined,
    diff: diff?.kind === 'diff' ? diff.review : undefined,
  };
}

/** A log that cannot show findings at their lines tells those for which the run fails: there may be no comment. */
function annotate({ forge }: Here, { check }: Said, version: string, failOn: Severity | 'never'): void {
  if (check === undefined) return;
  const { annotations } = forge;
  const fatal = check.findings.filter(({ severity }) => failsRun(severity, failOn));
  if (annotations === undefined && fatal.length === 0) return;
  const format = annotations ?? 'pretty';
  const shown = annotations === undefined ? { ...check, findings: fatal } : resultFor(annotations, check);
  const text = formats[format].render(shown, { color: false, failOn, version });
  print(text.trimEnd(), { commands: annotations !== undefined });
}

/** GitHub and Gitea 1.27 show this file on the page of the run: there the report is, whoever may write a comment. */
function summarize({ env }: Here, text: string | undefined): void {
  const file = env.GITHUB_STEP_SUMMARY;
  if (file && text !== undefined) appendFileSync(file, `${text}\n`);
}

interface Written {
  readonly name: string;
  readonly text: string | undefined;
  readonly status: { readonly name: string; readonly failed: boolean; readonly text: string } | undefined;
}

/** @throws EspalierError where the forge refuses the token */
async function write(here: Here, change: Change, { name, text, status }: Written): Promise<void> {
  const { forge } = here;
  const found = tokenFor(here);
  if (found === undefined) return withoutToken(here, change, text);
  const called = { forge: forge.name, change: change.name, variable: found.variable, grant: forge.grant };
  const thread = forge.open(new Api(change.api, forge.login(found.token), called), change);
  const marker = `<!-- espalier: ${name} -->`;
  const kept = await orRefused(change, () => keepComment(thread, marker, text));
  if (kept === undefined) return withoutToken(here, change, text);
  print(outcomes[kept](change.name));
  if (status === undefined) return;
  const { failed, text: description } = status;
  const shown = await orRefused(change, async () => {
    await thread.status({ name: status.name, failed, description: description.slice(0, 140), url: change.run });
    return true;
  });
  if (!shown) print(`Nothing beside the commit of ${change.name}: ${refusal(change)}`);
}

/** @returns undefined where a run that has no token that may write was refused it */
async function orRefused<T>({ untrusted }: Change, write: () => Promise<T>): Promise<T | undefined> {
  try {
    return await write();
  } catch (error) {
    if (untrusted === undefined || (error as { status?: number }).status !== 403) throw error;
    return undefined;
  }
}

function refusal({ untrusted }: Change): string {
  return `it is of ${untrusted}, whose runs have no token that may write.`;
}

/** What people can do without is no failure. */
function withoutToken({ forge }: Here, change: Change, text: string | undefined): void {
  const why =
    change.untrusted === undefined
      ? `there is no token in ${forge.tokens.join(', ')}. ${forge.grant}`
      : refusal(change);
  print(`No comment on ${change.name}: ${why}\n${text ?? 'Nothing is to say.'}`);
}

function statusName(name: string): string {
  return name === 'tree' ? 'espalier' : `espalier/${name}`;
}

const outcomes: Readonly<Record<Kept, (change: string) => string>> = {
  written: (change) => `Commented on ${change}.`,
  updated: (change) => `Updated the comment on ${change}.`,
  unchanged: (change) => `The comment on ${change} says so already.`,
  removed: (change) => `Removed the comment on ${change}: nothing is to say any more.`,
  resolved: (change) => `Closed the comment on ${change}: nothing is to say any more.`,
  none: (change) => `Nothing is to say of ${change}.`,
};
