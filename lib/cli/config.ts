import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CheckSettings } from '../checks/check-synthesized';
import type { Severity } from '../checks/finding';
import { EspalierError } from '../errors';
import { nearest } from '../nearest';
import { runFile } from './run-file';

/** What `espalier.config.*` may say. */
export interface Config extends CheckSettings {
  /** The least severity that makes `espalier check` fail. */
  readonly failOn?: Severity | 'never';
  /** Folders of CustomResourceDefinitions or JSON schemas, relative to the file. */
  readonly schemas?: readonly string[];
}

/** The files that may hold it. */
export const configNames = ['ts', 'mts', 'js', 'mjs', 'cjs', 'json', 'yaml', 'yml'].map(
  (ending) => `espalier.config.${ending}`,
);

/**
 * Reads the configuration that is given, or the first `espalier.config.*` of a folder.
 *
 * @param rules every rule's id
 * @returns an empty configuration when there is none
 * @throws EspalierError when it cannot be read, or says something that it may not
 */
export async function readConfig(
  given: string | undefined,
  folder: string,
  rules: readonly string[],
): Promise<{ config: Config; folder: string }> {
  const found = given ?? configNames.find((name) => existsSync(join(folder, name)));
  if (found === undefined) return { config: {}, folder };
  const path = given === undefined ? join(folder, found) : resolve(given);
  if (!existsSync(path))
    throw new EspalierError(`${found} does not exist. Leave --config out, or name a file that does.`);
  const config = await load(path, found);
  validate(config, found, rules);
  return { config, folder: resolve(path, '..') };
}

async function load(path: string, name: string): Promise<unknown> {
  try {
    if (/\.(?:json|ya?ml)$/.test(name)) {
      const { parse } = require('yaml') as typeof import('yaml');
      return parse(readFileSync(path, 'utf8')) ?? {};
    }
    const loaded = (await runFile(path)) as { default?: { default?: unknown } };
    // A CommonJS file's exports may be the default, and its own default within.
    return loaded.default?.default ?? loaded.default;
  } catch (error) {
    throw new EspalierError(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

type Fault = string | undefined;

/** What each key may hold; the text says what it must be. */
const keys: Readonly<Record<keyof Config, (value: unknown, rules: readonly string[]) => Fault>> = {
  rules: (value, rules) => {
    if (!isRecord(value)) return 'an object of rules, such as { "eso/two-owners": "off" }';
    for (const [id, severity] of Object.entries(value)) {
      if (!rules.includes(id)) {
        const near = nearest(id, rules);
        return `of rules that exist, and ${JSON.stringify(id)} is none${near ? `; did you mean ${near}?` : '; espalier explain lists them'}`;
      }
      if (severity !== 'off' && severity !== 'warning' && severity !== 'error') {
        return `"off", "warning" or "error" for each rule, and is ${JSON.stringify(severity)} for ${id}`;
      }
    }
    return undefined;
  },
  failOn: (value) =>
    value === 'error' || value === 'warning' || value === 'never' ? undefined : '"error", "warning" or "never"',
  schemas: (value) => (isTexts(value) ? undefined : 'a list of folders'),
  external: (value) =>
    isTexts(value) && value.every((item) => /^[^/]+\/(?:[^/]+\/)?[^/]+$/.test(item))
      ? undefined
      : 'a list of objects, each Kind/namespace/name, or Kind/name for what has no namespace',
};

function validate(config: unknown, name: string, rules: readonly string[]): asserts config is Config {
  if (!isRecord(config)) throw new EspalierError(`${name} must be (or export as default) an object.`);
  for (const [key, value] of Object.entries(config)) {
    if (!Object.hasOwn(keys, key)) {
      const near = nearest(key, Object.keys(keys));
      throw new EspalierError(
        `${name}: there is no setting ${JSON.stringify(key)}${near ? `; did you mean ${near}?` : '.'} It may have ${Object.keys(keys).join(', ')}.`,
      );
    }
    const fault = value === undefined ? undefined : keys[key as keyof Config](value, rules);
    if (fault !== undefined) throw new EspalierError(`${name}: ${key} must be ${fault}.`);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
