import type { JsonObject } from '../../../lib/json/json';
import type {
  Chart,
  ChartSource,
  Charts,
  RenderedObject,
  RenderInput,
  Rendering,
} from '../../../lib/tree/charts/chart';

/** What a chart of the tests makes, without Helm. */
export interface FakeChart {
  readonly version?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly looksUp?: boolean;
  /** Objects by the template that they are from, or one of several. */
  readonly render: (input: RenderInput) => readonly (JsonObject | RenderedObject)[] | Rendering;
}

/** Charts by name, and what was asked for: wherever they are said to be had, that of the name is given. */
export function fakeCharts(charts: Readonly<Record<string, FakeChart>>): Charts & {
  readonly sources: ChartSource[];
  readonly inputs: RenderInput[];
} {
  const sources: ChartSource[] = [];
  const inputs: RenderInput[] = [];
  return {
    sources,
    inputs,
    async open(source) {
      sources.push(source);
      const name = nameIn(source);
      const fake = charts[name];
      if (fake === undefined) return { type: 'closed', why: `there is no chart ${name}` };
      const version = fake.version ?? '1.0.0';
      return {
        name,
        version,
        digest: `sha256:${name}`,
        metadata: { name, version },
        files: new Map(Object.entries(fake.files ?? {})),
        archive: `${name}.tgz`,
      } satisfies Chart;
    },
    async render({ name }, input) {
      inputs.push(input);
      const made = charts[name]?.render(input) ?? [];
      if ('type' in made) return made;
      const objects = made.map(
        (one): RenderedObject =>
          'template' in one
            ? (one as unknown as RenderedObject)
            : { value: one, template: 'templates/all.yaml', hooks: [] },
      );
      return { type: 'rendered', objects, looksUp: charts[name]?.looksUp ?? false, incomplete: false };
    },
  };
}

function nameIn(source: ChartSource): string {
  if (source.type === 'repository') return source.name;
  const way = source.type === 'oci' ? source.url : source.folder;
  return way.slice(way.lastIndexOf('/') + 1);
}
