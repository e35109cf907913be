import { makeReview } from '../../../lib/changes/make-review';
import type { Review } from '../../../lib/changes/review';
import { openCharts } from '../../../lib/graph/releases';
import { readSchemas } from '../../../lib/graph/schema/read-schemas';
import type { JsonObject } from '../../../lib/json/json';
import type { RenderedObject } from '../../../lib/tree/charts/chart';
import { graphOf, object } from '../../graph/graph';
import { type FakeChart, fakeCharts } from '../../graph/releases/fake-charts';
import { lineOf, shop } from '../review-of';

const schemas = readSchemas();

/** A side of a change: what the folder `shop` holds, and the charts that there are. */
export interface ChartSide {
  readonly objects: string;
  readonly charts: Readonly<Record<string, FakeChart>>;
  /** Further files. */
  readonly more?: Readonly<Record<string, string>>;
}

/** What a change of charts, or of the releases of charts, does. */
export async function chartReview(before: ChartSide, after: ChartSide): Promise<Review> {
  const [base, head] = await Promise.all(
    [before, after].map(async ({ objects, charts, more }, i) => {
      const graph = await openCharts(graphOf({ ...shop(objects), ...more }, { schemas }), fakeCharts(charts), {
        kubeVersion: '1.36.0',
      });
      return { graph, findings: [], name: i === 0 ? 'before' : 'after' };
    }),
  );
  return makeReview(base as never, head as never);
}

/** The effects of a change, each in a line. */
export async function chartEffects(before: ChartSide, after: ChartSide): Promise<string[]> {
  const { clusters } = await chartReview(before, after);
  return clusters.flatMap(({ effects }) => effects.map(lineOf));
}

/** What it says of the charts: `redis 1.0.0 → 2.0.0, 2 releases, 3 objects, 1 routine: …`. */
export async function chartSummaries(before: ChartSide, after: ChartSide): Promise<string[]> {
  const { clusters } = await chartReview(before, after);
  return clusters.flatMap(({ charts = [] }) =>
    charts.map(
      ({ chart, before: from, after: to, releases, objects, routine, summary, danger }) =>
        `${danger} ${chart} ${from ?? '-'} → ${to ?? '-'} in ${releases.length}, ${routine}/${objects}: ${summary.join('; ')}`,
    ),
  );
}

export const repository = object(
  'source.toolkit.fluxcd.io/v1',
  'HelmRepository',
  'charts',
  'spec: { url: https://charts.example.org }',
);

/** A HelmRelease of a chart of that repository; `more` are further fields of its spec, in flow style. */
export function release(name: string, chart: string, version = '1.0.0', more = ''): string {
  return object(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    name,
    `spec: { interval: 1h, chart: { spec: { chart: ${chart}, version: ${version}, sourceRef: { kind: HelmRepository, name: charts } } }${more && `, ${more}`} }`,
  );
}

/** A chart of which each release makes these objects, named after it. */
export function chart(
  version: string,
  render: (name: string, values: JsonObject) => readonly (JsonObject | RenderedObject)[],
): FakeChart {
  return { version, render: ({ release: { name }, values }) => render(name, values) };
}

export interface Workload {
  readonly kind?: 'Deployment' | 'StatefulSet';
  readonly selector?: string;
  readonly image?: string;
  readonly version?: string;
  readonly spec?: JsonObject;
  readonly annotations?: JsonObject;
}

/** A workload as charts make it, with the labels of their version. */
export function workload(
  name: string,
  {
    kind = 'Deployment',
    selector = 'app',
    image = 'acme/app:1',
    version = '1.0.0',
    spec = {},
    annotations = {},
  }: Workload = {},
): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, labels: { 'helm.sh/chart': `app-${version}` } },
    spec: {
      selector: { matchLabels: { [selector]: name } },
      template: {
        metadata: { labels: { [selector]: name }, annotations },
        spec: { containers: [{ name: 'app', image }] },
      },
      ...spec,
    },
  };
}

/** An object of a file of its chart, or of hooks. */
export function from(template: string, value: JsonObject, hooks: readonly string[] = []): RenderedObject {
  return { value, template, hooks };
}

export function configMap(name: string, data: JsonObject, more: JsonObject = {}): JsonObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...more }, data };
}

export function claim(name: string, metadata: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, ...metadata },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  };
}
