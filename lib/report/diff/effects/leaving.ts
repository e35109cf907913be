import { nameOf } from '../../../checks/flux/kustomization';
import { listed } from '../../../checks/listed';
import { kustomizeGroup } from '../../../graph/flux-objects';
import type { FluxKustomization, Resource } from '../../../graph/resource';
import { count } from '../../summary';
import type { Context } from '../context';
import type { EffectRule, Found } from '../effect';
import { fateOf, ownFate } from '../fate';
import { lossOf } from '../loss';
import { successorOf } from '../successor';

/** Objects that leave the tree: deleted with what they hold, or left behind. */
export const leaving: EffectRule = function* (context) {
  for (const change of context.changes) {
    const { before, after } = change;
    if (before === undefined || after !== undefined) continue;
    const kustomization = kustomizationOf(before, context);
    const fate = kustomization === undefined ? fateOf(before, context) : ownFate(kustomization, context);
    const common = { on: before, change, by: fate.by };
    if (fate.end === 'unknown') {
      yield { ...common, kind: 'other', danger: 'medium', message: `may be deleted: ${fate.why}` };
    } else if (fate.end === 'kept') {
      const data = holdsData.test(before.kind);
      yield {
        ...common,
        kind: 'orphaned',
        danger: data ? 'medium' : 'low',
        message: `stays in the cluster, and nothing updates it any more: ${fate.why}`,
        todo: data ? ['Delete it by hand once nobody needs it or its data any more.'] : [],
      };
    } else if (kustomization !== undefined) {
      // Of a renamed one, moving.ts tells.
      if (successorOf(kustomization, context) === undefined)
        yield { ...common, ...goingKustomization(kustomization, context) };
    } else {
      yield { ...common, kind: 'deleted', danger: dangerOf(before), message: `is deleted: ${fate.why}` };
      yield* lossOf(before, context).map((loss): Found => ({ ...common, ...loss }));
    }
  }
};

/** The Kustomization that an object is. */
function kustomizationOf({ group, kind, namespace, name }: Resource, { base }: Context): FluxKustomization | undefined {
  if (group !== kustomizeGroup || kind !== 'Kustomization') return undefined;
  return base?.cluster.kustomization(namespace, name);
}

function goingKustomization(
  kustomization: FluxKustomization,
  context: Context,
): Pick<Found, 'kind' | 'danger' | 'message'> {
  const moved = kustomization.resources.filter((resource) => context.changeOf(resource)?.after !== undefined);
  const left = kustomization.resources.filter((resource) => !moved.includes(resource));
  const gone = left.filter((resource) => fateOf(resource, context).end === 'deleted').length;
  const kept = left.length - gone;
  const waiting = dependentsLeft(kustomization, context);
  const parts = [
    gone === 0 ? 'is deleted, and nothing that it has applied' : `is deleted, and ${count(gone, 'object')} with it`,
    ...(kept > 0 ? [`${count(kept, 'object')} ${kept === 1 ? 'stays' : 'stay'} behind`] : []),
    ...(moved.length > 0
      ? [`${count(moved.length, 'object')} ${moved.length === 1 ? 'moves' : 'move'} elsewhere`]
      : []),
    ...(waiting.length > 0 ? [`${listed(waiting, 4)} still ${waiting.length === 1 ? 'waits' : 'wait'} for it`] : []),
  ];
  return { kind: 'deleted', danger: gone === 0 ? 'medium' : 'high', message: parts.join('; ') };
}

function dependentsLeft({ namespace, name }: FluxKustomization, { head }: Context): string[] {
  const waiting = (head?.cluster.kustomizations ?? []).filter(({ dependsOn }) =>
    dependsOn.some((dependency) => dependency.namespace === namespace && dependency.name === name),
  );
  return waiting.map((kustomization) => `Kustomization ${nameOf(kustomization)}`);
}

/** What a person has to see to when it is left behind. */
const holdsData = /^(?:Cluster|Namespace|PersistentVolumeClaim|StatefulSet|HelmRelease)$/;

/** Kinds that something answers or runs through: it stops. */
const serving =
  /^(?:Deployment|StatefulSet|DaemonSet|CronJob|Service|Ingress|HTTPRoute|GRPCRoute|TLSRoute|Gateway|HelmRelease|Cluster|Pooler|Database|Namespace|CustomResourceDefinition|ClusterSecretStore|SecretStore|PersistentVolumeClaim|Certificate|Issuer|ClusterIssuer)$/;

function dangerOf({ kind }: Resource): Found['danger'] {
  return serving.test(kind) ? 'high' : 'medium';
}
