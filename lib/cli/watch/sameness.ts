/**
 * Compares what one run of main.ts made with what another made: values, fields, and how they refer to each other. Two objects that
 * were found the same are not looked at again, so that a thousand parts which are given the same handles take no longer than one.
 */
export class Sameness {
  private readonly proven = new Map<object, object>();

  /**
   * @param byText functions are the same when their texts are, and objects when their classes' texts are; else only by identity.
   * What functions enclose cannot be seen.
   */
  same(one: unknown, other: unknown, { byText = false } = {}): boolean {
    const assumed = new Map<object, object>();
    const open: [unknown, unknown][] = [[one, other]];
    for (let pair = open.pop(); pair; pair = open.pop()) {
      const [a, b] = pair;
      if (Object.is(a, b)) continue;
      if (!isObject(a) || !isObject(b)) return false;
      const known = this.proven.get(a) ?? assumed.get(a);
      if (known === b) continue;
      if (known !== undefined || !isAlike(a, b, byText)) return false;
      assumed.set(a, b);
      const [values, others] = [valuesOf(a), valuesOf(b)];
      if (values.length !== others.length) return false;
      for (const [i, value] of values.entries()) open.push([value, others[i]]);
    }
    for (const [a, b] of assumed) this.proven.set(a, b);
    return true;
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** Whether two objects are of one kind: what they hold is compared apart. */
function isAlike(a: object, b: object, byText: boolean): boolean {
  if (typeof a === 'function' || typeof b === 'function') {
    return byText && typeof a === typeof b && String(a) === String(b);
  }
  if (a instanceof Date) return b instanceof Date && a.getTime() === b.getTime();
  if (a instanceof RegExp) return b instanceof RegExp && String(a) === String(b);
  return isSameClass(prototypeOf(a), prototypeOf(b), byText);
}

/** Classes of the author's files are others in each run that loads them again. */
function isSameClass(a: object | null, b: object | null, byText: boolean): boolean {
  if (a === b) return true;
  if (!byText || a === null || b === null || String(a.constructor) !== String(b.constructor)) return false;
  return isSameClass(prototypeOf(a), prototypeOf(b), byText);
}

function prototypeOf(object: object): object | null {
  return Object.getPrototypeOf(object) as object | null;
}

/** Own fields in their order, each a name and a value, hidden ones and those of a map or a set included. */
function valuesOf(object: object): unknown[] {
  if (typeof object === 'function') return [];
  const values = Reflect.ownKeys(object).flatMap((key): unknown[] => {
    const { get, value } = Object.getOwnPropertyDescriptor(object, key) ?? {};
    return [key, get ?? value];
  });
  if (object instanceof Map || object instanceof Set) for (const entry of object.entries()) values.push(...entry);
  return values;
}
