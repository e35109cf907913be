import type { Path } from '../../json/json';
import { parseForeign } from '../../json/parse';
import { at } from '../../json/read';
import { type ChartTexts, renderValues, type UnreadKey, unreadKeys } from '../../systems/helm/values';
import { jsonText } from '../../text/json-text';
import { memoize } from '../../text/memoize';
import type { ChartContents } from '../chart-contents';
import { judge, type ValueFault } from '../json-schema';
import { textsOf } from './chart-texts';

export type OpenedChart = Extract<ChartContents, { type: 'opened' }>;

/** A chart and what a release gives it, be it that it renders or not. */
export type GivenValues = Pick<OpenedChart, 'chart' | 'input' | 'uncertain'>;

export function isGiven(contents: ChartContents): contents is Exclude<ChartContents, { type: 'closed' }> & GivenValues {
  return contents.type !== 'closed' && contents.chart !== undefined && contents.input !== undefined;
}

/** What a chart's schema does not allow of the values of a release. */
export interface RefusedValue extends ValueFault {
  /** The chart whose schema it is: itself, or one within it, such as `kube-prometheus-stack/grafana`. */
  readonly chart: string;
}

export interface JudgedValues {
  readonly refused: readonly RefusedValue[];
  /** What schemas refer to elsewhere, which is not fetched. */
  readonly outside: readonly { readonly chart: string; readonly address: string }[];
  /** The keys that no template reads. */
  readonly unread: readonly UnreadKey[];
}

const texts = ({ chart, input }: GivenValues) => textsOf(chart, input.valuesFiles);

/** The values of a release held against its chart: what it took to read that is kept, for it may be a second for a large one. */
export const judgedValues = memoize((contents: GivenValues): JudgedValues => {
  const { chart, input, uncertain } = contents;
  const isAll = uncertain === undefined;
  const key = `${JSON.stringify(['values', input.valuesFiles, input.secret, isAll])} ${jsonText(input.values)}`;
  const make = () => ({
    ...judgedBySchemas(contents),
    unread: unreadKeys(texts(contents), input.values, isAll),
  });
  return chart.keep?.(key, make) ?? make();
});

/** By the schemas of the chart, and of charts within it. */
function judgedBySchemas(contents: GivenValues): Omit<JudgedValues, 'unread'> {
  const refused: RefusedValue[] = [];
  const outside: JudgedValues['outside'][number][] = [];
  const chart = texts(contents);
  const hasSchema = (one: typeof chart): boolean => one.schema !== undefined || one.subcharts.some(hasSchema);
  if (!hasSchema(chart)) return { refused, outside };
  const { values, charts } = renderValues(chart, contents.input.values);
  const secret = new Set(contents.input.secret);
  const isShown = (path: Path) => {
    const value = at(values, ...path);
    // Which numbers are of a Secret nobody says.
    const isSecret = typeof value === 'number' ? secret.size > 0 : secret.has(String(value));
    return !isSecret && !ofSecrets.test(String(path.at(-1)));
  };
  for (const { chart: own, path } of charts) {
    const schema = schemaOf(own);
    const value = at(values, ...path);
    if (schema === undefined || value === undefined || value === null) continue;
    const name = [chart.name, ...path].join('/');
    const judged = judge(schema, value, isShown, path);
    for (const fault of judged.faults) refused.push({ ...fault, chart: name });
    for (const address of judged.outside) outside.push({ chart: name, address });
  }
  return { refused, outside };
}

/** Keys whose values are not shown. */
const ofSecrets = /password|passwd|secret|token|credential|private|api-?key/i;

const schemaOf = memoize(({ schema }: ChartTexts) => (schema === undefined ? undefined : parseForeign(schema)));
