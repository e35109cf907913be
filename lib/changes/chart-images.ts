import { isJsonObject, type Json } from '../json/json';
import { textAt } from '../json/read';

/**
 * The images in a chart's values, by where they stand there: texts called `image`, and what has a `repository` and a `tag` or a
 * `digest`, perhaps with a `registry`, as most charts have it.
 */
export function* chartImages(
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
