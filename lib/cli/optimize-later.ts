import { setFlagsFromString } from 'node:v8';

/** Node 24 is no faster for it, and V8 complains of a flag that it has no more. */
const flags: { readonly [node: string]: string | undefined } = {
  20: '--interrupt-budget=2000000',
  22: '--invocation-count-for-turbofan=30000',
};

/**
 * From now on V8 optimizes later: most runs end before code that it optimizes has paid for its making; what has run for some
 * milliseconds is optimized all the same. Reading YAML does pay: what reads a tree says so when that is done.
 */
export function optimizeLater(): void {
  const flag = flags[parseInt(process.versions.node, 10)];
  if (flag !== undefined) setFlagsFromString(flag);
}
