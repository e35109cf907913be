import { kustomizeGroup } from '../../graph/flux/objects';
import { isFirst } from '../../graph/kustomization';
import { shownPath } from '../../graph/shown-path';
import { folderOf } from '../../tree/paths';
import type { EffectRule } from '../effect';

/**
 * First Kustomizations of a cluster that lie in another folder: what applies them, as `flux bootstrap` has made it, is told the folder
 * outside of the tree. Without the folder it fails; where only the file is gone, it deletes the Kustomization with all that it applies.
 */
export const roots: EffectRule = function* ({ changes, head, hasMovedFile }) {
  for (const change of changes) {
    const { before, after } = change;
    if (before === undefined || after?.group !== kustomizeGroup || after.kind !== 'Kustomization') continue;
    const kustomization = head?.cluster.kustomization(after.namespace, after.name);
    if (head === undefined || kustomization === undefined || !isFirst(kustomization, head.cluster)) continue;
    const [from, to] = [before, after].map(({ document }) => folderOf(document.file.path));
    // Without a kustomization.yaml, Flux takes in the folders beneath the one that it is told.
    if (!hasMovedFile(before, after) || `${to}/`.startsWith(`${from}/`)) continue;
    const [old, now] = [from, to].map((folder = '') => `\`${shownPath(head.graph.tree, folder)}\``);
    yield {
      kind: 'other',
      danger: 'high',
      on: after,
      change,
      by: after.appliedBy,
      message: `moves from ${old} to ${now}: what applies it may look for it where it was, and then fails, or deletes it with all that it applies`,
      todo: [
        `Before the merge, see to it that what applies it reads ${now}, such as the Kustomization that \`flux bootstrap\` has made: leave a copy in ${old} until its \`spec.path\` is another.`,
      ],
    };
  }
};
