import { nameOf } from '../../../checks/flux/kustomization';
import { listed } from '../../../checks/listed';
import { describe } from '../../../graph/identity';
import { groupBy } from '../../../group-by';
import { sourceOf } from '../context';
import { pathText } from '../difference';
import type { EffectRule } from '../effect';

/** Sources that Kustomizations read from another place from now on: what that holds, the two trees do not show. */
export const sources: EffectRule = function* ({ changes, head }) {
  const changed = changes.filter(
    ({ before, after, fields }) =>
      before !== undefined &&
      after?.group === 'source.toolkit.fluxcd.io' &&
      fields.some(({ path }) => /^spec\.(?:ref|url|endpoint|bucketName|prefix)\b/.test(pathText(path))),
  );
  if (changed.length === 0) return;
  const readers = groupBy(head?.cluster.kustomizations ?? [], (one) => sourceOf(one, head?.cluster));
  for (const change of changed) {
    const { after } = change;
    const names = (readers.get(after) ?? []).map(nameOf);
    if (after === undefined || names.length === 0) continue;
    const [what] = change.fields.flatMap(({ path }) =>
      /^spec\.(?!interval)/.test(pathText(path)) ? [pathText(path)] : [],
    );
    yield {
      kind: 'other',
      danger: 'high',
      on: after,
      change,
      by: after.appliedBy,
      message: `takes what ${names.length === 1 ? `Kustomization ${names[0]} applies` : `${names.length} Kustomizations apply (${listed(names, 4)})`} from elsewhere: \`${what}\` changes, and what is there is not compared here`,
      todo: [`Compare what ${describe(after)} holds with what it held before.`],
    };
  }
};
