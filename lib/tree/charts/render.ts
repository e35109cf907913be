import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonText } from '../../text/json-text';
import { lazy, memoize } from '../../text/memoize';
import { otherwiseIn, withValuesFiles } from './altered';
import type { Chart, Closed, RenderedObject, RenderInput, Rendering } from './chart';
import { commonOf } from './differences';
import { type Failed, isOfCrds, readObjects } from './documents';
import type { Engine } from './engine';
import { failureOf } from './failure';
import { program } from './keep';
import { type Mentions, mentionsIn, mentionsOf } from './mentions';
import { patient } from './patience';
import { type Filled, fillIn, restoreAll } from './placeholders';
import { postRender } from './post-render';
import { asInstalled } from './release';
import { outOfReach } from './schema-references';
import type { Store } from './store';

/** Renders a chart as helm-controller does. */
export type Render = (chart: Chart, input: RenderInput) => Promise<Rendering | Closed>;

/** What a chart makes before Flux does anything about it, as it is kept. */
interface Made {
  readonly type: 'made';
  readonly objects: readonly RenderedObject[];
  readonly incomplete: boolean;
}

/** Another number for another form of what is kept. */
const form = 3;

/**
 * What renders charts with an engine. Results are kept by all that they depend on. What is rendered holds the values, those that go
 * into Secrets as well: the store must keep it from others.
 */
export function makeRender(
  findEngine: () => Promise<Engine | Closed>,
  store: Store,
  by: string | undefined = program(),
): Render {
  const engineOnce = lazy(async () => patient(await findEngine()));
  const mentionsOnce = memoize((chart: Chart) =>
    keptOr(store, `mentions-${form}-${chart.digest}`, async () => mentionsOf(chart)),
  );
  const asked = new Map<string, Promise<Made | Failed | Closed>>();
  return async (chart, input) => {
    const engine = await engineOnce();
    if ('type' in engine) return engine;
    const mentions = await mentionsOnce(chart);
    const key = keyOf(chart, input, engine, mentions);
    const render = async () => {
      let made = asked.get(key);
      if (made === undefined) {
        made = keptOr(store, key, () => make(chart, input, engine, mentions));
        asked.set(key, made);
      }
      return finished(await made, mentions, input);
    };
    if (by === undefined) return render();
    // What Flux does about it is kept as well, for the same program.
    const others = { ...input, values: undefined, apiVersions: undefined, secret: undefined };
    const whole = `${by} ${JSON.stringify(others)} ${key}`;
    const rendering = await keptOr(store, whole, render);
    return rendering.type === 'rendered' ? { ...rendering, key: whole } : rendering;
  };
}

/** What is kept under a key, or else is made. What took too long may not do so next time. */
async function keptOr<T extends object>(store: Store, key: string, make: () => Promise<T>): Promise<T> {
  const kept = await store.read(key);
  if (kept !== undefined) return JSON.parse(kept);
  const made = await make();
  if (!('type' in made && made.type === 'closed')) await store.write(key, JSON.stringify(made));
  return made;
}

/** What a result depends on, with the values: the store keeps a hash of it. */
function keyOf(chart: Chart, input: RenderInput, { id }: Engine, { capabilities }: Mentions): string {
  const {
    release,
    values,
    valuesFiles,
    ignoreMissingValuesFiles = false,
    kubeVersion,
    apiVersions,
    schema = false,
  } = input;
  const text = jsonText(values);
  const asks = capabilities || text.includes('Capabilities');
  const facts = { form, id, chart: chart.digest, release, valuesFiles, ignoreMissingValuesFiles, kubeVersion, schema };
  const all = { ...facts, values: text, apiVersions: asks ? apiVersions : [] };
  return `rendered ${JSON.stringify(all)}`;
}

