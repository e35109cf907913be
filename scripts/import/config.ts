import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { EspalierError } from '../../lib/errors';

/** One custom resource definition to take over. */
export interface WantedKind {
  /** imports/<alias>.ts */
  readonly alias: string;
  /** metadata.name of the definition: plural.group. */
  readonly name: string;
  readonly group: string;
  /** imports/crds/<file> */
  readonly file: string;
}

export interface ImportConfig {
  /** As the user gave it, for messages. */
  readonly path: string;
  /** The folder that imports/ lies in. */
  readonly root: string;
  readonly kinds: readonly WantedKind[];
  /** Definitions (plural.group) that the checker knows besides the kinds. */
  readonly checked: readonly string[];
  readonly upstream: readonly string[];
  /** Kubernetes' own kinds, which the checker knows as well. */
  readonly builtins: readonly WantedBuiltin[];
  /** The URL of their JSON Schemas, with {group}, {kind} and {version}. */
  readonly catalog: string;
}

export interface WantedBuiltin {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** Reads cdk8s.yaml: what to import under `kinds`, where from under `upstream`, what else to check. */
export function readConfig(path: string): ImportConfig {
  if (!existsSync(path)) {
    throw new EspalierError(`${path}: no such file; --config takes a cdk8s.yaml that lists kinds and upstream`);
  }
  const { kinds, upstream, checked = [], builtins = [], catalog = '' } = parseConfig(path);
  if (typeof kinds !== 'object' || kinds === null || Object.keys(kinds).length === 0) {
    throw new EspalierError(`${path}: kinds must map file names to definitions, e.g. push-secret: ${example}`);
  }
  if (!Array.isArray(upstream) || !upstream.every((url) => /^https?:\/\//.test(url))) {
    throw new EspalierError(`${path}: upstream must be a list of URLs of release files, e.g. [https://…/crds.yaml]`);
  }
  if (!Array.isArray(checked) || !Array.isArray(builtins) || typeof catalog !== 'string') {
    throw new EspalierError(`${path}: checked and builtins must be lists, and catalog a URL`);
  }
  return {
    path,
    root: dirname(resolve(path)),
    checked: checked.map((name) => wantedKind(path, 'checked', name).name),
    builtins: builtins.map((name) => wantedBuiltin(path, name)),
    catalog,
    kinds: Object.entries(kinds).map(([alias, name]) => wantedKind(path, alias, name)),
    upstream,
  };
}

function parseConfig(path: string): Record<string, unknown> {
  try {
    return parse(readFileSync(path, 'utf8')) ?? {};
  } catch (error) {
    throw new EspalierError(`${path}: not readable as YAML: ${(error as Error).message.split('\n')[0]}`);
  }
}

const example = 'pushsecrets.external-secrets.io';

function wantedKind(path: string, alias: string, name: unknown): WantedKind {
  if (!/^[a-z][a-z0-9-]*$/.test(alias)) {
    throw new EspalierError(`${path}: kinds: ${JSON.stringify(alias)} is no file name; use a-z, 0-9 and -`);
  }
  const { plural, group } = /^(?<plural>[a-z0-9]+)\.(?<group>[a-z0-9.-]+)$/.exec(String(name))?.groups ?? {};
  if (!plural || !group) {
    throw new EspalierError(`${path}: kinds: ${alias}: ${JSON.stringify(name)} is not plural.group, e.g. ${example}`);
  }
  return { alias, name: `${plural}.${group}`, group, file: `${group}_${plural}.yaml` };
}

function wantedBuiltin(path: string, name: unknown): WantedBuiltin {
  const found = /^(?:(?<group>[a-z0-9.-]+)\/)?(?<version>v\w+) (?<kind>[A-Z]\w*)$/.exec(String(name))?.groups;
  const { group = '', version, kind } = found ?? {};
  if (!version || !kind) {
    throw new EspalierError(
      `${path}: builtins: ${JSON.stringify(name)} is not apiVersion and kind, e.g. apps/v1 Deployment`,
    );
  }
  return { group, version, kind };
}
