import type { Path } from './json';
import { isJsonObject, type Json, type JsonObject } from './json';

/**
 * Reading of values that nobody has validated: any of them may be missing or of another type, and then what they lead to is
 * missing, too. The schemas report it.
 */

/** The value at a path; undefined when there is none. */
export function at(value: Json | undefined, ...path: Path): Json | undefined {
  return follow(value, path);
}

/** Rules ask for some hundred thousand values of a large tree: the path is handed on as it is. */
function follow(value: Json | undefined, path: Path): Json | undefined {
  let found = value;
  for (let i = 0; i < path.length; i += 1) {
    const step = path[i] as string | number;
    if (typeof step === 'number') {
      if (!Array.isArray(found)) return undefined;
      found = (found as readonly Json[])[step];
    } else {
      if (!isJsonObject(found)) return undefined;
      const next: Json | undefined = found[step];
      // Most of what is asked for is not there. What is there may be inherited: a method, which no document holds, or the prototype.
      if (next === undefined || typeof next === 'function') return undefined;
      if (step === '__proto__' && !Object.hasOwn(found, step)) return undefined;
      found = next;
    }
  }
  return found;
}

export function textAt(value: Json | undefined, ...path: Path): string | undefined {
  const found = follow(value, path);
  return typeof found === 'string' ? found : undefined;
}

export function objectAt(value: Json | undefined, ...path: Path): JsonObject | undefined {
  const found = follow(value, path);
  return isJsonObject(found) ? found : undefined;
}

/** The list at a path, empty when there is none. */
export function listAt(value: Json | undefined, ...path: Path): readonly Json[] {
  const found = follow(value, path);
  return Array.isArray(found) ? (found as readonly Json[]) : [];
}

/** The keys of the object at a path, none when there is none. */
export function keysAt(value: Json | undefined, ...path: Path): readonly string[] {
  const found = follow(value, path);
  return isJsonObject(found) ? Object.keys(found) : [];
}

/** Every string in a value, with its path. */
export function textsIn(value: Json | undefined, path: Path = []): readonly { text: string; path: Path }[] {
  const found: { text: string; path: Path }[] = [];
  const steps = [...path];
  const collect = (at: Json | undefined) => {
    if (typeof at === 'string') found.push({ text: at, path: [...steps] });
    else if (Array.isArray(at)) for (const [i, item] of at.entries()) below(i, item as Json);
    else if (isJsonObject(at)) for (const [key, item] of Object.entries(at)) below(key, item);
  };
  const below = (step: string | number, item: Json) => {
    steps.push(step);
    collect(item);
    steps.pop();
  };
  collect(value);
  return found;
}
