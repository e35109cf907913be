import { waitersFor, waitsForRevision } from '../../graph/dependents';
import { isSuspended, nameOf } from '../../graph/kustomization';
import type { FluxKustomization } from '../../graph/resource';
import { at } from '../../json/read';
import { count } from '../../text/count';
import { listed } from '../../text/listed';
import type { Context } from '../context';
import { type EffectRule, effect, type Happening, ofUpdated } from '../effect';

/** What is suspended, and what goes on: Kustomizations and their sources, and objects that have such a switch. */
export const suspended: EffectRule = function* (context) {
  const { base, head } = context;
  for (const kustomization of head?.cluster.kustomizations ?? []) {
    const before = base?.cluster.kustomization(kustomization.namespace, kustomization.name);
    const was = before !== undefined && isSuspended(before);
    const on = kustomization.resource;
    for (const one of ofKustomization(kustomization, was, context)) {
      // What it holds back is not its own change.
      yield one.kind === 'blocked' ? { ...one, on } : { ...one, on, change: context.changeOf(on) };
    }
  }
  yield* switched(context);
};

const switched = ofUpdated(/(?<!\/Kustomization)$/, function* ({ before, after, fields }) {
  const [was, is] = [before, after].map(({ value }) => at(value, 'spec', 'suspend') === true);
  if (was === is) return;
  const stops = /^(?:HelmRelease|ScheduledBackup|GitRepository|OCIRepository|Bucket)$/.test(after.kind);
  const others = fields.some(({ path }) => path[0] === 'spec' && path[1] !== 'suspend');
  const rest = is && others ? '; its other changes take effect only after that' : '';
  const message = is ? `is suspended: it does nothing until somebody resumes it${rest}` : 'is resumed';
  const later = 'To make its other changes take effect, take `spec.suspend` out again in a later commit.';
  yield effect('suspended', stops ? 'medium' : 'low', message, ...(rest === '' ? [] : [later]));
});

function* ofKustomization(kustomization: FluxKustomization, was: boolean, context: Context): Generator<Happening> {
  const change = context.changeOf(kustomization.resource);
  const is = isSuspended(kustomization);
  const waiting = context.countOf(kustomization);
  if (!is && was)
    yield effect('suspended', 'medium', 'is resumed: all that has changed since it was suspended is applied at once');
  if (!is || (was && waiting === 0)) return;
  if (context.base !== undefined && change !== undefined && change.before === undefined) {
    yield effect('suspended', 'low', 'starts suspended: nothing of it is applied yet');
    return;
  }
  yield was
    ? effect(
        'suspended',
        'medium',
        `is suspended: ${count(waiting, 'change')} of what it applies ${waiting === 1 ? 'does' : 'do'} not happen until it is resumed`,
        `To apply the change: \`flux resume kustomization ${kustomization.name} -n ${kustomization.namespace || 'flux-system'}\`.`,
      )
    : effect(
        'suspended',
        'medium',
        `becomes suspended: nothing of it is applied any more${inTheSameChange(waiting)}`,
        ...(waiting > 0 ? ['If none of that should happen, suspend it first, in a commit of its own.'] : []),
      );
  // Those that it held back before are news where the change is to do something to them.
  const dependents = dependentsBySource(kustomization, context).filter((one) => !was || context.countOf(one) > 0);
  if (dependents.length === 0) return;
  const names = listed(
    dependents.map((one) => `Kustomization ${nameOf(one)}`),
    4,
  );
  yield effect(
    'blocked',
    'high',
    `blocks ${names}, which cannot go on until this one is resumed and has applied the same revision`,
  );
}

/** It and its parent hear of a revision at the same time: which is faster, nobody knows. */
function inTheSameChange(waiting: number): string {
  return waiting === 0
    ? ''
    : `, except perhaps what this very change does to ${waiting} of its objects: Flux may apply that before it reads that it is suspended`;
}

/** Those that wait for it and read the same source: they ask for its revision, too. */
function dependentsBySource(kustomization: FluxKustomization, { head }: Context): FluxKustomization[] {
  return (head === undefined ? [] : waitersFor(kustomization, head.cluster)).filter(
    (other) => !isSuspended(other) && waitsForRevision(other, kustomization),
  );
}
