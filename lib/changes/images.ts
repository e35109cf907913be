import { describe } from '../graph/identity';
import type { Resource } from '../graph/resource';
import { containersOf, podTemplate } from '../graph/workload';
import { isJsonObject, type Json } from '../json/json';
import { at, textAt } from '../json/read';
import { isCluster } from '../systems/cnpg/names';
import type { Context } from './context';
import { heldBack } from './delay';
import { tagOf } from './effects/charts';
import type { ImageChange } from './review';

/** Every image and chart that another version runs of, or that is new: by object, in the order of the changes. */
export function imageChanges(context: Context): ImageChange[] {
  const found: ImageChange[] = [];
  for (const { before, after } of context.changes) {
    if (after === undefined || isShownByObjects(after, context)) continue;
    const [old, now] = [imagesIn(before), imagesIn(after)];
    const held = heldBack(after, context);
    for (const what of new Set([...old.keys(), ...now.keys()])) {
      const [from, to] = [old.get(what), now.get(what)];
      if (from !== to)
        found.push({ object: describe(after), what, before: from, after: to, ...(held === undefined ? {} : { held }) });
    }
  }
  return found;
}

/** Of a chart that was opened, what it makes shows the images, and its upgrade the version. */
function isShownByObjects(after: Resource, { releases, releaseOf }: Context): boolean {
  if (after.kind === 'HelmRelease') return /^(?:compared|unchanged)$/.test(releaseOf(after)?.state ?? '');
  // Of a source for each namespace, some may be nobody's.
  const chart = textAt(after.value, 'spec', 'url')?.split('/').at(-1);
  return after.kind === 'OCIRepository' && releases.some(({ to }) => to?.type === 'opened' && to.chart.name === chart);
}

/** What an object runs: by container, or by the field that says it, of a chart's values by where it stands in them. */
export function imagesIn(resource: Resource | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (resource === undefined) return found;
  const pod = podTemplate(resource);
  for (const { value, init } of pod === undefined ? [] : containersOf(pod)) {
    const image = textAt(value, 'image');
    const name = textAt(value, 'name') ?? '';
    if (image !== undefined) found.set(init ? `${name} (init)` : name, image);
  }
  const { group, kind, value } = resource;
  const add = (what: string, version: string | undefined) => version !== undefined && found.set(what, version);
  // Of what operators run pods of, such as a Prometheus.
  const image = resource.chart === undefined ? undefined : textAt(value, 'spec', 'image');
  if (pod === undefined && image !== undefined && /^[\w./-]+[:@][\w.:@-]+$/.test(image)) add('image', image);
  if (isCluster(resource)) add('imageName', textAt(value, 'spec', 'imageName'));
  if (group === 'helm.toolkit.fluxcd.io' && kind === 'HelmRelease') {
    const chart = textAt(value, 'spec', 'chart', 'spec', 'chart');
    const version = textAt(value, 'spec', 'chart', 'spec', 'version');
    if (chart !== undefined && version !== undefined) found.set('chart', `${chart}:${version}`);
    for (const [where, image] of chartImages(at(value, 'spec', 'values'))) found.set(where, image);
  }
  if (group === 'source.toolkit.fluxcd.io' && kind === 'OCIRepository') {
    const tag = tagOf(resource);
    const url = textAt(value, 'spec', 'url');
    if (tag !== undefined) found.set('artifact', `${url?.replace(/^oci:\/\//, '') ?? ''}:${tag}`);
  }
  return found;
}

/**
 * The images in a chart's values, by where they stand there: texts called `image`, and what has a `repository` and a `tag` or a
 * `digest`, perhaps with a `registry`, as most charts have it.
 */
function* chartImages(
  value: Json | undefined,
  path: readonly string[] = [],
): Generator<readonly [where: string, image: string]> {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield* chartImages(item as Json, [...path, String(i)]);
  } else if (isJsonObject(value)) {
    const image = imageIn(value);
    if (image !== undefined) yield [path.join('.'), image];
    for (const [key, item] of Object.entries(value)) yield* chartImages(item, [...path, key]);
  } else if (path.at(-1) === 'image' && typeof value === 'string' && /^[\w./-]+[:@][\w.:-]+$/.test(value)) {
    yield [path.join('.'), value];
  }
}

/** What is none may be anything, such as the address of a repository with its credentials. */
const isName = /^[\w.-]+(?::\d+)?(?:\/[\w.-]+)*$/;

function imageIn(value: Json): string | undefined {
  const repository = textAt(value, 'repository');
  const tag = isJsonObject(value) && typeof value.tag === 'number' ? String(value.tag) : textAt(value, 'tag');
  const digest = textAt(value, 'digest');
  if (repository === undefined || !isName.test(repository) || (!tag && !digest)) return undefined;
  const registry = textAt(value, 'registry');
  const name = registry === undefined || registry === '' ? repository : `${registry}/${repository}`;
  return `${name}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
}
