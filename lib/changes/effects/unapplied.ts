import type { EffectRule } from '../effect';
import { skippedBy } from '../skipped';

/** Objects that differ, and that their annotations keep Flux from applying. */
export const unapplied: EffectRule = function* ({ changes }) {
  for (const change of changes) {
    const { after } = change;
    const skipped = skippedBy(change);
    if (after === undefined || change.fields.length === 0 || skipped === undefined) continue;
    const { annotation, left } = skipped;
    const [key] = annotation.split(':');
    yield {
      kind: 'suspended',
      danger: left ? 'medium' : 'low',
      on: after,
      change,
      by: after.appliedBy,
      message: left
        ? `is left as it is in the cluster, where it still has \`${annotation}\`: taking that out of the tree does not take it off`
        : `is left as it is in the cluster: \`${annotation}\``,
      todo: left
        ? [
            `Take the annotation off by hand: \`kubectl${after.namespace === '' ? '' : ` -n ${after.namespace}`} annotate ${after.kind.toLowerCase()} ${after.name} ${key}-\`.`,
          ]
        : [],
    };
  }
};
