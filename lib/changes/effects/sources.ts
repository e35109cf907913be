import { describe } from '../../graph/identity';
import { nameOf } from '../../graph/kustomization';
import type { FluxKustomization } from '../../graph/resource';
import { textAt } from '../../json/read';
import { groupBy } from '../../text/group-by';
import { listed, listedCode } from '../../text/listed';
import { memoize } from '../../text/memoize';
import { type Context, sourceOf } from '../context';
import { isBelow, pathText } from '../difference';
import { effect, type Happening, ofUpdated, type Updated } from '../effect';
import type { Side } from '../side';

/** What is read from another place from now on: what that holds, the two trees do not show. */
export const sources = ofUpdated(
  /\.toolkit\.fluxcd\.io\/|^fluxcd\.controlplane\.io\/FluxInstance$/,
  function* (change, context) {
    const { group } = change.after;
    if (group === 'kustomize.toolkit.fluxcd.io') yield* ofKustomization(change, context);
    else if (group === 'source.toolkit.fluxcd.io') yield* ofSource(change, context);
    else yield* ofInstance(change);
  },
);

function* ofSource({ after, fields }: Updated, { head }: Context): Generator<Happening> {
  const paths = fields.map(({ path }) => pathText(path));
  if (!paths.some((path) => /^spec\.(?:ref|url|endpoint|bucketName|prefix)\b/.test(path))) return;
  const names = (head && readersIn(head).get(after)?.map(nameOf)) ?? [];
  if (names.length === 0) return;
  const what = paths.find((path) => /^spec\.(?!interval)/.test(path));
  const readers =
    names.length === 1
      ? `Kustomization ${names[0]} applies`
      : `${names.length} Kustomizations apply (${listed(names, 4)})`;
  yield effect(
    'other',
    'high',
    `serves what ${readers} from another place: \`${what}\` changes, and its content is not compared here`,
    `Compare what ${describe(after)} holds with what it held before.`,
  );
}

const readersIn = memoize(({ cluster }: Side) => groupBy(cluster.kustomizations, (one) => sourceOf(one, cluster)));

/** Where a Flux Operator's FluxInstance, or the release of a chart that makes one, says what the cluster is synced from. */
const syncOf: Readonly<Record<string, readonly string[]>> = {
  'fluxcd.controlplane.io/FluxInstance': ['spec', 'sync'],
  'helm.toolkit.fluxcd.io/HelmRelease': ['spec', 'values', 'instance', 'sync'],
};

/** A cluster that is synced from another source, branch or folder as a whole. */
function* ofInstance({ after, fields }: Updated): Generator<Happening> {
  const sync = syncOf[`${after.group}/${after.kind}`];
  if (sync === undefined) return;
  const moved = fields
    .map(({ path }) => path)
    .filter((path) => isBelow(path, ...sync) && /^(?:kind|url|ref|path)$/.test(String(path[sync.length] ?? 'kind')));
  if (moved.length === 0) return;
  const names = `${listedCode(moved.map(pathText), 4)} ${moved.length === 1 ? 'changes' : 'change'}`;
  yield effect(
    'other',
    'high',
    `syncs the whole cluster from another place: ${names}, and its content is not compared here`,
    'Compare what the cluster is synced from with what it was synced from before.',
  );
}

/** A Kustomization that reads from another source, where the tree tells of both or not. */
function* ofKustomization({ after, fields }: Updated, { base, head }: Context): Generator<Happening> {
  if (!fields.some(({ path }) => isBelow(path, 'spec', 'sourceRef'))) return;
  const [old, now] = [base, head].map((side) => side?.cluster.kustomization(after.namespace, after.name));
  if (old === undefined || now === undefined) return;
  const [from, to] = [old, now].map(refOf);
  if (from !== to)
    yield effect(
      'other',
      'high',
      `reads from ${to} instead of ${from}: that may hold another revision, which is not compared here`,
    );
}

function refOf({ spec, namespace }: FluxKustomization): string {
  const [kind, name, where] = ['kind', 'name', 'namespace'].map((field) => textAt(spec, 'sourceRef', field));
  return describe({ kind: kind ?? '', namespace: where ?? namespace, name: name ?? '' });
}
