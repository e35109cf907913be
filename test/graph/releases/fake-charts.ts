import { parse } from 'yaml';
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
  readonly keep?: Chart['keep'];
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
        ...(fake.keep !== undefined && { keep: fake.keep }),
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
      const looksUp = charts[name]?.looksUp ?? false;
      return { type: 'rendered', objects, looksUp, incomplete: false, key: JSON.stringify(objects) };
    },
  };
}

function nameIn(source: ChartSource): string {
  if (source.type === 'repository') return source.name;
  const way = source.type === 'oci' ? source.url : source.folder;
  return way.slice(way.lastIndexOf('/') + 1);
}

/** Charts as a file of YAML records them: the objects that each makes, by its templates, or with which words it fails. */
export function recordedCharts(text: string): Readonly<Record<string, FakeChart>> {
  interface Recorded {
    readonly version?: string;
    readonly fails?: { readonly message: string; readonly template?: string };
    readonly templates?: Readonly<Record<string, readonly JsonObject[]>>;
    readonly files?: Readonly<Record<string, string>>;
  }
  const charts = parse(text) as Readonly<Record<string, Recorded>>;
  return Object.fromEntries(
    Object.entries(charts).map(([name, { version, fails, templates = {}, files }]): [string, FakeChart] => [
      name,
      {
        ...(version !== undefined && { version }),
        ...(files !== undefined && { files }),
        render: () =>
          fails !== undefined
            ? { type: 'failed', ...fails }
            : Object.entries(templates).flatMap(([template, values]) =>
                values.map((value): RenderedObject => ({ value, template, hooks: [] })),
              ),
      },
    ]),
  );
}
