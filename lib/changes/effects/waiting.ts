import { kustomizeGroup } from '../../graph/flux/objects';
import { nameOf } from '../../graph/kustomization';
import type { FluxKustomization } from '../../graph/resource';
import { at } from '../../json/read';
import { listed } from '../../text/listed';
import type { EffectRule, Found } from '../effect';

/** Kustomizations that wait for others than before, or that no longer delete what leaves them. */
export const waiting: EffectRule = function* ({ changes, base, head }) {
  for (const change of changes) {
    const { before, after } = change;
    if (before === undefined || after?.group !== kustomizeGroup || after.kind !== 'Kustomization') continue;
    const old = base?.cluster.kustomization(before.namespace, before.name);
    const now = head?.cluster.kustomization(after.namespace, after.name);
    if (old === undefined || now === undefined) continue;
    const common: Omit<Found, 'message'> = { kind: 'other', danger: 'low', on: after, change, by: after.appliedBy };
    const come = namesLeft(now, old);
    // Of those that are gone from the tree, their own deletion tells.
    const gone = namesLeft(old, now).filter((name) => head?.cluster.kustomizations.some((one) => nameOf(one) === name));
    if (gone.length > 0)
      yield { ...common, message: `no longer waits for ${listed(gone, 4)}: a new cluster may apply it first` };
    if (come.length > 0)
      yield {
        ...common,
        message: `waits for ${listed(come, 4)} from now on, and is not updated while that is not ready`,
      };
    const prunes = [old, now].map(({ spec }) => at(spec, 'prune') === true);
    if (prunes[0] && !prunes[1])
      yield {
        ...common,
        message: 'no longer deletes what leaves the tree, nor what it has applied when it goes itself',
      };
    if (!prunes[0] && prunes[1]) yield { ...common, message: 'deletes from now on what leaves the tree' };
  }
};

/** What one waits for and the other does not. */
function namesLeft(one: FluxKustomization, other: FluxKustomization): string[] {
  const known = new Set(other.dependsOn.map(nameOf));
  return [...new Set(one.dependsOn.map(nameOf))].filter((name) => !known.has(name));
}
