import { describe } from '../../graph/identity';
import { nameOf } from '../../graph/kustomization';
import type { FluxKustomization } from '../../graph/resource';
import { textAt } from '../../json/read';
import { groupBy } from '../../text/group-by';
import { listed } from '../../text/listed';
import { type Changed, type Side, sourceOf } from '../context';
import { isBelow, pathText } from '../difference';
import type { EffectRule, Found } from '../effect';

/** Sources that Kustomizations read from another place from now on: what that holds, the two trees do not show. */
export const sources: EffectRule = function* ({ changes, head, base }) {
  for (const change of changes) {
    yield* ofKustomization(change, base, head);
    yield* ofInstance(change);
  }
  const changed = changes.filter(
    ({ before, after, fields }) =>
      before !== undefined &&
      after?.group === 'source.toolkit.fluxcd.io' &&
      fields.some(({ path }) => /^spec\.(?:ref|url|endpoint|bucketName|prefix)\b/.test(pathText(path))),
  );
  if (changed.length === 0) return;
  const readers = groupBy(head?.cluster.kustomizations ?? [], (one) => sourceOf(one, head?.cluster));
  for (const change of changed) {
    const { after } = change;
    const names = (readers.get(after) ?? []).map(nameOf);
    if (after === undefined || names.length === 0) continue;
    const [what] = change.fields.flatMap(({ path }) =>
      /^spec\.(?!interval)/.test(pathText(path)) ? [pathText(path)] : [],
    );
    yield {
      kind: 'other',
      danger: 'high',
      on: after,
      change,
      by: after.appliedBy,
      message: `takes what ${names.length === 1 ? `Kustomization ${names[0]} applies` : `${names.length} Kustomizations apply (${listed(names, 4)})`} from elsewhere: \`${what}\` changes, and what is there is not compared here`,
      todo: [`Compare what ${describe(after)} holds with what it held before.`],
    };
  }
};

/** Where a Flux Operator's FluxInstance, or the release of a chart that makes one, says what the cluster is synced from. */
const syncOf: Readonly<Record<string, readonly string[]>> = {
  'fluxcd.controlplane.io/FluxInstance': ['spec', 'sync'],
  'helm.toolkit.fluxcd.io/HelmRelease': ['spec', 'values', 'instance', 'sync'],
};

/** A cluster that is synced from another source, branch or folder as a whole. */
function* ofInstance(change: Changed): Generator<Found> {
  const { before, after, fields } = change;
  const path = after && syncOf[`${after.group}/${after.kind}`];
  if (before === undefined || after === undefined || path === undefined) return;
  const moved = fields.filter(
    ({ path: at }) => isBelow(at, ...path) && /^(?:kind|url|ref|path)$/.test(String(at[path.length] ?? 'kind')),
  );
  if (moved.length === 0) return;
  const names = listed(
    moved.map(({ path: at }) => `\`${pathText(at)}\``),
    4,
  );
  yield {
    kind: 'other',
    danger: 'high',
    on: after,
    change,
    by: after.appliedBy,
    message: `has the whole cluster synced from elsewhere: ${names} ${moved.length === 1 ? 'changes' : 'change'}, and what is there is not compared here`,
    todo: ['Compare what the cluster is synced from with what it was synced from before.'],
  };
}

/** A Kustomization that reads from another source, where the tree tells of both or not. */
function* ofKustomization(change: Changed, base: Side | undefined, head: Side | undefined): Generator<Found> {
  const { before, after, fields } = change;
  if (before === undefined || after?.group !== 'kustomize.toolkit.fluxcd.io') return;
  if (!fields.some(({ path }) => isBelow(path, 'spec', 'sourceRef'))) return;
  const [old, now] = [base, head].map((side) => side?.cluster.kustomization(after.namespace, after.name));
  if (old === undefined || now === undefined) return;
  const [from, to] = [old, now].map(refOf);
  if (from === to) return;
  yield {
    kind: 'other',
    danger: 'high',
    on: after,
    change,
    by: after.appliedBy,
    message: `reads from ${to} instead of ${from}: what is there may be another revision, and is not compared here`,
  };
}

function refOf({ spec, namespace }: FluxKustomization): string {
  const [kind, name, where] = ['kind', 'name', 'namespace'].map((field) => textAt(spec, 'sourceRef', field));
  return describe({ kind: kind ?? '', namespace: where ?? namespace, name: name ?? '' });
}
