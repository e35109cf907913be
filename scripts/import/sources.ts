import { type Dirent, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { EspalierError } from '../../lib/errors';
import type { JsonObject } from '../../lib/json/json';
import type { WantedBuiltin } from './config';

/** A file of upstream manifests: one definition, or a bundle of any number of documents. */
export interface Source {
  /** The path or URL, for messages. */
  readonly origin: string;
  readonly text: string;
}

/** A custom resource definition as its project released it. */
export interface Definition {
  readonly origin: string;
  readonly manifest: Manifest;
}

export interface Manifest {
  readonly kind?: string;
  readonly metadata?: { readonly name?: string };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly items?: readonly Manifest[];
}

/** A kind of Kubernetes' own, and its JSON Schema as the catalog has it. */
export interface Builtin {
  readonly group: string;
  readonly kind: string;
  readonly version: string;
  readonly schema: JsonObject;
}

/** Reads a folder's YAML files (not those of folders in it). */
export function readSources(folder: string): Source[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    const problem = (error as NodeJS.ErrnoException).code === 'ENOTDIR' ? 'is a file' : 'no such folder';
    throw new EspalierError(`--from ${folder}: ${problem}; give a folder of CustomResourceDefinition files (*.yaml)`);
  }
  const files = entries.filter((file) => !file.isDirectory() && /\.ya?ml$/.test(file.name)).map((file) => file.name);
  if (files.length === 0) throw new EspalierError(`--from ${folder}: no *.yaml file in it`);
  return files.sort().map((name) => ({ origin: join(folder, name), text: readFileSync(join(folder, name), 'utf8') }));
}

/** Reads the JSON Schemas of Kubernetes' own kinds from a folder's files {group}_{kind}_{version}.json. */
export function readBuiltins(folder: string, builtins: readonly WantedBuiltin[]): Builtin[] {
  return builtins.map((builtin) => {
    const path = join(folder, `${builtin.group || 'core'}_${builtin.kind.toLowerCase()}_${builtin.version}.json`);
    if (!existsSync(path)) throw new EspalierError(`--schemas ${folder}: it has no ${path.slice(folder.length + 1)}`);
    return { ...builtin, schema: parseJson(path, readFileSync(path, 'utf8')) };
  });
}

/** Downloads the JSON Schemas of Kubernetes' own kinds from a catalog. */
export function downloadBuiltins(catalog: string, builtins: readonly WantedBuiltin[]): Promise<Builtin[]> {
  return Promise.all(
    builtins.map(async (builtin) => {
      const url = catalog
        .replace('{group}', builtin.group || 'core')
        .replace('{kind}', builtin.kind.toLowerCase())
        .replace('{version}', builtin.version);
      return { ...builtin, schema: parseJson(url, (await download(url)).text) };
    }),
  );
}

function parseJson(origin: string, text: string): JsonObject {
  try {
    return JSON.parse(text) as JsonObject;
  } catch (error) {
    throw new EspalierError(`${origin}: not JSON: ${(error as Error).message}`);
  }
}

export function downloadSources(urls: readonly string[]): Promise<Source[]> {
  return Promise.all(urls.map(download));
}

async function download(url: string): Promise<Source> {
  const advice = 'correct the URL under upstream, or give the files with --from DIR';
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(60_000) });
    if (!response.ok) throw new EspalierError(`${url}: HTTP ${response.status} ${response.statusText}; ${advice}`);
    return { origin: url, text: await response.text() };
  } catch (error) {
    if (error instanceof EspalierError) throw error;
    const { message, cause } = error as Error;
    const reason = cause instanceof Error && cause.message ? cause.message : message;
    throw new EspalierError(`${url}: not downloaded (${reason}); ${advice}`);
  }
}

/** Picks the wanted definitions out of the sources, whatever else the bundles hold. */
export function findDefinitions(sources: readonly Source[], names: readonly string[]): Map<string, Definition[]> {
  const wanted = new Set(names);
  const found = new Map<string, Definition[]>();
  for (const { origin, text } of sources) {
    // A line that begins with --- ends a document even inside a block scalar, so a cut here is exact; it spares
    // parsing the megabytes of a bundle that nobody asked for.
    for (const document of text.split(/^---(?=\s|$)/m)) {
      if (!document.includes('CustomResourceDefinition') || !names.some((name) => document.includes(name))) continue;
      for (const manifest of definitionsIn(parseManifest(origin, document))) {
        const name = manifest.metadata?.name ?? '';
        if (wanted.has(name)) found.set(name, [...(found.get(name) ?? []), { origin, manifest }]);
      }
    }
  }
  return found;
}

function parseManifest(origin: string, text: string): Manifest {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) throw new EspalierError(`${origin}: not YAML: ${error.message.split('\n')[0]}`);
  return (document.toJS() ?? {}) as Manifest;
}

function definitionsIn(manifest: Manifest): readonly Manifest[] {
  if (manifest.kind === 'CustomResourceDefinition') return [manifest];
  return (manifest.kind?.endsWith('List') ? (manifest.items ?? []) : []).flatMap(definitionsIn);
}
