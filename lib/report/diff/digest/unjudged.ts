import type { Review } from '../../../changes/review';
import { groupBy } from '../../../text/group-by';
import { enumerated, few } from '../../../text/listed';
import { inClusters } from './clusters';

/** How many are named. */
const most = 4;

/** Of which objects nothing is said because nothing is known of their kind: how many they are, and a sentence; undefined for none. */
export function unjudgedIn({ clusters }: Review): { readonly count: number; readonly text: string } | undefined {
  const all = clusters.flatMap(({ name, changes }) =>
    changes.flatMap(({ object, kind, unjudged }) => (unjudged === true ? [{ object, kind, name }] : [])),
  );
  if (all.length === 0) return undefined;
  const objects = [...groupBy(all, ({ object }) => object)].map(([object, those]) =>
    inClusters(
      object,
      those.map(({ name }) => name),
      clusters,
    ),
  );
  const kinds = new Set(all.map(({ kind }) => kind));
  return {
    count: all.length,
    text: `${enumerated(few(objects, most))}. Nothing is known of what a change of ${kinds.size === 1 ? 'this kind' : 'these kinds'} does: read it below.`,
  };
}
