import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { textAt } from '../../json/read';
import { mergeValues } from '../../systems/helm/merge-values';
import type { ChartTexts } from '../../systems/helm/values';
import { memoize } from '../../text/memoize';
import type { Chart } from '../../tree/charts/chart';
import { parseFile } from '../../tree/source/parse';

type ChartFiles = Pick<Chart, 'files' | 'metadata'>;

/**
 * What matters of a chart for its values.
 *
 * @param valuesFiles files of the chart that take the place of its values.yaml
 */
export function textsOf(chart: ChartFiles, valuesFiles: readonly string[] = []): ChartTexts {
  const known = made(chart);
  const key = JSON.stringify(valuesFiles);
  const texts = known.get(key) ?? textsWith(chart, valuesFiles);
  known.set(key, texts);
  return texts;
}

/** Many releases have one chart. */
const made = memoize((_: ChartFiles) => new Map<string, ChartTexts>());

function textsWith({ files, metadata }: ChartFiles, valuesFiles: readonly string[]): ChartTexts {
  const texts = textsBelow(files, '', metadata);
  if (valuesFiles.length === 0) return texts;
  const values = valuesFiles.map((file) => objectIn(files.get(file) ?? ''));
  return { ...texts, values: values.reduce<JsonObject>((all, over) => mergeValues(all, over), {}) };
}

function textsBelow(files: ReadonlyMap<string, string>, folder: string, metadata: JsonObject): ChartTexts {
  const text = (name: string) => files.get(`${folder}${name}`);
  const templates: string[] = [];
  const others: string[] = [];
  const subcharts = new Set<string>();
  for (const [path, content] of files) {
    if (!path.startsWith(folder)) continue;
    const [first = '', second = '', ...rest] = path.slice(folder.length).split('/');
    if (first === 'charts') {
      if (rest.length > 0) subcharts.add(second);
    } else if (first === 'templates') templates.push(content);
    else if (content.includes('{{') && !ofPeople.test(first)) others.push(content);
  }
  const values = text('values.yaml') ?? '';
  return {
    name: textAt(metadata, 'name') ?? '',
    metadata,
    text: values,
    values: objectIn(values),
    schema: text('values.schema.json'),
    readme: text('README.md') ?? '',
    templates,
    files: others,
    subcharts: [...subcharts].sort().flatMap((name) => {
      const own = `${folder}charts/${name}/`;
      const chart = files.get(`${own}Chart.yaml`);
      return chart === undefined ? [] : [textsBelow(files, own, objectIn(chart))];
    }),
  };
}

/** Files that no template asks for. */
const ofPeople = /^(?:README|CHANGELOG|LICENSE|Chart\.|values\b|ci$)/i;

function objectIn(text: string): JsonObject {
  const value: Json | undefined = parseFile('values.yaml', text).documents[0]?.value;
  return isJsonObject(value) ? value : {};
}
