import { resolve } from 'node:path';
import type { Config } from '../config';
import { EspalierError } from '../errors';
import type { Graph } from '../graph/graph';
import { openCharts } from '../graph/releases';
import { packedSchemas } from '../graph/schema/read-schemas';
import type { Lock, OpenableCharts } from '../tree/charts';
import type { Invocation } from './command';
import type { Progress } from './progress';

/** How the charts of HelmReleases are opened. */
export interface ChartSettings {
  /** Those of all trees that a command reads. */
  readonly charts: OpenableCharts;
  readonly hosts: readonly string[];
  readonly apiVersions: readonly string[];
  /** Where the lock lies, or would. */
  readonly lockPath: string;
  readonly lock: Lock | undefined;
}

/**
 * What the options and the configuration say of charts; undefined where they stay closed.
 *
 * @param folder where the configuration lies, or would
 * @throws EspalierError for options that are nothing without charts
 */
export function chartSettings(
  values: Invocation['values'],
  { charts: configured = false }: Config,
  folder: string,
): ChartSettings | undefined {
  const apiVersions = (values['api-versions'] as string[] | undefined) ?? [];
  if (values.charts !== true && configured === false) {
    const needless = values.offline === true ? '--offline' : apiVersions.length > 0 ? '--api-versions' : undefined;
    if (needless === undefined) return undefined;
    throw new EspalierError(
      `${needless} needs --charts, or charts: true in the configuration: without, charts are not opened. Add --charts.`,
    );
  }
  // Loaded when it is needed: with it comes what of Node a check has no use for.
  const { lockFile, makeCharts, readLock } = require('../tree/charts') as typeof import('../tree/charts');
  const hosts = typeof configured === 'boolean' ? [] : (configured.hosts ?? []);
  const lockPath = resolve(folder, lockFile);
  const lock = readLock(lockPath);
  return { charts: makeCharts({ hosts, offline: values.offline === true, lock }), hosts, apiVersions, lockPath, lock };
}

/** The graph of a tree with what its charts make. */
export async function withCharts(
  graph: Graph,
  { charts, apiVersions }: ChartSettings,
  kubernetes: string | undefined,
  progress: Progress,
): Promise<Graph> {
  const [kubeVersion, ...otherKubeVersions] = kubeVersions(kubernetes);
  const say = (what: string) => progress.say(what);
  const options = { kubeVersion: kubeVersion as string, otherKubeVersions, apiVersions, say };
  return openCharts(graph, charts.of(graph.tree), options);
}

/** `1.34` is `1.34.0` for Helm; where nobody says which, it may be any whose kinds are known, and is the newest rather. */
function kubeVersions(kubernetes: string | undefined): readonly string[] {
  const given = kubernetes?.trim().replace(/^v/, '');
  if (given !== undefined) return [/^\d+\.\d+$/.test(given) ? `${given}.0` : given];
  const [first, last] = packedSchemas().releases;
  return Array.from({ length: last - first + 1 }, (_, i) => `1.${last - i}.0`);
}
