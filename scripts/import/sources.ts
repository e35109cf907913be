import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { EspalierError } from '../../lib/errors';
import { jsonSchemaKind } from '../../lib/graph/schema/json-schema';
import type { OpenApi } from '../../lib/graph/schema/openapi';
import type { JsonObject } from '../../lib/json/json';

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

/** A JSON Schema as a catalog has it. */
export interface CatalogSchema {
  readonly group: string;
  /** In lower case. */
  readonly kind: string;
  readonly version: string;
  readonly schema: JsonObject;
}

/** What the checker's schemas are made of. */
export interface SchemaSources {
  /** Of several of a kind the first counts. */
  readonly definitions: readonly Definition[];
  readonly openApis: readonly OpenApi[];
  /** They count for kinds that nothing else defines. */
  readonly catalog: readonly CatalogSchema[];
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

/** Reads folders of definitions (YAML), JSON Schemas ({group}/{kind}_{version}.json) and Kubernetes' OpenAPI (v1.36.json). */
export function readSchemaSources(folders: readonly string[]): SchemaSources {
  const found = folders.map((folder) => ({ folder, names: filesIn(folder) }));
  const pathsOf = (wanted: RegExp) =>
    found.flatMap(({ folder, names }) => names.filter((name) => wanted.test(name)).map((name) => ({ folder, name })));
  const json = ({ folder, name }: { folder: string; name: string }) =>
    parseJson(join(folder, name), readFileSync(join(folder, name), 'utf8'));
  return {
    definitions: pathsOf(/\.ya?ml$/).flatMap(({ folder, name }) =>
      allDefinitions({ origin: join(folder, name), text: readFileSync(join(folder, name), 'utf8') }),
    ),
    openApis: pathsOf(openApiFile).map((path) => openApi(path.name, json(path))),
    catalog: pathsOf(/\.json$/).flatMap((path) => {
      const named = openApiFile.test(path.name) ? undefined : jsonSchemaKind(join(path.folder, path.name));
      return named === undefined ? [] : [{ ...named, schema: json(path) }];
    }),
  };
}

const openApiFile = /(?:^|\/)v1\.\d+\.json$/;

function openApi(name: string, { definitions }: JsonObject): OpenApi {
  return { minor: Number(/v1\.(\d+)/.exec(name)?.[1]), definitions: definitions as OpenApi['definitions'] };
}

/** @throws EspalierError when there is no such folder */
function filesIn(folder: string): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new EspalierError(`--schemas ${folder}: no such folder; give one of definitions, JSON Schemas or OpenAPI`);
  }
  return (readdirSync(folder, { recursive: true }) as string[]).sort();
}

function parseJson(origin: string, text: string): JsonObject {
  try {
    return JSON.parse(text) as JsonObject;
  } catch (error) {
    throw new EspalierError(`${origin}: not JSON: ${(error as Error).message}`);
  }
}

/** Kubernetes' OpenAPI of several releases, each the version that a URL names: …/v1.36.3/api/openapi-spec/swagger.json. */
export function downloadOpenApis(urls: readonly string[]): Promise<OpenApi[]> {
  return Promise.all(urls.map(async (url) => openApi(url, parseJson(url, (await download(url)).text))));
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

/** All definitions of a source. */
export function allDefinitions({ origin, text }: Source): Definition[] {
  return text
    .split(/^---(?=\s|$)/m)
    .filter((document) => document.includes('CustomResourceDefinition'))
    .flatMap((document) => definitionsIn(parseManifest(origin, document)))
    .map((manifest) => ({ origin, manifest }));
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
