import type { Json, JsonObject } from '../../../../lib/json/json';
import { pathText } from '../../../../lib/json/path-text';
import { faultsOf } from '../../../../lib/systems/kubernetes/admission';
import { symbol } from '../../../../lib/text/symbolic';

/** What of an object is replaced, by a path with `/` between its steps; undefined takes it away. */
export type Changes = Readonly<Record<string, Json | undefined>>;

/** The places that the API server refuses in an object with some changes. */
export function refused(valid: JsonObject, changes: Changes = {}): string[] {
  const object = structuredClone(valid) as Record<string, unknown>;
  for (const [path, value] of Object.entries(changes)) {
    const steps = path.split('/');
    const last = steps.pop() as string;
    let at = object;
    for (const step of steps) {
      at[step] ??= {};
      at = at[step] as Record<string, unknown>;
    }
    if (value === undefined) delete at[last];
    else at[last] = value;
  }
  return [...faultsOf(object as JsonObject)].map((fault) => pathText(fault.path));
}

/** An object with every text of its spec unknown, one after the other: nothing of it is refused that was not. */
export function refusedOfUnknown(valid: JsonObject): string[] {
  const found: string[] = [];
  const visit = (value: unknown, steps: readonly string[]): void => {
    if (typeof value === 'string' && !['apiVersion', 'kind'].includes(steps[0] as string))
      found.push(
        ...refused(valid, { [steps.join('/')]: symbol('VALUE') }).map((path) => `${steps.join('/')}: ${path}`),
      );
    if (typeof value === 'object' && value !== null)
      for (const [key, item] of Object.entries(value)) if (!key.includes('/')) visit(item, [...steps, key]);
  };
  visit(valid, []);
  return found;
}
