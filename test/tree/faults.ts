import fs from 'node:fs';

/** The functions by which the writer changes a file system. */
const mutations = ['mkdirSync', 'writeFileSync', 'renameSync', 'unlinkSync', 'rmdirSync', 'rmSync'] as const;
export type Mutation = (typeof mutations)[number];

/**
 * Calls `happen` at the `at`th change of the file system, and at every later one until it throws no more: before the change, or
 * halfway through it (half of a file's bytes written, half of a folder's entries removed).
 *
 * @returns ends it, and gives the number of changes seen
 */
export function injectFault(at: number, where: 'before' | 'halfway', happen: (name: Mutation) => void): () => number {
  let count = 0;
  const originals = mutations.map((name) => [name, fs[name]] as const);
  for (const [name, original] of originals) {
    const replaced = (...args: unknown[]) => {
      if (count++ >= at) {
        if (where === 'halfway') half(name, args, originals);
        happen(name);
      }
      return Reflect.apply(original, fs, args);
    };
    Object.assign(fs, { [name]: replaced });
  }
  return () => {
    for (const [name, original] of originals) Object.assign(fs, { [name]: original });
    return count;
  };
}

function half(name: Mutation, args: readonly unknown[], originals: readonly (readonly [Mutation, unknown])[]): void {
  const path = String(args[0]);
  const original = Object.fromEntries(originals) as Pick<typeof fs, Mutation>;
  if (name === 'writeFileSync') {
    const bytes = Buffer.from(args[1] as string);
    original.writeFileSync(path, bytes.subarray(0, bytes.length / 2));
  }
  if (name === 'rmSync' && fs.existsSync(path)) {
    const entries = fs.readdirSync(path);
    for (const entry of entries.slice(0, Math.ceil(entries.length / 2)))
      original.rmSync(`${path}/${entry}`, { recursive: true });
  }
}
