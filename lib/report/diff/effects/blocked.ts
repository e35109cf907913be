import { nameOf } from '../../../checks/flux/kustomization';
import { listed } from '../../../checks/listed';
import { describe } from '../../../graph/identity';
import { textAt } from '../../../graph/json';
import type { FluxKustomization } from '../../../graph/resource';
import type { Context, Side } from '../context';
import type { EffectRule, Found } from '../effect';
import { dependentsOf } from '../order';

/** Kustomizations that cannot go on after the change: what they wait for, read from or build is not there. */
export const blocked: EffectRule = function* (context) {
  const { base, head } = context;
  if (head === undefined) return;
  // What the tree has never shown is somewhere else: bootstrap made it, say.
  const unseen = new Set((base?.cluster.kustomizations ?? []).flatMap((one) => missingSource(one, base) ?? []));
  for (const kustomization of head.cluster.kustomizations) {
    const before = base?.cluster.kustomization(kustomization.namespace, kustomization.name);
    const reason = reasonFor(kustomization, head, unseen);
    // What was blocked before is no news.
    if (
      reason === undefined ||
      (before !== undefined && base !== undefined && reasonFor(before, base, unseen) === reason)
    )
      continue;
    yield found(kustomization, reason, context);
  }
};

function found(kustomization: FluxKustomization, reason: string, context: Context): Found {
  const on = kustomization.resource;
  const dependents = context.head === undefined ? [] : dependentsOf(kustomization, context.head.cluster);
  const also =
    dependents.length === 0
      ? ''
      : `; ${listed(
          dependents.map((one) => nameOf(one)),
          4,
        )} ${dependents.length === 1 ? 'waits' : 'wait'} for it`;
  return {
    kind: 'blocked',
    danger: 'high',
    on,
    change: context.changeOf(on),
    by: kustomization,
    message: `${reason}${also}`,
  };
}

function reasonFor(kustomization: FluxKustomization, side: Side, unseen: ReadonlySet<string>): string | undefined {
  const { contents, dependsOn } = kustomization;
  if (contents.type === 'missing')
    return `fails: its folder \`${contents.folder}\` is not there; what it has applied stays as it is`;
  for (const { name, namespace: where, target } of dependsOn) {
    if (target !== undefined) continue;
    const known = side.cluster.lookup({
      group: 'kustomize.toolkit.fluxcd.io',
      kind: 'Kustomization',
      namespace: where,
      name,
    });
    if (known.state === 'absent')
      return `waits for ever for Kustomization ${nameOf({ namespace: where, name })}, which is not there`;
  }
  const source = missingSource(kustomization, side);
  return source === undefined || unseen.has(source) ? undefined : `fails: its source ${source} is not there`;
}

/** `GitRepository flux-system/apps`, where the tree has no such source and nothing that may bring it. */
function missingSource({ spec, namespace }: FluxKustomization, side: Side | undefined): string | undefined {
  const kind = textAt(spec, 'sourceRef', 'kind');
  const name = textAt(spec, 'sourceRef', 'name');
  if (kind === undefined || name === undefined || side === undefined) return undefined;
  const source = {
    group: 'source.toolkit.fluxcd.io',
    kind,
    namespace: textAt(spec, 'sourceRef', 'namespace') ?? namespace,
    name,
  };
  return side.cluster.lookup(source).state === 'absent' ? describe(source) : undefined;
}
