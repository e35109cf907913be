import { effect, ofPresent } from '../effect';
import { skippedBy } from '../skipped';

/** Objects that differ, and that their annotations keep Flux from applying. */
export const unapplied = ofPresent(/./, function* (change) {
  const { after, fields } = change;
  const skipped = skippedBy(change);
  if (fields.length === 0 || skipped === undefined) return;
  const { annotation, left } = skipped;
  const [key] = annotation.split(':');
  const where = after.namespace === '' ? '' : ` -n ${after.namespace}`;
  yield left
    ? effect(
        'suspended',
        'medium',
        `stays as it is in the cluster, where it still has \`${annotation}\`: removing it from the tree does not remove it there`,
        `Remove the annotation by hand: \`kubectl${where} annotate ${after.kind.toLowerCase()} ${after.name} ${key}-\`.`,
      )
    : effect('suspended', 'low', `stays as it is in the cluster: \`${annotation}\``);
});
