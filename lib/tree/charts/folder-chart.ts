import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { listAt, textAt } from '../../json/read';
import { parseRange, parseVersion, tagOrRange } from '../../systems/helm/versions';
import { parseFile } from '../source/parse';
import type { SourceTree } from '../source/source';
import { archiveLimits, unpackChart } from './archive';
import type { ChartSource } from './chart';
import { ChartFault } from './fault';
import { helmIgnore } from './helm-ignore';
import { digestOf, packChart, sha256 } from './pack';

/** Gets the archive of a chart that another needs. */
export type FetchChart = (source: ChartSource) => Promise<Buffer>;

/** A chart that is a folder of a tree, or lies in it packed. */
export interface FolderChart {
  /** Of the archive where it lies packed, else of its files. */
  readonly digest: string;
  /** Its archive. To pack it takes longer than all else: who knows the digest seldom needs it. */
  archive(): Buffer;
}

/**
 * A chart of a tree as source-controller makes it: with the dependencies that `charts/` lacks, those of Chart.lock before those of
 * Chart.yaml (1.7 internal/helm/chart/builder_local.go, dependency_manager.go).
 */
export async function chartOfTree(tree: SourceTree, path: string, fetch: FetchChart): Promise<FolderChart> {
  const folder = within(path);
  const packed = folder.endsWith('.tgz') ? tree.read(folder) : undefined;
  if (packed !== undefined) return { digest: sha256(packed), archive: () => Buffer.from(packed) };
  const files = readChart(tree, folder);
  const metadata = metadataOf(files);
  for (const dependency of missingOf(files, metadata)) {
    const archive = await dependencyOf(tree, folder, dependency, fetch);
    const version = (textAt(dependency, 'version') ?? '').replaceAll(/[^\w.+-]/g, '_');
    files.set(`charts/${textAt(dependency, 'name')}-${version}.tgz`, archive);
  }
  return { digest: digestOf(files), archive: () => packChart(textAt(metadata, 'name') ?? 'chart', files) };
}

/** Chart.yaml of unpacked files. */
export function metadataOf(files: ReadonlyMap<string, Uint8Array>): JsonObject {
  const file = files.get('Chart.yaml');
  if (file === undefined) throw new ChartFault('it has no Chart.yaml, so it is no chart');
  const { documents, faults } = parseFile('', file);
  const value = documents[0]?.value;
  if (faults[0] !== undefined) throw new ChartFault(`its Chart.yaml cannot be read: ${faults[0].message}`);
  const name = textAt(value, 'name') ?? '';
  if (!isJsonObject(value) || !/^[\w.-]+$/.test(name) || textAt(value, 'version') === undefined) {
    throw new ChartFault('its Chart.yaml has no version, or no name of letters, digits, dots and hyphens');
  }
  return value;
}

/** A path below the tree's root: `..` leads no further than that. */
function within(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function readChart(tree: SourceTree, folder: string): Map<string, Uint8Array> {
  const where = folder || 'the root of the source';
  if (tree.list(folder) === undefined) throw new ChartFault(`there is no folder ${where} in its source`);
  const ignores = helmIgnore(Buffer.from(tree.read(join(folder, '.helmignore')) ?? '').toString('utf8'));
  const files = new Map<string, Uint8Array>();
  const add = (below: string) => {
    for (const { name, type } of tree.list(join(folder, below)) ?? []) {
      const path = join(below, name);
      if (ignores(path, type === 'folder')) continue;
      if (type === 'folder') add(path);
      else files.set(path, readFile(tree, join(folder, path)));
      if (files.size > archiveLimits.files)
        throw new ChartFault(`${where} holds more than ${archiveLimits.files} files`);
    }
  };
  add('');
  return files;
}

function readFile(tree: SourceTree, path: string): Uint8Array {
  const content = tree.read(path);
  if (content === undefined) throw new ChartFault(`${path} cannot be read`);
  if (content.length > archiveLimits.file) throw new ChartFault(`${path} is larger than 5 MiB: Helm refuses it`);
  return content;
}

function join(folder: string, name: string): string {
  return folder === '' || name === '' ? folder + name : `${folder}/${name}`;
}

/** The dependencies that `charts/` has not. */
function missingOf(files: ReadonlyMap<string, Uint8Array>, metadata: JsonObject): readonly Json[] {
  const wanted = ['Chart.lock', 'requirements.lock', 'requirements.yaml']
    .map((name) => listAt(yamlOf(files.get(name)), 'dependencies'))
    .find((list) => list.length > 0);
  const all = wanted ?? listAt(metadata, 'dependencies');
  if (all.length === 0) return [];
  const there = new Set(
    [...unpackChart(packChart('chart', files)).keys()].map((path) => /^charts\/([^/]+)\//.exec(path)?.[1]),
  );
  return all.filter((dependency) => !there.has(textAt(dependency, 'name')));
}

function yamlOf(file: Uint8Array | undefined): Json | undefined {
  return file === undefined ? undefined : parseFile('', file).documents[0]?.value;
}

async function dependencyOf(tree: SourceTree, folder: string, dependency: Json, fetch: FetchChart): Promise<Buffer> {
  const [name = '', version = '', repository = ''] = ['name', 'version', 'repository'].map((key) =>
    textAt(dependency, key),
  );
  const lacks = `${folder || 'its folder'} lacks the dependency ${name}`;
  if (!/^[\w.-]+$/.test(name)) throw new ChartFault(`${folder} has a dependency without a name`);
  if (repository.startsWith('file://')) {
    const files = readChart(tree, within(`${folder}/${repository.slice('file://'.length)}`));
    const found = textAt(metadataOf(files), 'version') ?? '';
    const parsed = parseVersion(found);
    if (parsed !== undefined && parseRange(version)?.(parsed) === true) return packChart(name, files);
    throw new ChartFault(`${lacks} ${version}: ${repository} is ${found}`);
  }
  try {
    if (repository.startsWith('oci://')) {
      const url = `${repository.replace(/\/+$/, '')}/${name}`;
      return await fetch({ type: 'oci', url, ...tagOrRange(version) });
    }
    if (/^https?:\/\//.test(repository)) return await fetch({ type: 'repository', url: repository, name, version });
  } catch (error) {
    throw error instanceof ChartFault ? new ChartFault(`${lacks}: ${error.message}`, error.fix) : error;
  }
  const where =
    repository === '' ? 'no repository is named for it' : `${JSON.stringify(repository)} is none that Flux reads`;
  throw new ChartFault(`${lacks}, and ${where}`, 'Commit it below charts/ (helm dependency build).');
}
