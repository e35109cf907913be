import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { carryOrigin, type Place, withField } from './origin';
import { editField, type FieldSpec, Unfit } from './specs';

/**
 * The image transformer (api/filters/imagetag): containers wherever they are, custom resources included, and then the fields that
 * are configured.
 *
 * @param place where the image is written
 * @param onFound is told of every image in the object: what it is, and whether the entry is about it
 */
export function setImage(
  value: JsonObject,
  image: JsonObject,
  specs: readonly FieldSpec[],
  place: Place,
  onFound: (found: string, isMeant: boolean) => void,
): JsonObject {
  if (value.kind === 'CustomResourceDefinition') return value;
  const matches = matchers.get(image) ?? matcher(text(image.name));
  matchers.set(image, matches);
  const set = (at: Json): Json => {
    if (typeof at !== 'string') return at;
    const isMeant = matches(at);
    onFound(at, isMeant);
    return isMeant ? renamed(at, image) : at;
  };
  const setField = (at: Json): Json => {
    if (typeof at === 'object' && at !== null) throw new Unfit('an image must be a text');
    return set(at);
  };
  return specs.reduce(
    (edited, spec) => editField(edited, spec, setField),
    inContainers(value, set, place) as JsonObject,
  );
}

/** Each is asked of every object. */
const matchers = new WeakMap<JsonObject, (image: string) => boolean>();

/** Sets `image` in the entries of every `containers` and `initContainers`, at any depth. */
function inContainers(at: Json, set: (at: Json) => Json, place: Place): Json {
  if (Array.isArray(at))
    return same(
      at,
      at.map((each) => inContainers(each, set, place)),
    );
  if (!isJsonObject(at)) return at;
  let edited: JsonObject = at;
  for (const [key, value] of Object.entries(at)) {
    let next = inContainers(value, set, place);
    if ((key === 'containers' || key === 'initContainers') && Array.isArray(next)) {
      next = same(
        next,
        next.map((each) => {
          if (!isJsonObject(each) || typeof each.image !== 'string') return each;
          const image = set(each.image);
          return image === each.image ? each : withField(each, 'image', image, place);
        }),
      );
    }
    if (next !== value) edited = withField(edited, key, next);
  }
  return edited;
}

function same(list: readonly Json[], edited: readonly Json[]): readonly Json[] {
  return edited.some((each, i) => each !== list[i]) ? carryOrigin(list, edited) : list;
}

/** kustomize takes the name for a regular expression, in Go's, which no text keeps busy. */
function matcher(name: string): (image: string) => boolean {
  const written = `^${name}(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$`;
  // A name and no more means the same in both languages.
  if (/^[\w./-]*$/.test(name)) {
    const pattern = new RegExp(written);
    return (image) => pattern.test(image);
  }
  try {
    const { RE2JS } = require('re2js') as typeof import('re2js');
    const pattern = RE2JS.compile(written);
    return (image) => pattern.matches(image);
  } catch {
    return () => false;
  }
}

function renamed(image: string, { newName, newTag, digest, tagSuffix }: JsonObject): string {
  const parts = split(image);
  const [tag, hash] =
    text(newTag) !== '' || text(digest) !== ''
      ? [text(newTag), text(digest)]
      : text(tagSuffix) !== ''
        ? [parts.tag + text(tagSuffix), '']
        : [parts.tag, parts.digest];
  return `${text(newName) || parts.name}${tag === '' ? '' : `:${tag}`}${hash === '' ? '' : `@${hash}`}`;
}

/** `[[host[:port]/]component/]component[:tag][@digest]` */
function split(image: string): { readonly name: string; readonly tag: string; readonly digest: string } {
  const slash = Math.max(image.indexOf('/'), 0);
  const at = image.indexOf('@', slash);
  const named = at < 0 ? image : image.slice(0, at);
  const colon = named.indexOf(':', slash);
  return {
    name: colon < 0 ? named : named.slice(0, colon),
    tag: colon < 0 ? '' : named.slice(colon + 1),
    digest: at < 0 ? '' : image.slice(at + 1),
  };
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
