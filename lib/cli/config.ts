import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ParseError } from 'jsonc-parser';
import type { Config } from '../config';
import { EspalierError } from '../errors';
import { ruleFault } from '../rules/rule';
import type { RuleSet } from '../rules/settings';
import { severities } from '../rules/severity';
import { nearest } from '../text/nearest';
import { readRegular } from '../tree/regular';
import { gitTop } from '../tree/source/folder';
import { realPath } from '../tree/source/seen-from';
import { runFile } from './run-file';

/** The files that may hold it. */
export const configNames = ['ts', 'mts', 'js', 'mjs', 'cjs', 'json', 'yaml', 'yml'].map(
  (ending) => `espalier.config.${ending}`,
);

/** A configuration and where it is from. */
export interface ReadConfig {
  readonly config: Config;
  /** The folder that its paths are relative to. */
  readonly folder: string;
  /** The file, as messages name it; undefined when there is none. */
  readonly name: string | undefined;
}

/**
 * Reads the configuration that is given, or the first `espalier.config.*` of a folder.
 *
 * @param faultOf what is wrong with settings whose form is right; undefined when that is asked later, since it takes all rules to know them
 * @returns an empty configuration when there is none
 * @throws EspalierError when it cannot be read, or says something that it may not
 */
export async function readConfig(
  given: string | undefined,
  folder: string,
  faultOf: ((config: Config) => string | undefined) | undefined,
): Promise<ReadConfig> {
  const found = given ?? configNames.find((name) => existsSync(join(folder, name)));
  if (found === undefined) return { config: {}, folder, name: undefined };
  const path = given === undefined ? join(folder, found) : resolve(given);
  if (!existsSync(path))
    throw new EspalierError(`${found} does not exist. Name an existing file, or leave --config out.`);
  const config = await load(path, found, given === undefined);
  if (isData(found) && isRecord(config) && config.ownRules !== undefined) throw ofCode(found);
  validate(config, found);
  if (isData(found)) refuseOutside(config, found, resolve(path, '..'));
  const fault = faultOf?.(config);
  if (fault !== undefined) throw new EspalierError(`${found}: ${fault}`);
  return { config, folder: resolve(path, '..'), name: found };
}

/** The hosts that may be asked although they are not on the public internet, as the configuration of the working directory says. */
export async function allowedHosts(): Promise<readonly string[]> {
  const { config } = await readConfig(undefined, process.cwd(), undefined);
  return (typeof config.charts === 'object' && config.charts.hosts) || [];
}

/** Whether a configuration is data: one that is a program may read what it likes. */
function isData(name: string): boolean {
  return /\.(?:json|ya?ml)$/.test(name);
}

/** @throws EspalierError for schemas or a baseline outside of the repository: whoever proposes a change may not have other files read */
function refuseOutside({ schemas = [], policies = [], baseline }: Config, name: string, folder: string): void {
  const root = realPath(gitTop(folder) ?? folder);
  const isOutside = (path: string) => !`${realPath(resolve(folder, path))}/`.startsWith(`${root}/`);
  if (baseline !== undefined && isOutside(baseline)) {
    throw new EspalierError(`${name}: baseline: ${baseline} lies outside of ${root}. Name a file inside it.`);
  }
  const policy = policies.find(isOutside);
  if (policy !== undefined) {
    throw new EspalierError(`${name}: policies: ${policy} lies outside of ${root}. Name a folder inside it.`);
  }
  const outside = schemas.find(isOutside);
  if (outside === undefined) return;
  throw new EspalierError(
    `${name}: schemas: ${outside} lies outside of ${root}. Name a folder inside it, or use --schemas ${outside}.`,
  );
}

