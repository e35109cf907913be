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
  /** `apiVersion/Kind` of those whose specs imports/kinds/specs.ts has. */
  readonly specs: readonly string[];
  readonly upstream: readonly string[];
  /** URLs of further definitions, which only the checker knows; of a kind that `upstream` has, too, these count. */
  readonly checked: readonly string[];
  /** Of when the catalog of JSON Schemas is that `--schemas` names. */
  readonly catalog: string;
  /** URLs of the OpenAPI of Kubernetes' releases. */
  readonly kubernetes: readonly string[];
}

/** Reads cdk8s.yaml: what to import under `kinds`, where from under `upstream`, what else the checker knows. */
export function readConfig(path: string): ImportConfig {
  if (!existsSync(path)) {
    throw new EspalierError(`${path}: no such file; --config takes a cdk8s.yaml that lists kinds and upstream`);
  }
  const { kinds, specs = [], upstream, checked = [], kubernetes = [], catalog } = parseConfig(path);
  if (typeof kinds !== 'object' || kinds === null || Object.keys(kinds).length === 0) {
    throw new EspalierError(`${path}: kinds must map file names to definitions, e.g. push-secret: ${example}`);
  }
  for (const [name, urls] of Object.entries({ upstream, checked, kubernetes })) {
    if (!Array.isArray(urls) || !urls.every((url) => /^https?:\/\//.test(url))) {
      throw new EspalierError(`${path}: ${name} must be a list of URLs of release files, e.g. [https://…/crds.yaml]`);
    }
  }
  return {
    path,
    root: dirname(resolve(path)),
    kinds: Object.entries(kinds).map(([alias, name]) => wantedKind(path, alias, name)),
    specs: specs as string[],
    upstream: upstream as string[],
    catalog: String(catalog),
    checked: checked as string[],
    kubernetes: kubernetes as string[],
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
