import type { Construction, Module } from '../program';

/** The call of a module's function. */
export interface Called {
  readonly module: Module;
  /** What it is given beside its scope. */
  readonly given: readonly Construction[];
  /** What it hands on. */
  readonly handed: readonly Construction[];
}

/** What many of a cluster's modules are given, as one object. */
export interface Platform {
  /** What it has. */
  readonly parts: ReadonlySet<Construction>;
  /** The call after which all of it is there. */
  readonly after: Called;
  /** The calls that come later. */
  readonly later: ReadonlySet<Called>;
}

/** How many modules use what is worth a place in it. */
const fewestUsers = 4;

/** How many names it must spare. */
const leastSpared = 20;

/** Of calls in their order, the object that spares the most names; undefined where it would spare few. */
export function platformOf(calls: readonly Called[]): Platform | undefined {
  let best: Platform | undefined;
  let most = leastSpared - 1;
  const there = new Set<Construction>();
  for (const [i, after] of calls.entries()) {
    if (after.handed.length === 0) continue;
    for (const one of after.handed) there.add(one);
    const later = calls.slice(i + 1);
    const users = new Map<Construction, number>();
    for (const one of later.flatMap(({ given }) => given))
      if (there.has(one)) users.set(one, (users.get(one) ?? 0) + 1);
    const parts = new Set([...users].flatMap(([one, count]) => (count < fewestUsers ? [] : [one])));
    const spared = later.reduce((sum, { given }) => sum + Math.max(0, partsOf(given, parts).length - 1), -parts.size);
    if (spared > most) {
      best = { parts, after, later: new Set(later) };
      most = spared;
    }
  }
  return best;
}

export function partsOf(given: readonly Construction[], parts: ReadonlySet<Construction>): Construction[] {
  return given.filter((one) => parts.has(one));
}
