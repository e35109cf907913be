import { join, relative, resolve, sep } from 'node:path';
import { EspalierError } from '../errors';
import { textsOf } from '../graph/releases';
import { textAt } from '../json/read';
import { madeByImport, typescriptOf } from '../report/charts/typescript';
import { chartTypes } from '../systems/helm/value-types';
import { tagOrRange } from '../systems/helm/versions';
import { listed } from '../text/listed';
import { type Chart, type ChartSource, makeCharts } from '../tree/charts';
import { readLocalChart } from '../tree/charts/local';
import { writeImport } from '../tree/imported-charts';
import { gitTop } from '../tree/source/folder';
import { realPath } from '../tree/source/seen-from';
import type { Command } from './command';
import { readConfig } from './config';
import { print } from './terminal';

const help = `espalier import SOURCE [NAME]: writes the types of a chart's values, with which the compiler checks those of a HelmRelease.

Usage: espalier import SOURCE [NAME] [options]

  SOURCE           the chart: oci://HOST/PATH; a repository (https://…) and the chart's NAME in it; a folder; or an archive (.tgz)
  --version V      a version, or a range of which the newest counts (default: the newest); of a registry or repository
  --location URL   where releases get a chart that is an archive here, or a folder that Flux does not fetch: oci://HOST/PATH, or
                   https://… and NAME
  --output DIR     the folder to write to (default: imports/charts)

Types come from the chart's values.schema.json and, where that says nothing, from its values.yaml, the comments in it and what the
templates read; those of subcharts stand below their names. Commit the file: the same chart makes the same one. The network is
used only for oci:// and https://; hosts on private addresses only if the configuration allows them (charts.hosts).

Exit codes: 0 written, or nothing to change; 2 the chart cannot be opened, or the file is not espalier's.

Example: espalier import oci://ghcr.io/stefanprodan/charts/podinfo --version 6.9.0`;

const usage = 'espalier import oci://HOST/PATH, https://REPOSITORY NAME, a folder or an archive (.tgz)';

export const importChart: Command = {
  help,
  positionals: 2,
  options: {
    version: { type: 'string' },
    location: { type: 'string' },
    output: { type: 'string' },
  },
  async run({ positionals: [source, name], values }) {
    if (source === undefined) throw new EspalierError(`name a chart: ${usage}.`);
    const location = (values.location as string | undefined) ?? source;
    const chart = await open(source, name, values.version as string | undefined);
    if (!/^[A-Za-z0-9][\w.-]*$/.test(chart.name)) {
      throw new EspalierError(
        `${source}: the chart's name is ${JSON.stringify(chart.name)}, which Helm does not allow.`,
      );
    }
    const types = chartTypes(textsOf(chart), chart.files);
    const where = locationOf(location, name ?? chart.name);
    const text = typescriptOf({ ...chart, description: textAt(chart.metadata, 'description'), location: where, types });
    const folder = (values.output as string | undefined) ?? join('imports', 'charts');
    const file = `${chart.name}.ts`;
    const isNew = writeImport(folder, file, text, madeByImport);
    print(`${join(folder, file)}: ${chart.name} ${chart.version}${isNew ? '' : ', unchanged'}`);
    if (types.unreached.length > 0) print(`Not read, since it lies outside of the chart: ${listed(types.unreached)}`);
    if (types.missing.length > 0)
      print(`Unknown, since the chart's files lack them: the values of ${listed(types.missing)}`);
    if (where === undefined) {
      print('Only the types are written: where Flux gets the chart is not known. --location names it.');
    }
    return 0;
  },
};

/** @throws EspalierError when it cannot be had */
async function open(
  source: string,
  name: string | undefined,
  version: string | undefined,
): Promise<Omit<Chart, 'archive'>> {
  const { config } = await readConfig(undefined, process.cwd(), undefined);
  const hosts = (typeof config.charts === 'object' && config.charts.hosts) || [];
  const wanted = sourceOf(source, name, version);
  if (wanted === undefined) return readLocalChart(source);
  const chart = await makeCharts({ hosts }).open(wanted);
  if (!('type' in chart)) return chart;
  throw new EspalierError([`${source}: ${chart.why}.`, chart.fix].join(' ').trim());
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
