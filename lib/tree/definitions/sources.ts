import { spawnSync } from 'node:child_process';
import { closeSync, type Dirent, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EspalierError } from '../../errors';
import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { codeOf, messageOf } from '../read';
import { schemaFiles } from '../schemas';
import { parseFile } from '../source';
import { download } from './download';

/** A document that may say what kinds look like. */
export interface SchemaDocument {
  /** Where it is from: a path or a URL, which may name the kind. */
  readonly origin: string;
  readonly value: JsonObject;
}

export interface SchemaSourceOptions {
  /** Hosts that are asked although they are not on the public internet: `host` or `host:port`. @default none */
  readonly hosts?: readonly string[];
  /** Whether CustomResourceDefinitions alone are looked for; of a folder other files may then hold what they like. @default false */
  readonly definitions?: boolean;
}

/**
 * The documents of a source: a file, a folder, a URL, `-` for the standard input or, as `cluster:CONTEXT`, the definitions of a cluster.
 *
 * @throws EspalierError when it cannot be read
 */
export async function readSchemaSource(
  source: string,
  { hosts = [], definitions = false }: SchemaSourceOptions = {},
): Promise<SchemaDocument[]> {
  if (/^https?:\/\//i.test(source)) {
    const { origin, text } = await download(source, { hosts, maximum: largest });
    return documentsOf(origin, text);
  }
  if (source.startsWith('cluster:')) return ofCluster(source.slice('cluster:'.length));
  if (source === '-') return documentsOf('the standard input', readAll(0, 'the standard input'));
  const stats = statSync(source, { throwIfNoEntry: false });
  if (stats === undefined) {
    throw new EspalierError(
      `${source} does not exist. Give a file, a folder, a URL that begins with https://, or cluster:CONTEXT.`,
    );
  }
  if (!stats.isDirectory()) return documentsOf(source, read(source));
  const paths = definitions ? manifestsIn(source) : schemaFiles(source);
  return paths.flatMap((path) => {
    const text = read(path);
    return definitions && !text.includes('CustomResourceDefinition') ? [] : documentsOf(path, text);
  });
}

/** The YAML and JSON files of a tree. Neither links nor folders of tools are followed. */
function manifestsIn(folder: string): string[] {
  const isTools = ({ name }: Dirent) => name.startsWith('.') || name === 'node_modules';
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return isTools(entry) ? [] : manifestsIn(path);
    return entry.isFile() && /\.(?:ya?ml|json)$/.test(entry.name) ? [path] : [];
  });
}

/** So much is read of a source, in bytes. */
const largest = 50_000_000;

function read(path: string): string {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    return readAll(file, path);
  } catch (error) {
    if (error instanceof EspalierError) throw error;
    throw new EspalierError(`${path} cannot be read (${codeOf(error)}). Correct its permissions, or leave it out.`);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** A file to its end, or a pipe to that of its writer. */
function readAll(file: number, origin: string): string {
  const parts: Buffer[] = [];
  for (let size = 0; size <= largest; ) {
    const part = Buffer.alloc(65_536);
    const length = readPart(file, part);
    if (length === 0) return Buffer.concat(parts).toString('utf8');
    parts.push(part.subarray(0, length));
    size += length;
  }
  throw new EspalierError(`${origin} is larger than ${largest / 1_000_000} MB, more than espalier reads.`);
}

/** @returns how many bytes came; 0 at its end */
function readPart(file: number, part: Buffer): number {
  for (;;) {
    try {
      return readSync(file, part);
    } catch (error) {
      if (codeOf(error) === 'EOF') return 0;
      // A pipe or a terminal that has nothing yet.
      if (codeOf(error) !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

/** The objects in a text, those of lists by themselves. */
function documentsOf(origin: string, text: string): SchemaDocument[] {
  const values = /^\s*[{[]/.test(text) ? [parseJson(origin, text)] : parseYaml(origin, text);
  if (values.some(isTooDeep)) {
    throw new EspalierError(`${origin} is nested in more than ${deepest} levels, more than espalier reads.`);
  }
  return values.flatMap(itemsOf).map((value) => ({ origin, value }));
}

/** The deepest definitions, with pods in them, have some 60. */
const deepest = 200;

function isTooDeep(value: Json): boolean {
  let level: readonly Json[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return true;
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return false;
}

function parseJson(origin: string, text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new EspalierError(`${origin} cannot be read as JSON: ${messageOf(error)}`);
  }
}

function parseYaml(origin: string, text: string): Json[] {
  const { documents, faults } = parseFile('', text);
  const [fault] = faults;
  if (fault !== undefined) throw new EspalierError(`${origin}:${fault.line}: ${fault.message}`);
  return documents.map(({ value }) => value);
}

function itemsOf(value: Json): JsonObject[] {
  if (!isJsonObject(value)) return [];
  const isList = typeof value.kind === 'string' && value.kind.endsWith('List') && Array.isArray(value.items);
  if (!isList) return [value];
  // The items of a list do not say what they are: the list does.
  const kind = value.kind === 'List' ? undefined : (value.kind as string).slice(0, -'List'.length);
  const named = kind !== undefined && { apiVersion: value.apiVersion ?? '', kind };
  return (value.items as readonly Json[]).filter(isJsonObject).flatMap((item) => itemsOf({ ...named, ...item }));
}

/** @param context of the kubeconfig; '' for the current one */
function ofCluster(context: string): SchemaDocument[] {
  const args = ['get', 'customresourcedefinitions.apiextensions.k8s.io', '-o', 'json'];
  const result = spawnSync('kubectl', [...args, ...(context === '' ? [] : [`--context=${context}`])], {
    encoding: 'utf8',
    env: process.env,
    maxBuffer: 1_000_000_000,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  if (codeOf(result.error) === 'ENOENT') {
    throw new EspalierError(
      'kubectl is not on the PATH. Install it, or save the output of `kubectl get crd -o json` where there is one, and give the file.',
    );
  }
  const from = context === '' ? "kubectl's current cluster" : `cluster ${context}`;
  if (result.status !== 0) {
    const reason = result.stderr?.trim().split('\n').at(-1) || String(result.error?.message ?? 'it failed');
    throw new EspalierError(`${from} cannot be read: ${reason}`);
  }
  return documentsOf(from, result.stdout);
}
