import type { IConstruct } from 'constructs';

/** @param shared what is found out once for all of one app */
type Compose = (shared: Map<unknown, unknown>) => void;

/** What is composed once everything else is, by the root of the app. */
const late = new WeakMap<IConstruct, Map<IConstruct, Compose>>();

/** Has a construct compose what depends on all others, whenever the tree is made: what it made before is its to take away. */
export function composeLate(construct: IConstruct, compose: Compose): void {
  const { root } = construct.node;
  const all = late.get(root) ?? new Map<IConstruct, Compose>();
  late.set(root, all.set(construct, compose));
}

/** Composes what had to wait for the rest of the app. */
export function composeRest(app: IConstruct): void {
  const shared = new Map();
  for (const compose of late.get(app.node.root)?.values() ?? []) compose(shared);
}
