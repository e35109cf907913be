import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lazy, memoize } from '../../text/memoize';
import { otherwiseIn, withValuesFiles } from './altered';
import type { Chart, Closed, RenderedObject, RenderInput, Rendering } from './chart';
import { commonOf } from './differences';
import { type Failed, isOfCrds, readObjects } from './documents';
import type { Engine } from './engine';
import { failureOf } from './failure';
import { type Mentions, mentionsIn, mentionsOf } from './mentions';
import { sha256 } from './pack';
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
export function makeRender(findEngine: () => Promise<Engine | Closed>, store: Store): Render {
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
    let made = asked.get(key);
    if (made === undefined) {
      // What took too long may not do so next time.
      const isKept = ({ type }: Made | Failed | Closed) => type !== 'closed';
      made = keptOr(store, key, () => make(chart, input, engine, mentions), isKept);
      asked.set(key, made);
    }
    return finished(await made, mentions, input);
  };
}

/** What is kept under a key, or else is made. */
async function keptOr<T>(
  store: Store,
  key: string,
  make: () => Promise<T>,
  isKept: (made: T) => boolean = () => true,
): Promise<T> {
  const kept = await store.read(key);
  if (kept !== undefined) return JSON.parse(kept);
  const made = await make();
  if (isKept(made)) await store.write(key, JSON.stringify(made));
  return made;
}

/** What a result depends on; of the values a hash. */
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
  const text = JSON.stringify(values);
  const asks = capabilities || text.includes('Capabilities');
  const facts = { form, id, chart: chart.digest, release, valuesFiles, ignoreMissingValuesFiles, kubeVersion, schema };
  const all = { ...facts, values: text, apiVersions: asks ? apiVersions : [] };
  return `rendered-${sha256(JSON.stringify(all)).slice('sha256:'.length)}`;
}

function finished(made: Made | Failed | Closed, { lookup }: Mentions, input: RenderInput): Rendering | Closed {
  if (made.type !== 'made') return made;
  const { objects, incomplete } = made;
  const rendered = postRender(objects, input);
  if ('type' in rendered) return rendered;
  const kept = rendered
    .map((object) => ({
      ...object,
      hooks: object.hooks.filter((hook) => !isTest(hook)),
      isTest: object.hooks.some(isTest),
    }))
    .filter(({ hooks, isTest }) => hooks.length > 0 || !isTest)
    .filter(({ hooks }) => input.hooks || hooks.length === 0)
    .filter(({ template }) => input.crds || !isOfCrds(template))
    .map(({ value, template, hooks }) => asInstalled({ value, template, hooks }, input));
  return { type: 'rendered', objects: kept, looksUp: lookup, incomplete };
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
