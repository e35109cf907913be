import { nameOf } from '../../../checks/flux/kustomization';
import { listed } from '../../../checks/listed';
import { kustomizeGroup } from '../../../graph/flux-objects';
import type { FluxKustomization, Resource } from '../../../graph/resource';
import type { Context } from '../context';
import type { EffectRule, Found } from '../effect';
import { type Fate, fateOf, ownFate } from '../fate';
import { lossOf } from '../loss';
import { waitersFor } from '../order';

/** Objects that leave the tree: deleted with what they hold, or left behind. */
export const leaving: EffectRule = function* (context) {
  for (const change of context.changes) {
    const { before, after } = change;
    if (before === undefined || after !== undefined) continue;
    const kustomization = kustomizationOf(before, context);
    const fate = kustomization === undefined ? fateOf(before, context) : ownFate(kustomization, context);
    const common = { on: before, change, by: fate.by };
    if (fate.end === 'unknown') {
      if (kustomization === undefined || !hasMoved(kustomization, context))
        yield { ...common, ...perhaps(before, kustomization, fate, context) };
    } else if (fate.end === 'kept') {
      yield { ...common, ...left(kustomization, fate) };
    } else if (fate.end === 'later') {
      yield { ...common, by: undefined, ...putOff(before, fate, context) };
    } else if (kustomization !== undefined) {
      const going = goingKustomization(kustomization, context);
      if (going !== undefined) yield { ...common, ...going };
    } else {
      yield { ...common, kind: 'deleted', danger: dangerOf(before), message: `is deleted: ${fate.why}` };
      yield* lossOf(before, context).map((loss): Found => ({ ...common, ...loss }));
    }
  }
};

type What = Pick<Found, 'kind' | 'danger' | 'message'>;

/** The Kustomization that an object is. */
function kustomizationOf({ group, kind, namespace, name }: Resource, { base }: Context): FluxKustomization | undefined {
  if (group !== kustomizeGroup || kind !== 'Kustomization') return undefined;
  return base?.cluster.kustomization(namespace, name);
}

function left(kustomization: FluxKustomization | undefined, { why, goesOn }: Fate): What {
  const what =
    kustomization !== undefined
      ? 'stays in the cluster, and goes on applying its folder as long as that is there'
      : goesOn === true
        ? 'stays in the cluster'
        : 'stays in the cluster, and nothing updates it any more';
  return { kind: 'orphaned', danger: 'low', message: `${what}: ${why}` };
}

function perhaps(
  resource: Resource,
  kustomization: FluxKustomization | undefined,
  { why }: Fate,
  context: Context,
): What {
  if (kustomization !== undefined) {
    const count = kustomization.resources.length;
    return {
      kind: 'other',
      danger: 'high',
      message: `may be deleted, and with it what it has applied (${count} ${count === 1 ? 'object' : 'objects'}): ${why}`,
    };
  }
  const data = lossOf(resource, context).some(({ danger }) => danger === 'critical');
  return {
    kind: 'other',
    danger: data ? 'high' : 'medium',
    message: `may be deleted${data ? ' with its data' : ''}: ${why}`,
  };
}

/** What is deleted once its Kustomization goes on: with all that it holds, which nobody thinks of by then. */
function putOff(resource: Resource, { why }: Fate, context: Context): What {
  const data = lossOf(resource, context).some(({ danger }) => danger === 'critical');
  const what = data ? 'is deleted with its data' : 'is deleted';
  return { kind: 'orphaned', danger: data ? 'medium' : 'low', message: `${what} later, not now: ${why}` };
}

/** Whether all its objects go to another: moving.ts says what happens. */
function hasMoved({ resources }: FluxKustomization, context: Context): boolean {
  return resources.length > 0 && resources.every((resource) => context.changeOf(resource)?.after !== undefined);
}

function goingKustomization(kustomization: FluxKustomization, context: Context): What | undefined {
  const { resources } = kustomization;
  const moved = resources.filter((resource) => context.changeOf(resource)?.after !== undefined).length;
  const waiting = dependentsLeft(kustomization, context);
  if (hasMoved(kustomization, context) && waiting.length === 0) return undefined;
  const gone = resources.filter(
    (resource) => context.changeOf(resource)?.after === undefined && fateOf(resource, context).end === 'deleted',
  ).length;
  const rest = resources.length - gone - moved;
  const parts = [
    gone === 0
      ? 'is deleted, and nothing that it has applied'
      : gone === resources.length
        ? `is deleted, and with it what it has applied: ${gone} ${gone === 1 ? 'object' : 'objects'}`
        : `is deleted, and ${gone} of the ${resources.length} objects that it has applied`,
    ...(moved > 0 ? [`${moved} ${moved === 1 ? 'moves' : 'move'} to another Kustomization`] : []),
    ...(rest > 0 && gone > 0 ? [`the other ${rest} ${rest === 1 ? 'stays' : 'stay'}`] : []),
    ...(waiting.length > 0 ? [`${listed(waiting, 4)} still ${waiting.length === 1 ? 'waits' : 'wait'} for it`] : []),
  ];
  return { kind: 'deleted', danger: gone === 0 ? 'medium' : 'high', message: parts.join('; ') };
}

function dependentsLeft(kustomization: FluxKustomization, { head }: Context): string[] {
  const waiting = head === undefined ? [] : waitersFor(kustomization, head.cluster);
  return waiting.map((one) => `Kustomization ${nameOf(one)}`);
}

/** Kinds that something answers or runs through: it stops. */
const serving =
  /^(?:Deployment|StatefulSet|DaemonSet|CronJob|Service|Ingress|HTTPRoute|GRPCRoute|TLSRoute|TCPRoute|UDPRoute|Gateway|HelmRelease|Cluster|Pooler|Database|Namespace|CustomResourceDefinition|ClusterSecretStore|SecretStore|PersistentVolumeClaim|Certificate|Issuer|ClusterIssuer|ServiceAccount|RoleBinding|ClusterRoleBinding)$/;

function dangerOf({ kind }: Resource): Found['danger'] {
  return serving.test(kind) ? 'high' : 'medium';
}
