import type { Json, JsonObject } from '../../json/json';
import { keysAt, listAt, objectAt, textAt } from '../../json/read';
import { isKnown } from '../../text/symbolic';
import { keysYielded } from './generators';

/** Keys that are known, and whether there may be others. */
export interface Keys {
  readonly keys: readonly string[];
  readonly open: boolean;
}

/** Finds the object of a generator that an ExternalSecret names. */
export type FindGenerator = (kind: string, name: string) => JsonObject | undefined;

/** What an ExternalSecret's data and dataFrom yield, and what its templates are given. */
export function rawKeys(spec: JsonObject, find: FindGenerator): Keys {
  const keys = listAt(spec, 'data').flatMap((item) => textAt(item, 'secretKey') ?? []);
  let open = false;
  for (const item of listAt(spec, 'dataFrom')) {
    const ref = objectAt(item, 'sourceRef', 'generatorRef');
    const kind = textAt(ref, 'kind') ?? '';
    const yielded = ref && keysYielded(kind, find(kind, textAt(ref, 'name') ?? ''));
    const known = yielded && rewritten(item, yielded);
    if (known !== undefined) keys.push(...known);
    else open = true;
  }
  return { keys, open };
}

/** What the rewrites of an item of dataFrom make of its keys; undefined unless all they do is to put texts before them. */
export function rewritten(item: Json, keys: readonly string[]): readonly string[] | undefined {
  let names = keys;
  for (const rewrite of listAt(item, 'rewrite')) {
    const target = textAt(rewrite, 'regexp', 'target');
    if (textAt(rewrite, 'regexp', 'source') !== '^' || target === undefined || target.includes('$') || !isKnown(target))
      return undefined;
    names = names.map((name) => target + name);
  }
  return names;
}

/**
 * The keys of the Secret that an ExternalSecret writes. A template with data or templateFrom takes the place of the raw keys, unless its
 * mergePolicy is Merge. (External Secrets 2.9, externalsecret_controller_template.go, ApplyTemplate)
 */
export function secretKeys(spec: JsonObject, find: FindGenerator): Keys {
  const template = objectAt(spec, 'target', 'template');
  if (!hasContent(template)) return rawKeys(spec, find);
  const keys = keysAt(template, 'data');
  const open = listAt(template, 'templateFrom').some(makesKeys);
  if (textAt(template, 'mergePolicy') !== 'Merge') return { keys, open };
  const raw = rawKeys(spec, find);
  return { keys: [...raw.keys, ...keys], open: open || raw.open };
}

/** Whether a template makes the Secret's data: otherwise it has the values that were read. */
export function hasContent(template: JsonObject | undefined): template is JsonObject {
  return keysAt(template, 'data').length > 0 || listAt(template, 'templateFrom').length > 0;
}

/** Whether an item of templateFrom makes keys of the Secret, rather than labels or annotations of it. */
export function makesKeys(item: Json): boolean {
  return (textAt(item, 'target') || 'Data').toLowerCase() === 'data';
}
