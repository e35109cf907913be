import { join, relative, resolve, sep } from 'node:path';
import { EspalierError } from '../../errors';
import { textsOf } from '../../graph/releases';
import { textAt } from '../../json/read';
import { madeByImport, typescriptOf } from '../../report/charts/typescript';
import { chartTypes } from '../../systems/helm/value-types';
import { tagOrRange } from '../../systems/helm/versions';
import { listed } from '../../text/listed';
import { type Chart, type ChartSource, makeCharts } from '../../tree/charts';
import { readLocalChart } from '../../tree/charts/local';
import { writeImports } from '../../tree/imports';
import { gitTop } from '../../tree/source/folder';
import { realPath, slashes } from '../../tree/source/seen-from';
import { allowedHosts } from '../config';
import type { Imported } from './imported';

const usage = 'espalier import oci://HOST/PATH, https://REPOSITORY NAME, a folder or an archive (.tgz)';

export interface ChartOptions {
  readonly version: string | undefined;
  /** Where releases get a chart that is an archive or a folder here. */
  readonly location: string | undefined;
  readonly output: string | undefined;
  /** Tells people of it. */
  readonly say: (text: string) => void;
}

/** Writes the types of a chart's values. */
export async function importChart(source: string, name: string | undefined, options: ChartOptions): Promise<Imported> {
  const { say } = options;
  const chart = await openChart(source, name, options.version);
  const types = chartTypes(textsOf(chart), chart.files);
  const where = locationOf(options.location ?? source, name ?? chart.name);
  const text = typescriptOf({ ...chart, description: textAt(chart.metadata, 'description'), location: where, types });
  const folder = options.output ?? join('imports', 'charts');
  const path = `${chart.name}.ts`;
  const isNew = writeImports([{ folder, path, text, mark: madeByImport }]).length > 0;
  const notes = [
    ...(types.unreached.length > 0 ? [`Not read, since it lies outside of the chart: ${listed(types.unreached)}`] : []),
    ...(types.missing.length > 0
      ? [`Unknown, since the chart's files lack them: the values of ${listed(types.missing)}`]
      : []),
    ...(where === undefined
      ? ['Only the types are written: where Flux gets the chart is not known. --location names it.']
      : []),
  ];
  say(`${join(folder, path)}: ${chart.name} ${chart.version}${isNew ? '' : ', unchanged'}`);
  for (const note of notes) say(note);
  return { code: 0, files: [{ file: slashes(join(folder, path)), outcome: isNew ? 'written' : 'unchanged' }], notes };
}

/** @throws EspalierError when it cannot be had */
export async function openChart(
  source: string,
  name: string | undefined,
  version: string | undefined,
): Promise<Omit<Chart, 'archive'> & Partial<Pick<Chart, 'archive'>>> {
  const wanted = sourceOf(source, name, version);
  const chart =
    wanted === undefined ? readLocalChart(source) : await makeCharts({ hosts: await allowedHosts() }).open(wanted);
  if ('type' in chart) throw new EspalierError([`${source}: ${chart.why}.`, chart.fix].join(' ').trim());
  if (/^[A-Za-z0-9][\w.-]*$/.test(chart.name)) return chart;
  throw new EspalierError(`${source}: the chart's name is ${JSON.stringify(chart.name)}, which Helm does not allow.`);
}

/** A chart of the network; undefined for a path. */
function sourceOf(source: string, name: string | undefined, version: string | undefined): ChartSource | undefined {
  if (source.startsWith('oci://')) {
    return { type: 'oci', url: source, ...tagOrRange(version ?? '*') };
  }
  if (/^https?:\/\//.test(source)) {
    if (name === undefined) throw new EspalierError(`${source} is a repository: name the chart in it. ${usage}.`);
    return { type: 'repository', url: source, name, version: version ?? '*' };
  }
  if (version === undefined) return undefined;
  throw new EspalierError(
    `${source} is a folder or an archive, which has one version. Leave --version out: it is for registries and repositories.`,
  );
}

/** Where a release gets the chart, as ChartLocation has it; undefined for what lies outside of the repository. */
function locationOf(source: string, name: string): Readonly<Record<string, string>> | undefined {
  if (source.startsWith('oci://')) return { oci: source };
  if (/^https?:\/\//.test(source)) return { repository: source.replace(/\/+$/, ''), name };
  const top = gitTop(resolve(source));
  if (top === undefined || source.endsWith('.tgz')) return undefined;
  const folder = relative(realPath(top), realPath(resolve(source)));
  return folder.startsWith('..') || folder === '' ? undefined : { folder: folder.split(sep).join('/') };
}
