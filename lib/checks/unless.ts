import type { Maker } from '../graph/unknown-source';

/** An object, or a key of one, that is missing unless something makes it that the tree does not show. */
export interface Unless {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly key?: string;
  readonly by: Maker;
}

/** That an object is missing. */
export interface Lacks {
  readonly lacks?: Pick<Unless, 'kind' | 'namespace' | 'name'>;
}

/**
 * How sure it is that an object is missing: what `lacks` where it is, with what may make it where that leaves it open; undefined where it is
 * there, or known to come from elsewhere.
 */
export function missingUnless(
  found: { readonly state: 'found' | 'absent' } | { readonly state: 'unknown'; readonly by?: Maker },
  { kind, namespace, name }: Pick<Unless, 'kind' | 'namespace' | 'name'>,
): ({ readonly unless?: Unless } & Lacks) | undefined {
  if (found.state === 'absent') return { lacks: { kind, namespace, name } };
  if (found.state !== 'unknown' || found.by === undefined) return undefined;
  return { unless: { kind, namespace, name, by: found.by } };
}
