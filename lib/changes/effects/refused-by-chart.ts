import { describe } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { at } from '../../json/read';
import type { RefusedChange } from '../../systems/fault';
import { listed } from '../../text/listed';
import { isOfOtherVersion, type Upgrade } from '../charts/releases';
import { effect, type Happening } from '../effect';
import { outlives } from '../pruning-by-helm';

/**
 * What becomes of a release of which an object is refused: Helm goes on with the others, deletes nothing any more, and fails
 * (helm v4.2 pkg/kube/client.go: update). `upgrade.force` does not help: what it replaces is refused alike.
 *
 * @param fields what cannot be changed
 */
export function refusedOfRelease({ kind }: Resource, upgrade: Upgrade, fields: readonly RefusedChange[]): Happening[] {
  const { after, from } = upgrade;
  const otherwise = isOfOtherVersion(upgrade) ? "Keep the chart's old version" : 'Leave the field as it is';
  const isSelector = fields.some(({ path }) => topOf(path) === 'spec.selector');
  const remedy = remedyFor(kind, isSelector, otherwise);
  const why = listed(new Set(fields.map(({ path, reason }) => `\`${topOf(path)}\`: ${reason}`)), 3);
  const message = `is not changed: the API server refuses it (${why}), so the upgrade of its release fails`;
  const remediation = remediationOf(after);
  if (remediation === 'none') return [effect('refused', 'high', message, remedy)];
  if (remediation === 'rollback') return [effect('refused', 'high', `${message}, and is rolled back`, remedy)];
  const lost = from.objects.filter(
    ({ kind, value, chart }) => kind === 'PersistentVolumeClaim' && chart !== undefined && !outlives(value, chart),
  );
  const data = lost.length === 0 ? '' : `, with ${listed(lost.map(describe), 3)}`;
  return [
    effect(
      'refused',
      lost.length === 0 ? 'high' : 'critical',
      `${message}, and Flux uninstalls it${data} before it installs it again (\`upgrade.remediation.strategy\`)`,
      remedy,
    ),
  ];
}

/** `spec.selector` of `spec.selector.matchLabels.app`: what is below it may be called as the release is. */
export function topOf(path: string): string {
  return path.split(/[.[]/).slice(0, 2).join('.');
}

/** helm-controller 1.6 api/v2/helmrelease_types.go: UpgradeRemediation; internal/reconcile/atomic_release.go */
function remediationOf({ value }: Resource): 'none' | 'rollback' | 'uninstall' {
  const upgrade = at(value, 'spec', 'upgrade');
  const given = at(upgrade, 'remediation');
  const does = (at(given, 'retries') ?? 0) !== 0 || at(given, 'remediateLastFailure') === true;
  if (!does || at(upgrade, 'strategy', 'name') === 'RetryOnFailure') return 'none';
  return at(given, 'strategy') === 'uninstall' ? 'uninstall' : 'rollback';
}

/** Without names: what is told of many objects in the same words is told once. */
function remedyFor(kind: string, isSelector: boolean, otherwise: string): string {
  const again = 'have Flux try again (`flux reconcile helmrelease --force`)';
  if (kind === 'PersistentVolumeClaim')
    return `${otherwise}. For another value, make a new PersistentVolumeClaim and copy the data to it.`;
  // Pods of another selector would be in its way.
  if (kind === 'StatefulSet' && !isSelector)
    return `${otherwise}, or, once this is merged, delete it without its pods (\`kubectl delete statefulset --cascade=orphan\`) and ${again}. Existing volumes stay as they are.`;
  return `${otherwise}, or, once this is merged, delete it (\`kubectl delete ${kind.toLowerCase()}\`) and ${again}: Helm then makes it anew.${kind === 'StatefulSet' ? ' Existing volumes stay as they are.' : ''}`;
}
