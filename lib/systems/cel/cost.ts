import { celStrings } from '../../text/cel';

/** As many steps as an evaluation may take. The API server has a budget of its own, and refuses rules that may exceed it. */
const budget = 10_000_000;

const loop = /\.\s*(?:all|exists|exists_one|existsOne|map|filter|sortBy|transform\w+)\s*$/;

/** Tells of a rule's values whether loops within loops over what one holds may take longer than anybody waits. */
export function costOf(rule: string): (value: unknown) => boolean {
  const text = rule.replace(celStrings, '""');
  const depth = nesting(text);
  const replaces = /\.\s*replace\s*\(/.test(text);
  if (depth < 1 && !replaces) return () => false;
  const written = text.split(',').length;
  return (value) => {
    // Ten characters take as long as a step; what replaces a part of a text may be as long as that.
    const steps = Math.max(1, longest(value) / 10) ** (replaces ? 2 : 1);
    return Math.max(1, depth < 2 ? largest(value) : Math.max(written, largest(value))) ** depth * steps > budget;
  };
}

/** How many loops stand within one another. */
function nesting(text: string): number {
  const open: boolean[] = [];
  let depth = 0;
  let deepest = 0;
  for (const { 0: bracket, index } of text.matchAll(/[()]/g)) {
    if (bracket === '(') {
      const isLoop = loop.test(text.slice(Math.max(0, index - 40), index));
      open.push(isLoop);
      if (isLoop) depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (open.pop()) depth -= 1;
  }
  return deepest;
}

/** The length of the longest text in a value. */
function longest(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  const items = value instanceof Map ? [...value.values()] : Object.values(value);
  return items.reduce<number>((most, item) => Math.max(most, longest(item)), 0);
}

/** The size of the largest list or object in a value. */
function largest(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const items = value instanceof Map ? [...value.values()] : Object.values(value);
  return items.reduce<number>((most, item) => Math.max(most, largest(item)), items.length);
}
