import type { Identity } from '../graph/identity';
import { nearest } from '../text/nearest';

/** The end of a message about a name that nothing has: what is near it. */
export function didYouMean(near: string | undefined): string {
  return near === undefined ? '' : `; did you mean ${near}?`;
}

/**
 * The end of a message about an object that is not there: where one of its name is, or which name in its namespace is near.
 *
 * @param others the objects of its kind
 */
export function hintFor({ namespace, name }: Named, others: readonly Named[]): string {
  const elsewhere = others.find((other) => other.name === name);
  if (elsewhere !== undefined) {
    return elsewhere.namespace === ''
      ? '; the one of that name has no namespace'
      : `; it is in namespace ${elsewhere.namespace}`;
  }
  const here = others.filter((other) => other.namespace === namespace);
  return didYouMean(
    nearest(
      name,
      here.map((other) => other.name),
    ),
  );
}

type Named = Pick<Identity, 'namespace' | 'name'>;
