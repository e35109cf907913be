import type { ClusterCheck, Problem } from '../../checks/check';
import { dependsOnCycle } from '../../checks/flux/depends-on-cycle';
import { dependsOnMissing } from '../../checks/flux/depends-on-missing';
import { pathMissing } from '../../checks/flux/path-missing';
import { sourceMissing } from '../../checks/flux/source-missing';
import type { Cluster } from '../../graph/cluster';
import { dependentsOf } from '../../graph/dependents';
import { describe } from '../../graph/identity';
import { isSuspended, nameOf } from '../../graph/kustomization';
import type { FluxKustomization, Resource } from '../../graph/resource';
import type { Path } from '../../json/json';
import { listed } from '../../text/listed';
import { sentence } from '../../text/sentence';
import type { Context } from '../context';
import { type EffectRule, effect, type Found } from '../effect';
import type { Side } from '../side';
import { withoutFolder } from '../without-folder';

/** What stops a Kustomization, by the rule that finds it: what happens then; of a loop, its message tells. */
const stops: ReadonlyMap<ClusterCheck, string> = new Map([
  [dependsOnMissing, 'waits forever'],
  [dependsOnCycle, ''],
  [sourceMissing, 'fails, and what it has applied stays as it is'],
  [pathMissing, 'fails, and what it has applied stays as it is'],
]);

/** Kustomizations that cannot go on after the change: what they wait for, read from or build is not there. */
export const blocked: EffectRule = function* (context) {
  const { base, head } = context;
  if (head === undefined) return;
  for (const [check, what] of stops) {
    const known = new Set(base === undefined ? [] : problemsOf(check, base).map((problem) => keyOf(problem, base)));
    for (const problem of problemsOf(check, head)) {
      // What was blocked before is no news.
      if (!known.has(keyOf(problem, head))) yield found(problem, what, check.remedy, context);
    }
  }
  for (const kustomization of head.cluster.kustomizations) {
    const failures = isSuspended(kustomization) ? [] : context.failuresOf(kustomization);
    if (failures.length > 0) yield unbuilt(kustomization, failures, head.cluster, context);
  }
};

/** Flux applies and prunes nothing of what it cannot build (reconcile in kustomization_controller.go). */
function unbuilt(
  kustomization: FluxKustomization,
  failures: readonly string[],
  cluster: Cluster,
  { changeOf }: Context,
): Found {
  return {
    ...effect(
      'blocked',
      'high',
      `cannot be built, so Flux applies and deletes nothing of it: ${listed(failures, 2)}${waiting(kustomization, cluster)}`,
      'Fix this before the merge: until then, nothing that it applies changes.',
    ),
    on: kustomization.resource,
    change: changeOf(kustomization.resource),
    by: kustomization,
  };
}

type OfResource = Problem & { readonly at: { readonly resource: Resource; readonly path: Path } };

function problemsOf(check: ClusterCheck, { cluster, graph }: Side): OfResource[] {
  return [...check.check(cluster, graph, check.options ?? {})].filter(
    (problem): problem is OfResource => 'resource' in problem.at,
  );
}

function keyOf({ at: { resource }, message }: OfResource, { graph }: Side): string {
  return JSON.stringify([resource.kind, resource.namespace, resource.name, withoutFolder(message, graph.tree)]);
}

function found(problem: OfResource, what: string, remedy: string, context: Context): Found {
  const { resource } = problem.at;
  const cluster = context.head?.cluster;
  const kustomization: FluxKustomization | undefined =
    resource.kind === 'Kustomization' ? cluster?.kustomization(resource.namespace, resource.name) : undefined;
  const also = kustomization === undefined || cluster === undefined ? '' : waiting(kustomization, cluster);
  const keep = wasThere(problem, context);
  // Of what has just gone, no other name is meant.
  const message = keep === undefined ? problem.message : problem.message.replace(/; did you mean .*\?$/, '');
  return {
    ...effect(
      'blocked',
      'high',
      what === '' ? inLoop(problem, cluster) : `${what}: ${message}${also}`,
      keep ?? sentence(problem.remedy ?? remedy),
    ),
    on: resource,
    change: context.changeOf(resource),
    by: kustomization,
  };
}

/** `waits for flux-system/db, which waits for flux-system/shop: neither is updated any more; flux-system/web waits for them`. */
function inLoop({ at: { resource }, message }: OfResource, cluster: Cluster | undefined): string {
  const loop = message.replace(`${describe(resource)} `, '');
  const kustomization =
    resource.kind === 'Kustomization' ? cluster?.kustomization(resource.namespace, resource.name) : undefined;
  const inside = new Set(loop.split(/(?:, which )?waits for /));
  const which = ['it is not', 'neither is'][inside.size - 2] ?? 'none of them is';
  const behind = kustomization === undefined || cluster === undefined ? [] : dependentsOf(kustomization, cluster);
  const others = behind.map(nameOf).filter((name) => !inside.has(name));
  const also =
    others.length === 0
      ? ''
      : `; ${listed(others, 4)} ${others.length === 1 ? 'waits' : 'wait'} for ${which === 'it is not' ? 'it' : 'them'}`;
  return `${loop}: ${which} updated any more${also}`;
}

/** Who waits for it, as the end of a sentence. */
function waiting(kustomization: FluxKustomization, cluster: Cluster): string {
  const dependents = dependentsOf(kustomization, cluster);
  if (dependents.length === 0) return '';
  return `; ${listed(dependents.map(nameOf), 4)} ${dependents.length === 1 ? 'waits' : 'wait'} for it`;
}

/** Of a dependency that this very change takes away: what to do is not what it is where a name is wrong. */
function wasThere({ at: { resource, path } }: OfResource, { base, head }: Context): string | undefined {
  const dependent = head?.cluster.kustomization(resource.namespace, resource.name);
  const missing = dependent?.dependsOn.find((dependency) => dependency.path.join() === path.join());
  if (dependent === undefined || missing === undefined || missing.target !== undefined) return undefined;
  const old = base?.cluster.kustomization(missing.namespace, missing.name);
  if (old === undefined) return undefined;
  return `Keep Kustomization ${nameOf(old)}, or remove it from the \`dependsOn\` of ${nameOf(dependent)} after checking that nothing there needs it.`;
}
