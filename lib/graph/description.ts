import { textAt } from '../json/read';
import type { Resource } from './resource';
import { display } from './substitution';

/** What an object is for, as its author says it (https://kubernetes.io/docs/reference/labels-annotations-taints/#description). */
export function descriptionOf({ value }: Pick<Resource, 'value'>): string | undefined {
  return annotation(value, 'kubernetes.io/description');
}

/** What the keys of an ExternalSecret are for, as its author says it in the annotation `espalier/keys`: a line each, `KEY: text`. */
export function keyDescriptions({ value }: Pick<Resource, 'value'>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of annotation(value, 'espalier/keys')?.split('\n') ?? []) {
    const [, key, text] = /^\s*([-._\w]+):\s*(\S.*)$/.exec(line) ?? [];
    if (key !== undefined && text !== undefined && !found.has(key)) found.set(key, text.trimEnd());
  }
  return found;
}

function annotation(value: Resource['value'], name: string): string | undefined {
  const text = textAt(value, 'metadata', 'annotations', name)?.trim();
  return text === undefined || text === '' ? undefined : display(text);
}
