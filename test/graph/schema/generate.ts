import { type Node, types } from '../../../lib/graph/schema/node';
import type { Json } from '../../../lib/json/json';
import { pattern as compile } from '../../../lib/systems/kubernetes/patterns';

/** Numbers between 0 and 1, the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A value of the form that a schema asks for: its fields, types, enums and patterns; what binds them to each other by chance. */
export function generate(node: Node, chance: () => number, words: readonly string[], depth = 0): Json {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(chance() * items.length)] as T;
  const { schema } = node;
  if (schema.enum && schema.enum.length > 0) return pick(schema.enum);
  const wanted = Object.values(types).filter((bit) => node.types & bit && bit !== types.null);
  switch (wanted.length === 0 ? types.object : pick(wanted)) {
    case types.string:
      return text(node, pick, words);
    case types.integer:
    case types.number:
      return Math.max(schema.minimum ?? 0, Math.min(schema.maximum ?? 9, Math.floor(chance() * 4)));
    case types.boolean:
      return chance() < 0.5;
    case types.array: {
      const most = Math.min(schema.maxItems ?? 3, 3);
      const length = Math.max(schema.minItems ?? 0, depth > 8 ? 0 : Math.floor(chance() * (most + 1)));
      const item = node.items?.();
      const items = Array.from({ length }, () => (item ? generate(item, chance, words, depth + 1) : null));
      // The same item twice is what many rules are about.
      return items.length > 1 && chance() < 0.3 ? [...items.slice(0, -1), items[0] as Json] : items;
    }
    default:
      return fields(node, chance, words, depth, pick);
  }
}

function fields(
  node: Node,
  chance: () => number,
  words: readonly string[],
  depth: number,
  pick: <T>(items: readonly T[]) => T,
): Json {
  const likely = node.fields.size > 12 ? 0.15 : 0.5;
  const names = [...node.fields.keys()].filter(
    (name) => node.required.includes(name) || (depth < 8 && chance() < likely),
  );
  const entries = names.map((name) => [name, generate(node.fields.get(name)?.() as Node, chance, words, depth + 1)]);
  const values = node.values?.();
  if (values && depth < 8) {
    const count = Math.floor(chance() * 3);
    for (let i = 0; i < count; i++) entries.push([pick(words), generate(values, chance, words, depth + 1)]);
  }
  return Object.fromEntries(entries) as Json;
}

function text({ schema }: Node, pick: <T>(items: readonly T[]) => T, words: readonly string[]): string {
  const { minLength = 0, maxLength = 1000, pattern } = schema;
  const expression = pattern === undefined ? undefined : compile(pattern);
  const fits = (word: string) =>
    word.length >= minLength && word.length <= maxLength && expression?.test(word) !== false;
  const fitting = words.filter(fits);
  return fitting.length > 0 ? pick(fitting) : '';
}
