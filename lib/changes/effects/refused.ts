import { dependentsOf } from '../../graph/dependents';
import { describe } from '../../graph/identity';
import { nameOf, policyOf } from '../../graph/kustomization';
import type { FluxKustomization, Resource } from '../../graph/resource';
import { at } from '../../json/read';
import type { RefusedChange } from '../../systems/fault';
import { listed } from '../../text/listed';
import { isUpgrade } from '../charts/releases';
import type { Context } from '../context';
import { effect, type Happening, ofUpdated } from '../effect';
import { immutableFields } from '../immutable';
import { lossOf } from '../loss';
import type { Changed } from '../pairs';
import { skippedBy } from '../skipped';
import { stageOf } from '../stages';
import { refusedOfRelease } from './refused-by-chart';

/**
 * Changes that the API server refuses. Flux tries every object before it applies any, definitions and namespaces before the others
 * (ApplyAllStaged, github.com/fluxcd/pkg ssa/manager_apply.go), so that one refusal stops all of its Kustomization; with force, it deletes
 * the object and makes it anew.
 */
export const refused = ofUpdated(/./, function* (change, context): Generator<Happening> {
  const { before, after } = change;
  if (skippedBy(change) !== undefined) return;
  const fields = immutableFields(change, context.head);
  if (fields.length === 0) return;
  const release = after.chart && context.releaseOf(after);
  if (release !== undefined) {
    // Before each upgrade, Helm deletes what is of its hooks.
    const isMadeAnew = after.chart?.hooks.length !== 0;
    if (isUpgrade(release) && !isMadeAnew) yield* refusedOfRelease(after, release, fields);
    return;
  }
  const why = listed(new Set(fields.map(({ path, reason }) => `\`${path}\`: ${reason}`)), 3);
  const by = after.appliedBy;
  const forced =
    at(by?.spec, 'force') === true || [after, before].some((side) => policyOf(side, 'force') === 'enabled');
  if (by === undefined || !forced) {
    const until = isTidied(before) ? ' as long as the old one is there' : '';
    yield effect(
      'refused',
      'high',
      `is not changed${until}: the API server refuses it (${why})${stopped(change, by, context)}`,
      remedyFor(after, fields),
    );
    return;
  }
  const lost = lossOf(before, context).filter(({ kind }) => kind === 'data' || kind === 'password');
  const danger = lost.length > 0 ? 'critical' : 'high';
  yield effect('recreated', danger, `is deleted and created again, since Flux may force it (${why})`);
  for (const { kind, danger, message } of lost) {
    yield effect(
      kind,
      danger,
      message,
      `Leave the field as it is, or remove \`force\` from ${describe(after)} and its Kustomization: then the change is refused, and nothing is lost.`,
    );
  }
});

/** A Job that Kubernetes deletes some time after it has finished. */
function isTidied({ kind, value }: Resource): boolean {
  return kind === 'Job' && at(value, 'spec', 'ttlSecondsAfterFinished') !== undefined;
}

/** What does not happen either. */
function stopped(refused: Changed, by: FluxKustomization | undefined, { head, countOf }: Context): string {
  if (by === undefined) return '';
  const others = countOf(by, stageOf(refused)) - 1;
  const dependents = head === undefined ? [] : dependentsOf(by, head.cluster);
  const parts = [
    ...(others > 0 ? [`its ${others === 1 ? 'other change does' : `${others} other changes do`} not happen`] : []),
    ...(dependents.length > 0
      ? [`${listed(dependents.map(nameOf), 3)} ${dependents.length === 1 ? 'waits' : 'wait'} for it`]
      : []),
  ];
  return `; Kustomization ${nameOf(by)} fails${parts.length > 0 ? `, so that ${parts.join(' and ')}` : ''}`;
}

/** Without the object's name where it can be: what is told of many objects in the same words is told once. */
function remedyFor({ kind, namespace, name }: Resource, fields: readonly RefusedChange[]): string {
  if (kind === 'Cluster' || kind === 'PersistentVolumeClaim') {
    return `Before the merge, set the field back. For another value, make a new ${kind} and copy the data to it.`;
  }
  if (kind === 'StatefulSet') {
    const where = namespace === '' ? '' : ` -n ${namespace}`;
    // Pods of another selector would be in the way of new ones.
    const isSelector = fields.some(({ path }) => /^spec\.selector\b/.test(path));
    const how = isSelector ? 'with its pods' : 'without its pods';
    const command = `kubectl${where} delete statefulset ${name}${isSelector ? '' : ' --cascade=orphan'}`;
    return `Leave the field as it is, or, once this is merged, delete it ${how} (\`${command}\`): Flux then creates it again. Existing volumes stay as they are.`;
  }
  if (kind === 'Job')
    return 'Give it a new name, or the annotation `kustomize.toolkit.fluxcd.io/force: enabled`: Flux then deletes it and runs it again.';
  return 'Leave the field as it is, or have Flux delete it and create it again: add the annotation `kustomize.toolkit.fluxcd.io/force: enabled` for this one merge.';
}