function finished(made: Made | Failed | Closed, { lookup }: Mentions, input: RenderInput): Rendering | Closed {
  if (made.type !== 'made') return made;
  const { objects, incomplete } = made;
  const rendered = postRender(objects, input);
  if ('type' in rendered) return rendered;
  const installed: RenderedObject[] = [];
  for (const { value, template, hooks } of rendered) {
    if (isOfCrds(template) && !input.crds) continue;
    const others = hooks.filter((hook) => !isTest(hook));
    if (hooks.length > 0 && (others.length === 0 || !input.hooks)) continue;
    installed.push(asInstalled({ value, template, hooks: others }, input));
  }
  return { type: 'rendered', objects: installed, looksUp: lookup, incomplete };
}

/** Helm knows `test-success` as well; an object of a hook that it does not know it leaves out (v4.3 manifest_sorter.go). */
function isTest(hook: string): boolean {
  return hook === 'test' || hook === 'test-success';
}

async function make(
  chart: Chart,
  input: RenderInput,
  engine: Engine,
  mentions: Mentions,
): Promise<Made | Failed | Closed> {
  const unreached = input.schema === true ? outOfReach(chart) : undefined;
  if (unreached !== undefined) return unreached;
  const folder = mkdtempSync(join(tmpdir(), 'espalier-chart-'));
  try {
    const archive = withValuesFiles(chart, input, folder);
    if (typeof archive !== 'string') return archive;
    return await makeOf(archive, input, engine, mentions, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Renders once what is known, and otherwise twice, with something else in the place of what is not. */
async function makeOf(
  archive: string,
  input: RenderInput,
  engine: Engine,
  { random, seldom }: Mentions,
  folder: string,
): Promise<Made | Failed | Closed> {
  const inValues = mentionsIn([JSON.stringify(input.values)]);
  const [first, ...ways] = fillIn(input.values) as [Filled, ...Filled[]];
  const isKnown = ways.length === 0;
  const isOnce = isKnown && !random && !inValues.random;
  const [second, ...others] = isKnown ? [first, first] : ways;
  const other = seldom && !isOnce ? otherwiseIn(archive, folder) : archive;
  const made: (readonly RenderedObject[])[] = [];
  let wrong: Failed | Closed | undefined;
  for (const [from, way] of [[archive, first], [other, second], ...others.map((each) => [archive, each])] as const) {
    const result = await rendered(from as string, way as Filled, input, engine);
    if ('type' in result) wrong ??= result;
    else made.push(result);
    if (isOnce || made.length === 2 || (wrong?.type === 'closed' && from === archive) || (isKnown && made.length === 0))
      break;
  }
  const [one, two] = made;
  if (one === undefined) return isKnown ? (wrong as Failed | Closed) : dependsOnUnknown(wrong as Failed | Closed);
  if (two === undefined) return wrong?.type === 'closed' ? wrong : { type: 'made', objects: one, incomplete: !isOnce };
  return { type: 'made', ...commonOf(one, two, `${input.release.namespace}/${input.release.name}`) };
}

async function rendered(
  archive: string,
  filled: Filled,
  { release, kubeVersion, apiVersions, schema = false, secret }: RenderInput,
  engine: Engine,
): Promise<readonly RenderedObject[] | Failed | Closed> {
  const values = JSON.stringify(filled.values);
  const result = await engine.template({ archive, release, values, kubeVersion, apiVersions, schema });
  if (result.type === 'failed') return failureOf(filled.restore(result.message), secret);
  if (result.type === 'closed') return result;
  const objects = readObjects(result.text);
  return 'type' in objects
    ? objects
    : objects.map(({ value, ...rest }) => ({ ...rest, value: restoreAll(value, filled) }));
}

/** It may render with the values that nobody knows here. */
function dependsOnUnknown(wrong: Failed | Closed): Closed {
  if (wrong.type === 'closed') return wrong;
  const where = wrong.template === undefined ? '' : `${wrong.template}: `;
  return {
    type: 'closed',
    why: `whether the chart renders depends on values that are not known (${where}${wrong.message})`,
  };
}
