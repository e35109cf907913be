import { deepEqual } from '../../json/deep-equal';
import type { Path } from '../../json/json';
import { at } from '../../json/read';
import { type Code, type CodeObject, isCodeObject, plainOf } from '../program';

/** Where a part of an object stands in the code that makes it: in a value that is written as it is, or as a property of its own. */
export type Place = 'value' | 'property';

/** Where the fields of an object come from that are properties of a construct. */
const roots: readonly Path[] = [[], ['spec'], ['metadata']];

/**
 * Which parts of an object stand in the properties that a form made of it, by path as JSON: forms pass on what they do not look into.
 *
 * @param isPlain whether the properties are the object itself
 */
export function placesIn(props: CodeObject, value: CodeObject, isPlain: boolean): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  rewrite(props, value, isPlain, (path, code, place) => {
    places.set(JSON.stringify(path), place);
    return code;
  });
  return places;
}

/** The properties with something else for each part of the object that stands in them. */
export function rewrite(
  props: CodeObject,
  value: CodeObject,
  isPlain: boolean,
  replace: (path: Path, code: Code, place: Place) => Code,
): CodeObject {
  const origins = originsIn(value);
  const done = new Set<string>();
  const once = (path: Path, code: Code, place: Place): Code => {
    const key = JSON.stringify(path);
    if (done.has(key)) return code;
    done.add(key);
    return replace(path, code, place);
  };
  const inside = (code: Code): Code => {
    if (!Array.isArray(code) && !isCodeObject(code)) return code;
    const origin = origins.get(code);
    const step = (key: string | number, item: Code) =>
      origin === undefined ? inside(item) : once([...origin, key], inside(item), 'value');
    if (Array.isArray(code)) return (code as readonly Code[]).map((item, i) => step(i, item));
    return Object.fromEntries(Object.entries(code).map(([key, item]) => [key, step(key, item)]));
  };
  const entries = Object.entries(props).map(([key, code]) => {
    const root = roots.find((from) => isEqual(at(value as never, ...from, key) as Code | undefined, code));
    const said = inside(code);
    if (root !== undefined) return [key, once([...root, key], said, isPlain ? 'value' : 'property')];
    // It says the field of its name in another way, as dependsOn does.
    const named = roots.find((from) => at(value as never, ...from, key) !== undefined);
    return [key, named === undefined ? said : once([...named, key], said, 'property')];
  });
  return Object.fromEntries(entries);
}

function isEqual(one: Code | undefined, other: Code): boolean {
  return one !== undefined && (one === other || deepEqual(plainOf(one), plainOf(other)));
}

/** Where each list and map of an object stands in it. */
function originsIn(value: CodeObject): ReadonlyMap<Code, Path> {
  const origins = new Map<Code, Path>();
  const visit = (code: Code, path: Path) => {
    if (!Array.isArray(code) && !isCodeObject(code)) return;
    origins.set(code, path);
    const entries = Array.isArray(code) ? code.entries() : Object.entries(code);
    for (const [key, item] of entries) visit(item as Code, [...path, key]);
  };
  visit(value, []);
  return origins;
}
