import { resolve } from 'node:path';
import { checkTree } from '../checks/check-tree';
import type { Finding, Result, Severity } from '../checks/finding';
import { ruleIds } from '../checks/rules';
import { EspalierError } from '../errors';
import { buildsOf } from '../graph/make-graph';
import { type FormatName, formats } from '../report';
import { failsRun } from '../report/findings';
import { makeBuild } from '../tree/kustomize';
import { readFolder, readRevision } from '../tree/source';
import type { Command } from './command';
import { type Config, readConfig } from './config';
import { Progress } from './progress';
import { readSchemas } from './schemas';
import { hasColours, print } from './terminal';

const help = `espalier check [PATH]: proves a Flux tree before Flux sees it: references, keys of Secrets, order, schemas, policies.

Usage: espalier check [PATH] [options]

  PATH              a folder of a Flux tree, or one file (default: the working directory)
  --rev REV         check the tree as it is in a Git revision, not in the folder
  --format FORMAT   ${Object.keys(formats).join(', ')} (default: pretty)
  --fail-on LEVEL   error, warning or never: what makes the command exit with 1 (default: error)
  --only RULE       report only this rule, or those of a system such as eso; may be given several times
  --schemas DIR     a folder of CustomResourceDefinitions or JSON schemas; may be given several times
  --config FILE     the configuration (default: espalier.config.ts, .js, .json or .yaml in the working directory)
  --no-kustomize    read kustomizations without the programs kustomize and kubectl, even where they are
  --trace           print the stack trace of an error

Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 it could not run.

Example: espalier check clusters --rev origin/main --format sarif > espalier.sarif`;

export const check: Command = {
  name: 'check',
  summary: 'prove a Flux tree: what would fail only when Flux applies it',
  help,
  positionals: 1,
  options: {
    rev: { type: 'string' },
    format: { type: 'string' },
    'fail-on': { type: 'string' },
    only: { type: 'string', multiple: true },
    schemas: { type: 'string', multiple: true },
    config: { type: 'string' },
    'no-kustomize': { type: 'boolean' },
  },
  async run({ values, positionals }) {
    const format = choice('--format', values.format as string | undefined, Object.keys(formats)) ?? 'pretty';
    const failOn = choice('--fail-on', values['fail-on'] as string | undefined, ['error', 'warning', 'never']);
    const { config, folder } = await readConfig(values.config as string | undefined, process.cwd(), ruleIds);
    const chosen = chooseRules(values.only as string[] | undefined);
    const level = (failOn ?? config.failOn ?? 'error') as Severity | 'never';

    const result = await runCheck(positionals[0] ?? '.', {
      rev: values.rev as string | undefined,
      schemas: [...((values.schemas as string[] | undefined) ?? []), ...inFolder(config.schemas, folder)],
      kustomize: values['no-kustomize'] !== true,
      config,
    });
    const reported = chosen === undefined ? result : { ...result, ...onlyThose(result, chosen) };
    const text = formats[format as FormatName].render(reported, {
      color: hasColours(process.stdout),
      width: process.stdout.columns,
      failOn: level,
      version: (require('cdk8s-espalier/package.json') as { version: string }).version,
    });
    print(text.replace(/\n$/, ''));
    return fails(reported.findings, level) ? 1 : 0;
  },
};

/** @throws EspalierError for a value that is none of the choices */
function choice(option: string, value: string | undefined, choices: readonly string[]): string | undefined {
  if (value === undefined || choices.includes(value)) return value;
  throw new EspalierError(`${option} ${JSON.stringify(value)}: it must be one of ${choices.join(', ')}.`);
}

/** @throws EspalierError for what is neither a rule nor a system */
function chooseRules(only: readonly string[] | undefined): ReadonlySet<string> | undefined {
  if (only === undefined) return undefined;
  const chosen = new Set<string>();
  for (const name of only) {
    const rules = ruleIds.filter((id) => id === name || id.startsWith(`${name}/`));
    if (rules.length === 0) {
      throw new EspalierError(
        `--only ${JSON.stringify(name)}: there is no such rule. espalier explain lists them all.`,
      );
    }
    for (const id of rules) chosen.add(id);
  }
  return chosen;
}

function onlyThose({ findings, rules }: Result, chosen: ReadonlySet<string>): Pick<Result, 'findings' | 'rules'> {
  return {
    findings: findings.filter(({ rule }) => chosen.has(rule)),
    rules: rules.filter(({ id }) => chosen.has(id)),
  };
}

/** Whether findings are bad enough for the exit code to say so. */
function fails(findings: readonly Finding[], level: Severity | 'never'): boolean {
  return findings.some(({ severity }) => failsRun(severity, level));
}

interface CheckRun {
  readonly rev: string | undefined;
  readonly schemas: readonly string[];
  readonly kustomize: boolean;
  readonly config: Config;
}

async function runCheck(path: string, { rev, schemas, kustomize, config }: CheckRun): Promise<Result> {
  const progress = new Progress();
  try {
    progress.say(`reading ${path}`);
    const source = rev === undefined ? readFolder(path) : readRevision(path, rev);
    if (source.files.size === 0) {
      const where = rev === undefined ? path : `${path} in ${rev}`;
      throw new EspalierError(`${where} has no YAML files. Name the folder of a Flux tree.`);
    }
    const build = makeBuild(source, { kustomize });
    progress.say(`building ${source.files.size} files`);
    await build.prefetch(buildsOf(source));
    return checkTree(source, build, {
      severities: new Map(Object.entries(config.rules ?? {})),
      external: config.external,
      schemas: readSchemas(schemas),
      onPhase: (phase) => progress.say(phase),
    });
  } finally {
    progress.end();
  }
}

function inFolder(schemas: readonly string[] | undefined, folder: string): string[] {
  return (schemas ?? []).map((path) => resolve(folder, path));
}
