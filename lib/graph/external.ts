import { fitsWildcards } from '../text/wildcards';
import type { Identity } from './identity';

/** Tells whether an object is in the cluster although the tree does not have it: the user has said so. */
export type External = (identity: Identity) => boolean;

/** @param patterns each `Kind/namespace/name`, or `Kind/name` for what has no namespace; `*` stands for any characters */
export function externalObjects(patterns: readonly string[]): External {
  if (patterns.length === 0) return () => false;
  return ({ kind, namespace, name }) => {
    const object = namespace === '' ? `${kind}/${name}` : `${kind}/${namespace}/${name}`;
    return patterns.some((pattern) => fitsWildcards(pattern, object));
  };
}
