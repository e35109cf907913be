import { nameOf } from '../../../checks/flux/kustomization';
import { listed } from '../../../checks/listed';
import { kustomizeGroup } from '../../../graph/flux-objects';
import type { FluxKustomization, Resource } from '../../../graph/resource';
import type { Context } from '../context';
import type { EffectRule, Found } from '../effect';
import { fateOf, ownFate } from '../fate';
import { lossOf } from '../loss';

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
      yield {
        ...common,
        kind: 'orphaned',
        danger: 'low',
        message: `stays in the cluster, and nothing updates it any more: ${fate.why}`,
      };
    } else if (kustomization !== undefined) {
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
  const gone = kustomization.resources.filter((resource) => fateOf(resource, context).end === 'deleted');
  const left = kustomization.resources.length - gone.length;
  const waiting = dependentsLeft(kustomization, context);
  const parts = [
    gone.length === 0
      ? 'is deleted, and nothing that it has applied'
      : `is deleted, and ${gone.length} of the ${kustomization.resources.length} objects that it has applied`,
    ...(left > 0 && gone.length > 0 ? [`the other ${left} stay`] : []),
    ...(waiting.length > 0 ? [`${listed(waiting, 4)} still ${waiting.length === 1 ? 'waits' : 'wait'} for it`] : []),
  ];
  return { kind: 'deleted', danger: gone.length === 0 ? 'medium' : 'high', message: parts.join('; ') };
}

function dependentsLeft({ namespace, name }: FluxKustomization, { head }: Context): string[] {
  const waiting = (head?.cluster.kustomizations ?? []).filter(({ dependsOn }) =>
    dependsOn.some((dependency) => dependency.namespace === namespace && dependency.name === name),
  );
  return waiting.map((kustomization) => `Kustomization ${nameOf(kustomization)}`);
}

/** Kinds that something answers or runs through: it stops. */
const serving =
  /^(?:Deployment|StatefulSet|DaemonSet|CronJob|Service|Ingress|HTTPRoute|GRPCRoute|TLSRoute|Gateway|HelmRelease|Cluster|Pooler|Database|Namespace|CustomResourceDefinition|ClusterSecretStore|SecretStore|PersistentVolumeClaim|Certificate|Issuer|ClusterIssuer)$/;

function dangerOf({ kind }: Resource): Found['danger'] {
  return serving.test(kind) ? 'high' : 'medium';
}
