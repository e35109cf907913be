import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { EspalierError } from '../../errors';
import { isJsonObject, type JsonObject } from '../../json/json';
import { count } from '../../text/count';
import { type Chart, makeCharts, type RenderInput } from '../../tree/charts';
import { isOfCrds } from '../../tree/charts/documents';
import { packChart } from '../../tree/charts/pack';
import { readSchemaSource, type SchemaDocument } from '../../tree/definitions/sources';
import { parseFile } from '../../tree/source/parse';
import { slashes } from '../../tree/source/seen-from';
import { type ChartSettings, withCharts } from '../charts';
import { allowedHosts } from '../config';
import { Progress } from '../progress';
import { openChart } from './chart';

/** How the record names a chart whose definitions are meant: `crds:oci://HOST/PATH@VERSION`, `crds:https://REPOSITORY/NAME@VERSION`. */
export const chartPrefix = 'crds:';

/** How the record names a Flux tree whose charts are opened: `tree:kubernetes`. */
export const treePrefix = 'tree:';

/** What somebody names on the command line. */
export interface Given {
  readonly source: string;
  /** Of a chart in a repository. */
  readonly name: string | undefined;
  /** Of a chart. */
  readonly version: string | undefined;
  /** Of a Flux tree: whether charts come from the cache alone, in the versions of the lock. */
  readonly offline?: boolean;
}

/** The documents of a source. */
export interface Read {
  /** As the record has it; undefined for what cannot be read again: a pipe, a cluster, a URL with a query. */
  readonly entry: string | undefined;
  readonly documents: readonly SchemaDocument[];
  /** What was left out, as a sentence. */
  readonly note?: string;
}

/** @throws EspalierError where it cannot be read */
export async function readSource(given: Given): Promise<Read> {
  if (given.source.startsWith(treePrefix)) return ofTree(given.source.slice(treePrefix.length), given.offline === true);
  const chart = chartOf(given);
  if (chart !== undefined) return ofChart(chart);
  if (given.version !== undefined) throw new EspalierError(`--version is for charts, and ${given.source} is none.`);
  const { source } = given;
  const documents = await readSchemaSource(source, { hosts: await allowedHosts(), definitions: true });
  return { entry: entryOf(source), documents };
}

/** As the record has a source; undefined for one that is another thing next time. */
function entryOf(source: string): string | undefined {
  if (/^https?:/i.test(source)) return source.includes('?') ? undefined : source;
  if (source === '-' || source.startsWith('cluster:')) return undefined;
  const stats = statSync(source);
  return stats.isFile() || stats.isDirectory() ? slashes(relative('.', source)) || '.' : undefined;
}

/** The definitions that the clusters of a Flux tree have: those in its files, and those that its charts make. */
async function ofTree(path: string, offline: boolean): Promise<Read> {
  // Loaded for a tree alone: with it come all rules.
  const { readGraph, readSettings } = require('../read-graph') as typeof import('../read-graph');
  const settings = await readSettings({ charts: true, offline });
  const { clusters } = await Progress.during(async (progress) => {
    const graph = await readGraph({ path, rev: undefined }, settings, progress);
    return withCharts(graph, settings.charts as ChartSettings, settings.kubernetes, progress);
  });
  const documents = clusters
    .flatMap((cluster) => [...cluster.ofKind('apiextensions.k8s.io', 'CustomResourceDefinition')])
    .filter(({ uncertain }) => !uncertain)
    .map(({ document, value }) => ({ origin: document.file.path, value }));
  const closed = clusters.flatMap(({ charts }) =>
    [...charts.values()].flatMap((contents) => (contents.type === 'closed' ? [`${contents.why}.`] : [])),
  );
  const note = closed.length === 0 ? {} : { note: `${count(closed.length, 'release')} stayed closed: ${closed[0]}` };
  return { entry: `${treePrefix}${slashes(relative('.', path)) || '.'}`, documents, ...note };
}

/** Whether the record's entry is another version of the same source: texts that differ in version numbers alone. */
export function isOtherVersion(entry: string, other: string): boolean {
  const plain = (text: string) => text.replace(/v?\d+(?:\.\d+)+(?:-(?:rc|alpha|beta)[.\d]*)?/gi, '*');
  return entry !== other && /^(?:crds:|https?:)/.test(entry) && plain(entry) === plain(other);
}