/** @param isFound whether nobody named the file: then a link, which may lead anywhere, is not followed */
async function load(path: string, name: string, isFound: boolean): Promise<unknown> {
  try {
    if (isData(name)) {
      const text = isFound ? readRegular(path).toString('utf8') : readFileSync(path, 'utf8');
      // YAML, of which JSON is a part, would tell of its faults in words of its own.
      if (name.endsWith('.json')) return parseJson(text);
      const { parse } = require('yaml') as typeof import('yaml');
      return parse(text) ?? {};
    }
    const loaded = (await runFile(path)) as { default?: { default?: unknown } };
    // A CommonJS file's exports may be the default, and its own default within.
    return loaded.default?.default ?? loaded.default;
  } catch (error) {
    throw new EspalierError(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** JSON, in which comments, and commas at the end of lists, may stand. @throws Error that says what is missing where */
function parseJson(text: string): unknown {
  const { parse, printParseErrorCode } = require('jsonc-parser') as typeof import('jsonc-parser');
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const [error] = errors;
  if (error === undefined) return value ?? {};
  const { offset, length } = error;
  const lines = text.slice(0, offset).split('\n');
  const isCutOff = text.slice(offset).trim() === '';
  const code = printParseErrorCode(error.error);
  const what =
    code === 'InvalidSymbol'
      ? `${text.slice(offset, offset + length)} must stand in double quotes`
      : faultsOfJson[code];
  throw new Error(
    `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}: ${isCutOff ? 'it ends too early: ' : ''}${what ?? 'this is no JSON'}.`,
  );
}

const faultsOfJson: Readonly<Record<string, string>> = {
  PropertyNameExpected: 'a property in double quotes is missing',
  ValueExpected: 'a value is missing',
  ColonExpected: 'a ":" is missing',
  CommaExpected: 'a "," is missing',
  CloseBraceExpected: 'a "}" is missing',
  CloseBracketExpected: 'a "]" is missing',
  UnexpectedEndOfString: 'a closing quotation mark is missing',
  EndOfFileExpected: 'nothing may follow the end of the object',
};

type Fault = string | undefined;

/** What each key may hold; the text says what it must be. */
const keys: Readonly<Record<keyof Config, (value: unknown) => Fault>> = {
  rules: (value) => {
    if (!isRecord(value)) return 'an object of rules, such as { "eso/two-owners": "off" }';
    for (const [id, setting] of Object.entries(value)) {
      if (!isRuleSetting(setting)) {
        return `"off", "info", "warning", "error" or { severity, options } for each rule, and is ${JSON.stringify(setting)} for ${id}`;
      }
    }
    return undefined;
  },
  ownRules: (value) => {
    if (!Array.isArray(value)) return 'a list of rules that defineRule makes';
    const fault = value.map(ruleFault).find((found) => found !== undefined);
    return fault === undefined ? undefined : `a list of rules that defineRule makes: ${fault}`;
  },
  ruleSets: (value) =>
    isTexts(value) && value.every((set) => sets.includes(set as RuleSet))
      ? undefined
      : `a list of sets of rules: ${sets.join(', ')}`,
  failOn: (value) =>
    value === 'error' || value === 'warning' || value === 'never' ? undefined : '"error", "warning" or "never"',
  policies: (value) => (isTexts(value) ? undefined : 'a list of folders'),
  kyverno: (value) => (typeof value === 'boolean' ? undefined : 'true or false'),
  schemas: (value) => (isTexts(value) ? undefined : 'a list of folders'),
  // In YAML, 1.30 without quotes is the number 1.3.
  kubernetes: (value) => (typeof value === 'string' ? undefined : 'a release of Kubernetes in quotes, such as "1.34"'),
  charts: (value) =>
    typeof value === 'boolean' ||
    (isRecord(value) && Object.keys(value).every((key) => key === 'hosts') && isTexts(value.hosts ?? []))
      ? undefined
      : 'true, or { hosts: [...] } with the hosts of registries that are not public, such as "registry.local:5000"',
  external: (value) =>
    isTexts(value) && value.every((item) => /^[^/]+\/(?:[^/]+\/)?[^/]+$/.test(item))
      ? undefined
      : 'a list of objects, each written as Kind/namespace/name, or as Kind/name if it has no namespace',
  baseline: (value) => (typeof value === 'string' && value !== '' ? undefined : 'a file, such as "espalier.baseline"'),
};

const sets: readonly RuleSet[] = ['pod-security'];

function isRuleSetting(setting: unknown): boolean {
  if (!isRecord(setting)) return levels.includes(setting as string);
  const { severity, options, ...others } = setting;
  const isLevel = severity === undefined || levels.includes(severity as string);
  return isLevel && (options === undefined || isRecord(options)) && Object.keys(others).length === 0;
}

const levels: readonly string[] = ['off', ...severities];

function ofCode(name: string): EspalierError {
  return new EspalierError(
    `${name}: ownRules: rules of your own are code: write espalier.config.ts (docs/own-rules.md).`,
  );
}

function validate(config: unknown, name: string): asserts config is Config {
  if (!isRecord(config)) throw new EspalierError(`${name} must be (or export as default) an object.`);
  for (const [key, value] of Object.entries(config)) {
    // What an editor reads of JSON: see espalier.schema.json.
    if (key === '$schema') continue;
    if (!Object.hasOwn(keys, key)) {
      const near = nearest(key, Object.keys(keys));
      throw new EspalierError(
        `${name}: there is no setting ${JSON.stringify(key)}${near ? `; did you mean ${near}?` : '.'} The settings are ${Object.keys(keys).join(', ')}.`,
      );
    }
    const fault = value === undefined ? undefined : keys[key as keyof Config](value);
    if (fault !== undefined) throw new EspalierError(`${name}: ${key} must be ${fault}.`);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
