import type { Resource } from '../../graph/resource';
import { podTemplate, podTemplates } from '../../graph/workload';
import { at, textAt } from '../../json/read';
import { hasTrait } from '../../systems/kinds/kinds';
import { count } from '../../text/count';
import { listedCode } from '../../text/listed';
import { isKnown } from '../../text/symbolic';
import { isUpgrade } from '../charts/releases';
import { isRoutine } from '../charts/routine';
import type { Context } from '../context';
import { type Difference, isBelow, pathText, reorderings } from '../difference';
import { type EffectRule, effect, type Found, type Happening, ofUpdated, type Updated } from '../effect';
import { immutableFields } from '../immutable';
import { counterpart, nodeOf } from '../side';

/** Pods that are replaced because their template changes, and workloads that run more of them, fewer or none. */
export const restart: EffectRule = function* (context) {
  yield* changed(context);
  yield* reordered(context);
  yield* redrawn(context);
};

const changed = ofUpdated(/./, function* (change, context): Generator<Happening> {
  const { after } = change;
  yield* scaling(change, context);
  const template = templateOf(after);
  if (template === undefined) return;
  const fields = change.fields.filter(({ path }) => isBelow(path, ...template));
  // What is deleted and made anew, or refused, does not roll.
  if (fields.length === 0 || immutableFields(change, context.head).length > 0) return;
  // Of pods that a chart makes, labels of its version may be all that changes.
  const real = after.chart === undefined ? fields : fields.filter((field) => !isRoutine(field));
  const names = real.map(({ path }) => pathText(path.slice(template.length)).replace(/^spec\./, ''));
  const why = names.length === 0 ? routineOf(fields) : listedCode(names, 3);
  yield rolling(after, `${why} ${names.length === 1 ? 'changes' : 'change'}`);
});

function routineOf(fields: readonly Difference[]): string {
  const isOfContent = fields.some(({ path }) => path.includes('annotations'));
  return isOfContent ? 'checksums of what its pods read' : "labels of the chart's version on its pods";
}

/** The way to what new pods are made of; undefined for what runs none, and for Jobs and pods of their own, which cannot be changed. */
function templateOf(resource: Resource): readonly string[] | undefined {
  const path = podTemplate(resource)?.metadataPath.slice(0, -1).map(String) ?? [];
  return path.length === 0 || resource.kind === 'Job' ? undefined : path;
}

/** Pods whose template is the same but for the order in it. */
function* reordered(context: Context): Generator<Found> {
  for (const { resource } of podTemplates(context.head?.cluster.resources ?? [])) {
    if (context.isLeftOut(resource)) continue;
    const template = templateOf(resource);
    const before = context.base && counterpart(resource, context.base);
    if (template === undefined || before === undefined) continue;
    const change = context.changeOf(resource);
    if (change?.fields.some(({ path }) => isBelow(path, ...template))) continue;
    const [old, now] = [at(before.value, ...template), at(resource.value, ...template)];
    const node = template.reduce((above, field) => above?.fields.get(field)?.(), nodeOf(resource, context.head));
    const [first] = reorderings(old, now, node);
    if (first === undefined) continue;
    const list = pathText(first).replace(/^spec\./, '');
    yield {
      ...rolling(resource, `the order of \`${list}\` changes`),
      on: resource,
      change,
      by: resource.appliedBy,
    };
  }
}

/** Pods of a chart that puts something random into their template: with each upgrade it is another one. */
function* redrawn(context: Context): Generator<Found> {
  for (const { to } of context.releases.filter(isUpgrade)) {
    // What it asks the cluster for, it finds again; and what follows from values that nobody knows may be the same.
    if (to.looksUp || !isKnown(JSON.stringify(to.input.values))) continue;
    for (const resource of to.objects) {
      const template = templateOf(resource);
      if (template === undefined || isKnown(JSON.stringify(at(resource.value, ...template) ?? null))) continue;
      const change = context.changeOf(resource);
      if (change?.before === undefined && change !== undefined) continue;
      if (change?.fields.some(({ path }) => isBelow(path, ...template))) continue;
      const why = 'something in their template is random, and another with each upgrade';
      yield { ...rolling(resource, why), on: resource, change, by: resource.appliedBy };
    }
  }
}

function rolling(resource: Resource, why: string): Happening {
  const { message, ...happening } = howItRolls(resource);
  return { ...happening, message: `${message}: ${why}` };
}

/** https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy and its siblings */
export function howItRolls(resource: Resource): Happening {
  const { kind, value } = resource;
  const spec = at(value, 'spec');
  if (kind === 'CronJob') return effect('other', 'low', 'uses the new template from its next run on');
  if (!hasTrait(resource, 'rolls-out'))
    return effect('stale', 'medium', 'keeps its pods as they are', 'Delete its pods, so that new ones are made.');
  if (at(spec, 'replicas') === 0) return effect('other', 'low', 'has no pods to restart');
  if (at(spec, 'paused') === true) return effect('suspended', 'low', 'is paused and rolls out nothing');
  const strategy = textAt(spec, 'strategy', 'type') ?? textAt(spec, 'updateStrategy', 'type');
  if (strategy === 'OnDelete')
    return effect(
      'stale',
      'medium',
      'keeps its pods until they are deleted (OnDelete)',
      'Delete its pods one after the other.',
    );
  return strategy === 'Recreate'
    ? effect('restart', 'medium', 'stops all its pods before new ones start (Recreate)')
    : effect('restart', 'medium', 'restarts its pods one after the other');
}

function* scaling({ after, fields }: Updated, { head }: Context): Generator<Happening> {
  if (!hasTrait(after, 'scaled')) return;
  const field = fields.find(({ path }) => pathText(path) === 'spec.replicas');
  const [from, to] = [field?.before ?? 1, field?.after ?? 1];
  if (field === undefined || typeof from !== 'number' || typeof to !== 'number') return;
  if (field.after === undefined || field.after === null) {
    // What nobody gives any more, the API server fills in (https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling).
    const until = isAutoscaled(after, head) ? ', until its autoscaler acts' : '';
    yield effect('scale', 'medium', `drops from ${from} to 1 pod, the default without \`replicas\`${until}`);
  } else if (to === 0) yield effect('scale', 'high', `stops: from ${count(from, 'pod')} to none`);
  else yield effect('scale', to < from ? 'medium' : 'low', `runs ${count(to, 'pod')}, ${from} before`);
}

function isAutoscaled({ kind, name, namespace }: Resource, head: Context['head']): boolean {
  return (head?.cluster.ofKind('autoscaling', 'HorizontalPodAutoscaler') ?? []).some(
    ({ value, namespace: where }) =>
      where === namespace &&
      textAt(value, 'spec', 'scaleTargetRef', 'kind') === kind &&
      textAt(value, 'spec', 'scaleTargetRef', 'name') === name,
  );
}