function chartOf({ source, name, version }: Given): Given | undefined {
  if (!source.startsWith(chartPrefix)) {
    const isChart = source.startsWith('oci://') || source.endsWith('.tgz') || name !== undefined;
    return isChart || existsSync(join(source, 'Chart.yaml')) ? { source, name, version } : undefined;
  }
  const [, url = '', recorded] = /^(.*?)(?:@([^@/]+))?$/.exec(source.slice(chartPrefix.length)) ?? [];
  if (!/^https?:/.test(url)) return { source: url, name, version: version ?? recorded };
  const slash = url.lastIndexOf('/');
  return { source: url.slice(0, slash), name: url.slice(slash + 1), version: version ?? recorded };
}

async function ofChart({ source, name, version }: Given): Promise<Read> {
  const chart = await openChart(source, name, version);
  const isPath = !/^(?:oci|https?):\/\//.test(source);
  const place = isPath
    ? slashes(relative('.', source))
    : `${source.replace(/\/+$/, '')}${name === undefined ? '' : `/${name}`}@${chart.version}`;
  const plain = [...chart.files].filter(([path]) => isOfCrds(path) && /\.(?:ya?ml|json)$/.test(path));
  const documents = plain.flatMap(([path, text]) => documentsOf(`${source}: ${path}`, text));
  const mentions = [...chart.files].some(
    ([path, text]) => /(?:^|\/)templates\//.test(path) && text.includes('CustomResourceDefinition'),
  );
  const rendered = mentions ? await renderedDefinitions(chart, source) : [];
  if (typeof rendered !== 'string') return { entry: chartPrefix + place, documents: [...documents, ...rendered] };
  if (documents.length === 0) throw new EspalierError(`${source}: its templates make definitions: ${rendered}`);
  return {
    entry: chartPrefix + place,
    documents,
    note: `Definitions in the templates of ${source} were left out: ${rendered}`,
  };
}

function documentsOf(origin: string, text: string): SchemaDocument[] {
  return parseFile('', text).documents.flatMap(({ value }) => (isJsonObject(value) ? [{ origin, value }] : []));
}

type ReadChart = Awaited<ReturnType<typeof openChart>>;

/** What the templates make, with the first value that turns definitions on where they do not come by themselves; or why nothing is known. */
async function renderedDefinitions(chart: ReadChart, source: string): Promise<readonly SchemaDocument[] | string> {
  const folder = mkdtempSync(join(tmpdir(), 'espalier-import-'));
  try {
    const archive = chart.archive ?? (source.endsWith('.tgz') ? resolve(source) : packed(chart, folder));
    const charts = makeCharts({});
    const values = parseFile('', chart.files.get('values.yaml') ?? '').documents[0]?.value;
    let failure = 'they make none with the values that espalier tried';
    for (const tried of [{}, ...switches(isJsonObject(values ?? null) ? (values as JsonObject) : {})]) {
      const rendering = await charts.render(whole(chart, archive), { ...input, values: tried });
      if (rendering.type === 'closed') return [`${rendering.why}.`, rendering.fix].join(' ').trim();
      if (rendering.type === 'failed') {
        failure = rendering.message;
        continue;
      }
      const found = rendering.objects
        .filter(({ value }) => value.kind === 'CustomResourceDefinition')
        .map(({ value, template }) => ({ origin: `${source}: ${template}`, value }));
      if (found.length > 0) return found;
    }
    return `${failure}.`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A copy, whose own members may be made when they are asked for. */
function whole({ name, version, digest, metadata, files }: ReadChart, archive: string): Chart {
  return { name, version, digest, metadata, files, archive };
}

function packed({ name, files }: ReadChart, folder: string): string {
  const path = join(folder, 'chart.tgz');
  writeFileSync(path, packChart(name, new Map([...files].map(([file, text]) => [file, Buffer.from(text)]))));
  return path;
}

const input: Omit<RenderInput, 'values'> = {
  release: { name: 'crds', namespace: 'default' },
  valuesFiles: [],
  crds: false,
  hooks: false,
  kubeVersion: '1.36.0',
  apiVersions: [],
};

/** Values that charts have to turn their definitions on: crds.enabled, installCRDs and the like, one at a time. */
function switches(values: JsonObject): JsonObject[] {
  return Object.entries(values).flatMap(([key, value]): JsonObject[] => {
    if (isJsonObject(value)) {
      const inner = /crds?$/i.test(key)
        ? ['enabled', 'install', 'create'].filter((name) => value[name] === false).map((name) => ({ [name]: true }))
        : switches(value);
      return inner.map((each) => ({ [key]: each }));
    }
    return value === false && /crds?$/i.test(key) ? [{ [key]: true }] : [];
  });
}
