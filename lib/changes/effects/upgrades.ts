import { step } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { podTemplate } from '../../graph/workload';
import { keysAt, listAt, textAt } from '../../json/read';
import { listed, listedCode } from '../../text/listed';
import { isKnown } from '../../text/symbolic';
import { keptDefinitions } from '../charts/kept-definitions';
import { isBuiltByVersion, isOfOtherVersion, isUpgrade, type ReleasePair, type Upgrade } from '../charts/releases';
import { isRoutine } from '../charts/routine';
import type { Context } from '../context';
import { type EffectRule, effect, type Found, type Happening } from '../effect';
import { lossOf } from '../loss';
import { outlives } from '../pruning-by-helm';
import { takesFrom } from './charts';

/** What becomes of releases of which it is known what their charts make, before and after. */
export const upgrades: EffectRule = function* (context) {
  for (const pair of context.releases) {
    const on = pair.after ?? pair.before;
    if (on === undefined) continue;
    const change = context.changeOf(on);
    const common = { on, by: on.appliedBy, change, chain: change === undefined ? causeOf(on, context) : [] };
    for (const one of happenings(pair, context)) yield { ...common, ...one };
    if (pair.state === 'reinstalled') yield* reinstalled(pair, context);
  }
};

function* happenings(pair: ReleasePair, context: Context): Generator<Happening> {
  const { from, to, before, after, state } = pair;
  if (state === 'unknown' && to?.type === 'failed' && from?.type !== 'failed') {
    const what = before === undefined ? 'installed' : 'upgraded';
    yield effect('blocked', 'high', `cannot be ${what}, Helm refuses it: ${firstLine(to.message)}`);
  }
  if (state === 'unchanged' && from?.type === 'opened' && to?.type === 'opened' && after !== undefined) {
    if (from.chart.digest !== to.chart.digest && isBuiltByVersion(after))
      yield effect(
        'stale',
        'medium',
        `is not upgraded: its chart changes, but stays version ${to.chart.version}`,
        "Raise `version` in the chart's Chart.yaml, or set `reconcileStrategy: Revision` in `spec.chart.spec`.",
      );
  }
  if (!isUpgrade(pair)) return;
  yield effect('upgrade', 'low', upgraded(pair, context));
  yield* ofDefinitions(pair, context);
  yield* redrawn(pair);
}

/** Without the names of objects: of releases that are upgraded alike it is told once. */
function upgraded(pair: Upgrade, context: Context): string {
  const { from, to } = pair;
  const what = isOfOtherVersion(pair)
    ? `is upgraded: chart ${from.chart.version} → ${to.chart.version}`
    : from.chart.digest === to.chart.digest
      ? 'is upgraded with other values'
      : `is upgraded: another chart of version ${to.chart.version}`;
  const made = [...from.objects, ...to.objects].flatMap((object) => context.changeOf(object) ?? []);
  // What is random in pods makes them restart.
  const isRandom = to.objects.some((object) => podTemplate(object) && !isKnown(JSON.stringify(object.value)));
  if (made.length === 0) return isRandom ? what : `${what}; nothing in the cluster changes`;
  const isLabels = made.every(({ before, after, fields }) => before && after && fields.every(isRoutine));
  return isLabels ? `${what}; nothing but labels and checksums changes` : what;
}

/** What changes of the definitions in `crds/`, and does not reach the cluster. */
function* ofDefinitions(pair: Upgrade, { head }: Context): Generator<Happening> {
  const kept = keptDefinitions(pair, head);
  if (kept.length === 0) return;
  yield effect(
    'stale',
    'medium',
    `keeps the old ${kept.length === 1 ? 'definition' : 'definitions'} of ${listed(kept, 4)}: Flux does not update what is in a chart's \`crds/\``,
    'Set `spec.upgrade.crds: CreateReplace` in the HelmRelease, unless the definitions come from elsewhere.',
  );
}

/** Secrets with something random in them, which Helm makes anew: unless the chart asks the cluster for what it made before. */
function* redrawn({ to }: Upgrade): Generator<Happening> {
  if (to.looksUp || !isKnown(JSON.stringify(to.input.values))) return;
  for (const { kind, namespace, name, value, chart } of to.objects) {
    if (kind !== 'Secret' || (chart?.hooks.length ?? 0) > 0) continue;
    const keys = ['data', 'stringData'].flatMap((field) =>
      keysAt(value, field).filter((key) => !isKnown(textAt(value, field, key) ?? '')),
    );
    if (keys.length === 0) continue;
    const message = `makes ${listedCode(keys, 4)} of Secret ${namespace}/${name} anew with each upgrade, at random`;
    yield effect('password', 'medium', message);
  }
}

/** What is lost in between. */
function* reinstalled({ from }: ReleasePair, context: Context): Generator<Found> {
  for (const object of from?.type === 'opened' ? from.objects : []) {
    if (object.chart === undefined || outlives(object.value, object.chart) !== undefined) continue;
    for (const loss of lossOf(object, context)) {
      if (loss.kind === 'data')
        yield { ...loss, on: object, by: object.appliedBy, chain: [step(object.chart.release)] };
    }
  }
}

/** What changes elsewhere and leads to an upgrade: the chart's source, or the values that the release takes from there. */
function causeOf(release: Resource, { changes }: Context): readonly string[] {
  const values = listAt(release.value, 'spec', 'valuesFrom');
  for (const { before, after } of changes) {
    const other = after ?? before;
    if (other === undefined) continue;
    const isRead = values.some(
      (entry) =>
        textAt(entry, 'kind') === other.kind &&
        textAt(entry, 'name') === other.name &&
        release.namespace === other.namespace,
    );
    if (isRead || (other.group === 'source.toolkit.fluxcd.io' && takesFrom(release, other)))
      return [step(other), step(release)];
  }
  return [];
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? '';
}
