import { dependentsOf } from '../../graph/dependents';
import { describe } from '../../graph/identity';
import { isFirst, nameOf } from '../../graph/kustomization';
import type { FluxKustomization, Resource } from '../../graph/resource';
import { shownPath } from '../../graph/shown-path';
import { at } from '../../json/read';
import { hasTrait } from '../../systems/kinds/kinds';
import { listed } from '../../text/listed';
import { folderOf } from '../../tree/paths';
import type { Context } from '../context';
import { effect, type Happening, ofUpdated, type Updated } from '../effect';

/** What a Kustomization does in another way than before: whom it waits for, what it deletes, where it lies. */
export const kustomization = ofUpdated(
  /^kustomize\.toolkit\.fluxcd\.io\/Kustomization$/,
  function* (change, context): Generator<Happening> {
    const { before, after } = change;
    const old = context.base?.cluster.kustomization(before.namespace, before.name);
    const now = context.head?.cluster.kustomization(after.namespace, after.name);
    if (now === undefined) return;
    yield* moved(change, now, context);
    if (old !== undefined) yield* waiting(old, now, context);
    yield* pruning(before, after);
    yield* forcing(before, after, now);
  },
);

/**
 * First Kustomizations of a cluster that lie in another folder: what applies them, as `flux bootstrap` has made it, is told the folder
 * outside of the tree. Without the folder it fails; where only the file is gone, it deletes the Kustomization with all that it applies.
 */
function* moved({ before, after }: Updated, now: FluxKustomization, context: Context): Generator<Happening> {
  const { head, hasMovedFile } = context;
  if (head === undefined || !isFirst(now, head.cluster)) return;
  const [from, to] = [before, after].map(({ document }) => folderOf(document.file.path));
  // Without a kustomization.yaml, Flux takes in the folders beneath the one that it is told.
  if (!hasMovedFile(before, after) || `${to}/`.startsWith(`${from}/`)) return;
  const [here, there] = [from, to].map((folder = '') => `\`${shownPath(head.graph.tree, folder)}\``);
  yield effect(
    'other',
    'high',
    `moves from ${here} to ${there}: what applies it may still look for it in the old place, and then fails, or deletes it with all that it applies`,
    `Before the merge, leave a copy in ${here} until what applies it, such as the Kustomization that \`flux bootstrap\` has made, reads ${there} (its \`spec.path\`).`,
  );
}

function* waiting(old: FluxKustomization, now: FluxKustomization, { head }: Context): Generator<Happening> {
  // That one waits for it, too, is a loop: blocked.ts tells.
  const behind = new Set(head === undefined ? [] : dependentsOf(now, head.cluster).map(nameOf));
  const come = namesLeft(now, old).filter((name) => !behind.has(name) && name !== nameOf(now));
  // Of those that are gone from the tree, their own deletion tells.
  const gone = namesLeft(old, now).filter((name) => head?.cluster.kustomizations.some((one) => nameOf(one) === name));
  if (gone.length > 0)
    yield effect('other', 'low', `no longer waits for ${listed(gone, 4)}: a new cluster may apply it first`);
  if (come.length > 0)
    yield effect('other', 'low', `now waits for ${listed(come, 4)}, and is not updated until that is ready`);
}

/** What one waits for and the other does not. */
function namesLeft(one: FluxKustomization, other: FluxKustomization): string[] {
  const known = new Set(other.dependsOn.map(nameOf));
  return [...new Set(one.dependsOn.map(nameOf))].filter((name) => !known.has(name));
}

function* pruning(before: Resource, after: Resource): Generator<Happening> {
  const [did, does] = [before, after].map(({ value }) => at(value, 'spec', 'prune') === true);
  if (did && !does)
    yield effect(
      'other',
      'low',
      'no longer deletes what leaves the tree, nor what it has applied when it is deleted itself',
    );
  if (!did && does) yield effect('other', 'low', 'now deletes what leaves the tree');
}

/** One that is allowed to delete and remake what it applies. */
function* forcing(before: Resource, after: Resource, { resources }: FluxKustomization): Generator<Happening> {
  const [did, does] = [before, after].map(({ value }) => at(value, 'spec', 'force') === true);
  if (did || !does) return;
  const data = resources.filter((resource) => hasTrait(resource, 'holds-data')).map(describe);
  const lost = data.length > 0 ? `: ${listed(data, 4)} with its data, too` : '';
  yield effect(
    'other',
    data.length > 0 ? 'high' : 'medium',
    `may now delete and recreate what it applies when a change is refused${lost}`,
  );
}
