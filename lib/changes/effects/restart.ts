import type { Resource } from '../../graph/resource';
import { podTemplate, podTemplates } from '../../graph/workload';
import { at, textAt } from '../../json/read';
import { hasTrait } from '../../systems/kinds/kinds';
import { count } from '../../text/count';
import { listed } from '../../text/listed';
import { type Changed, type Context, counterpart, nodeOf } from '../context';
import { isBelow, pathText } from '../difference';
import type { EffectRule, Found } from '../effect';
import { immutableFields } from '../immutable';
import { reorderings } from '../reordering';

/** Pods that are replaced because their template changes, and workloads that run more of them, fewer or none. */
export const restart: EffectRule = function* (context) {
  for (const change of context.changes) {
    const { before, after } = change;
    if (before === undefined || after === undefined) continue;
    yield* scaling(change, after, context);
    const template = templateOf(after);
    if (template === undefined) continue;
    const fields = change.fields.filter(({ path }) => isBelow(path, ...template));
    // What is deleted and made anew, or refused, does not roll.
    if (fields.length === 0 || immutableFields(change, context.head).length > 0) continue;
    const names = fields.map(({ path }) => `\`${pathText(path.slice(template.length)).replace(/^spec\./, '')}\``);
    yield {
      ...howItRolls(after),
      on: after,
      change,
      by: after.appliedBy,
      message: `${howItRolls(after).message}: ${listed(names, 3)} ${names.length === 1 ? 'changes' : 'change'}`,
    };
  }
  yield* reordered(context);
};

/** The way to what new pods are made of; undefined for what runs none, and for Jobs and pods of their own, which cannot be changed. */
function templateOf(resource: Resource): readonly string[] | undefined {
  const path = podTemplate(resource)?.metadataPath.slice(0, -1).map(String) ?? [];
  return path.length === 0 || resource.kind === 'Job' ? undefined : path;
}

/** Pods whose template is the same but for the order in it. */
function* reordered(context: Context): Generator<Found> {
  for (const { resource } of podTemplates(context.head?.cluster.resources ?? [])) {
    const template = templateOf(resource);
    const before = context.base && counterpart(resource, context.base);
    if (template === undefined || before === undefined) continue;
    const change = context.changeOf(resource);
    if (change?.fields.some(({ path }) => isBelow(path, ...template))) continue;
    const [old, now] = [at(before.value, ...template), at(resource.value, ...template)];
    const node = template.reduce((above, field) => above?.fields.get(field)?.(), nodeOf(resource, context.head));
    const [first] = reorderings(old, now, node);
    if (first === undefined) continue;
    const { message, ...rolling } = howItRolls(resource);
    const list = pathText(first).replace(/^spec\./, '');
    yield {
      ...rolling,
      on: resource,
      change,
      by: resource.appliedBy,
      message: `${message}: the order of \`${list}\` changes`,
    };
  }
}

type Rolling = Pick<Found, 'kind' | 'danger' | 'message' | 'todo'>;

/** https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy and its siblings */
function howItRolls(resource: Resource): Rolling {
  const { kind, value } = resource;
  const spec = at(value, 'spec');
  if (kind === 'CronJob') return { kind: 'other', danger: 'low', message: 'runs otherwise from its next time on' };
  if (!hasTrait(resource, 'rolls-out')) {
    return {
      kind: 'stale',
      danger: 'medium',
      message: 'keeps its pods as they are',
      todo: ['Delete its pods, so that new ones are made.'],
    };
  }
  if (at(spec, 'replicas') === 0) return { kind: 'other', danger: 'low', message: 'has no pods to restart' };
  if (at(spec, 'paused') === true)
    return { kind: 'suspended', danger: 'low', message: 'is paused and rolls out nothing' };
  const strategy = textAt(spec, 'strategy', 'type') ?? textAt(spec, 'updateStrategy', 'type');
  if (strategy === 'OnDelete') {
    return {
      kind: 'stale',
      danger: 'medium',
      message: 'keeps its pods until they are deleted (OnDelete)',
      todo: ['Delete its pods one after the other.'],
    };
  }
  if (strategy === 'Recreate') {
    return { kind: 'restart', danger: 'medium', message: 'stops all its pods before new ones start (Recreate)' };
  }
  return { kind: 'restart', danger: 'medium', message: 'restarts its pods one after the other' };
}

function* scaling(change: Changed, after: Resource, { head }: Context): Generator<Found> {
  if (!hasTrait(after, 'scaled')) return;
  for (const { path, before, after: now } of change.fields) {
    if (pathText(path) !== 'spec.replicas') continue;
    const common = { on: after, change, by: after.appliedBy, kind: 'scale' as const };
    const [from, to] = [before ?? 1, now ?? 1];
    if (typeof from !== 'number' || typeof to !== 'number') continue;
    if (now === undefined || now === null) {
      // What nobody gives any more, the API server fills in (https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling).
      const scaled = isAutoscaled(after, head);
      yield {
        ...common,
        danger: 'medium',
        message: `falls from ${from} to 1 pod, because without \`replicas\` that is what Kubernetes takes${scaled ? ', until its autoscaler acts' : ''}`,
      };
    } else if (to === 0) {
      yield { ...common, danger: 'high', message: `stops: ${count(from, 'pod')} before, none any more` };
    } else {
      yield { ...common, danger: to < from ? 'medium' : 'low', message: `runs ${count(to, 'pod')}, ${from} before` };
    }
  }
}

function isAutoscaled({ kind, name, namespace }: Resource, head: Context['head']): boolean {
  return (head?.cluster.ofKind('autoscaling', 'HorizontalPodAutoscaler') ?? []).some(
    ({ value, namespace: where }) =>
      where === namespace &&
      textAt(value, 'spec', 'scaleTargetRef', 'kind') === kind &&
      textAt(value, 'spec', 'scaleTargetRef', 'name') === name,
  );
}
