import type { Json, JsonObject } from '../../../../lib/json/json';
import { faultsOf } from '../../../../lib/systems/kubernetes/admission';

/** A place in an object, what is written there (undefined: nothing), and what is found: the place too, where it is another. */
export type Case = readonly [at: string, value: Json | undefined, found: string];

/** What is refused in an object once it is changed at one place: `place: what must be`, a line each. */
export function refusedWith(object: JsonObject, at: string, value: Json | undefined): string {
  const changed = structuredClone(object) as Record<string, Json>;
  const keys = at.split('.');
  const last = keys.pop() as string;
  let inner = changed as Record<string, unknown>;
  for (const key of keys) {
    inner[key] ??= {};
    inner = inner[key] as Record<string, unknown>;
  }
  if (value === undefined) delete inner[last];
  else inner[last] = value;
  return refused(changed)
    .map(({ path, allowed }) => (path === at ? allowed : `${path}: ${allowed}`))
    .join('\n');
}

export function refused(object: JsonObject): { path: string; allowed: string }[] {
  return [...faultsOf(object)].map(({ path, allowed }) => ({ path: path.join('.'), allowed }));
}
