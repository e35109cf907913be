import type { Json } from './json';

/** As with YAML: nobody's schema has more levels, and what goes through one calls itself for each. */
const mostLevels = 500;

/** What a text of JSON says, of somebody who may be anybody; undefined for what is none, or has too many levels. */
export function parseForeign(text: string): Json | undefined {
  try {
    return levelsOf(text) > mostLevels ? undefined : (JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}

function levelsOf(text: string): number {
  let deepest = 0;
  let level = 0;
  for (const [part] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (part === '[' || part === '{') deepest = Math.max(deepest, ++level);
    else if (part === ']' || part === '}') level -= 1;
  }
  return deepest;
}
