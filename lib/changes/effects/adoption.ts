import { describe } from '../../graph/identity';
import { nameOf } from '../../graph/kustomization';
import type { Resource } from '../../graph/resource';
import { at } from '../../json/read';
import type { Context } from '../context';
import { type EffectRule, effect, type Happening, isUpdated, owned } from '../effect';
import { lossOf } from '../loss';
import { isAppliedAlike } from '../pairs';
import { pruningOf } from '../pruning';

/**
 * Objects that a chart makes from now on instead of a Kustomization or another release, or the other way round. Flux has Helm take
 * over what is there, unless the release says not to (helm-controller 1.6 internal/action/upgrade.go: TakeOwnership). Who has made it
 * before deletes it without asking whose it is by now (helm v4.2 pkg/kube/client.go: update).
 */
export const adoption: EffectRule = function* (context) {
  for (const change of context.changes) {
    if (!isUpdated(change)) continue;
    const { before, after } = change;
    if ((before.chart === undefined && after.chart === undefined) || isAppliedAlike(before, after)) continue;
    for (const one of happenings(before, after, context)) yield { ...one, ...owned(change) };
  }
};

function* happenings(before: Resource, after: Resource, context: Context): Generator<Happening> {
  const [from, to] = [makerOf(before), makerOf(after)];
  const release = after.chart?.release;
  const { end } = pruningOf(before, context);
  if (release !== undefined && refusesOthers(release, context)) {
    yield effect(
      'refused',
      'high',
      `exists and is not of ${to} yet: its ${isNew(release, context) ? 'installation' : 'upgrade'} fails as long as it is there (\`disableTakeOwnership\`)`,
    );
    return;
  }
  if (end !== 'deleted') {
    yield effect('other', 'low', `is made by ${to} instead of ${from} from now on, and stays as it is`);
    return;
  }
  const lost = lossOf(before, context).filter(({ kind }) => kind === 'data' || kind === 'password');
  yield effect(
    'recreated',
    lost.length > 0 ? 'critical' : 'high',
    `may be deleted by ${from}, before or after ${to} takes it over`,
    before.chart === undefined
      ? 'In a commit of its own, before this one, put the annotation `kustomize.toolkit.fluxcd.io/prune: disabled` on it, and wait until Flux has applied that.'
      : 'In a commit of its own, before this one, have its chart put the annotation `helm.sh/resource-policy: keep` on it, and wait until Helm has applied that.',
  );
  for (const loss of lost) yield { ...loss, todo: [], message: `${loss.message}, if it is deleted first` };
}

function makerOf({ chart, appliedBy }: Resource): string {
  if (chart !== undefined) return describe(chart.release);
  return appliedBy === undefined ? 'what applies it' : `Kustomization ${nameOf(appliedBy)}`;
}

function isNew(release: Resource, context: Context): boolean {
  return context.releaseOf(release)?.before === undefined;
}

function refusesOthers(release: Resource, context: Context): boolean {
  return at(release.value, 'spec', isNew(release, context) ? 'install' : 'upgrade', 'disableTakeOwnership') === true;
}
