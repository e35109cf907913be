import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { EspalierError } from '../errors';
import { isJsonObject, type Json, type JsonObject } from '../json/json';
import { codeOf, messageOf } from './read';
import { schemaFiles } from './schemas';
import { parseFile } from './source';

/** A document that may say what kinds look like. */
export interface SchemaDocument {
  /** Where it is from: a path or a URL, which may name the kind. */
  readonly origin: string;
  readonly value: JsonObject;
}

/**
 * The documents of a source: a file, a folder, a URL or, as `cluster:CONTEXT`, the definitions of a cluster.
 *
 * @throws EspalierError when it cannot be read
 */
export async function readSchemaSource(source: string): Promise<SchemaDocument[]> {
  if (/^https?:\/\//i.test(source)) return download(source);
  if (source.startsWith('cluster:')) return ofCluster(source.slice('cluster:'.length));
  const stats = statSync(source, { throwIfNoEntry: false });
  if (stats === undefined) {
    throw new EspalierError(
      `${source} does not exist. Give a file, a folder, a URL that begins with https://, or cluster:CONTEXT.`,
    );
  }
  const paths = stats.isDirectory() ? schemaFiles(source) : [source];
  return paths.flatMap((path) => documentsOf(path, read(path)));
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new EspalierError(`${path} cannot be read (${codeOf(error)}). Correct its permissions, or leave it out.`);
  }
}

/** The objects in a text, those of lists by themselves. */
function documentsOf(origin: string, text: string): SchemaDocument[] {
  const values = /^\s*[{[]/.test(text) ? [parseJson(origin, text)] : parseYaml(origin, text);
  return values.flatMap(itemsOf).map((value) => ({ origin, value }));
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

/** So much is read of an answer, in bytes, and for so long is waited, in milliseconds. */
const largest = 50_000_000;
const longest = 60_000;

async function download(source: string): Promise<SchemaDocument[]> {
  const url = parseUrl(source);
  // What may be a credential is not repeated.
  const shown = `${url.origin}${url.pathname}`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(longest) });
    if (!response.ok) throw new EspalierError(`${shown} answers ${response.status} ${response.statusText}`.trim());
    parseUrl(response.url);
    if (Number(response.headers.get('content-length')) > largest) throw new EspalierError(`${shown} is too large`);
    const text = await response.text();
    if (text.length > largest) throw new EspalierError(`${shown} is too large`);
    return documentsOf(shown, text);
  } catch (error) {
    if (error instanceof EspalierError) throw error;
    const { cause, message, name } = error as Error;
    const reason =
      name === 'TimeoutError' ? 'no answer within a minute' : cause instanceof Error ? cause.message : message;
    throw new EspalierError(
      `${shown} cannot be downloaded: ${reason}. Correct the URL, or download it yourself and give the file.`,
    );
  }
}

/** Only what nobody on the way can change: over TLS, or from this machine. */
function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw new EspalierError(`${JSON.stringify(text)} is not a URL.`);
  if (url.username !== '' || url.password !== '') {
    throw new EspalierError(
      `${url.origin}${url.pathname} is not read with credentials. Download it yourself, and give the file.`,
    );
  }
  const isLocal = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLocal)) return url;
  throw new EspalierError(
    `${url.origin}${url.pathname} is not read over http: anybody on the way could change it. Give a URL that begins with https://.`,
  );
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
