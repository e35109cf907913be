import type { Graph } from '../../graph/graph';
import type { Settings } from '../read-graph';

/** A JSON Schema of draft 2020-12. */
export type Schema = Readonly<Record<string, unknown>>;

export type Arguments = Readonly<Record<string, unknown>>;

/** What a tool may ask: trees below the folder that the server was started for. */
export interface Access {
  readonly settings: Settings;
  /** Whether who started the server lets tools write files. */
  readonly mayWrite: boolean;
  /**
   * The path as it is given to commands.
   *
   * @throws EspalierError for what lies outside of the folder
   */
  inside(path: string): string;
  /** The tree at a path of the arguments, as it is now. */
  graph(args: Arguments): Promise<Graph>;
}

/** One tool of `espalier mcp`: a file that exports this object, and a line in index.ts. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  /** For who decides whether to call it. */
  readonly description: string;
  /** The properties of its arguments, and those that are required. */
  readonly input: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  /** The schema of what it answers: an object. */
  readonly output: Schema;
  /** Whether it never changes a file, wherever it may. */
  readonly readOnly: boolean;
  /** @throws EspalierError, which the caller is told in one sentence */
  run(args: Arguments, access: Access): Promise<Readonly<Record<string, unknown>>>;
}

/** The arguments that name a tree. */
export const treeInput = {
  path: { type: 'string', description: 'A folder or a file below the folder of the server (default: all of it)' },
  cluster: { type: 'string', description: 'Only this cluster of several, by its name' },
} as const satisfies Tool['input'];

/** Those of an answer that is given a part at a time. */
export const pageInput = {
  limit: { type: 'integer', minimum: 1, maximum: 100, description: 'How many are answered at most (default: 20)' },
  offset: { type: 'integer', minimum: 0, description: 'How many are left out before: `next` of the answer before' },
} as const satisfies Tool['input'];

/** A part of a list, with how many there are in all, and where the next part begins. */
export interface Page<T> {
  readonly total: number;
  readonly next?: number;
  readonly items: readonly T[];
}

export function page<T>(all: readonly T[], { limit = 20, offset = 0 }: Arguments): Page<T> {
  const [from, most] = [Number(offset), Number(limit)];
  const items = all.slice(from, from + most);
  const end = from + items.length;
  return { total: all.length, ...(end < all.length && { next: end }), items };
}

export const text = { type: 'string' } as const;
export const number = { type: 'integer' } as const;
export const texts = { type: 'array', items: text } as const;

/** An object that has nothing else. @param required all, unless it says which */
export function object(properties: Readonly<Record<string, Schema>>, required = Object.keys(properties)): Schema {
  return { type: 'object', properties, required, additionalProperties: false };
}

export function pageOf(item: Schema): Schema {
  return object({ total: number, next: number, items: { type: 'array', items: item } }, ['total', 'items']);
}
