import { step } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import type { SecretReference } from '../../graph/secrets/secret-index';
import { groupBy } from '../../text/group-by';
import { listedCode } from '../../text/listed';
import type { Context } from '../context';
import type { EffectRule, Found } from '../effect';
import type { Side } from '../side';

/** Variables that a container takes from a whole Secret or ConfigMap, and that come or go with its keys. */
export const variables: EffectRule = function* (context) {
  const { base, head } = context;
  if (base === undefined || head === undefined) return;
  const read = head.cluster.secrets.references.filter(({ use }) => use === 'envFrom');
  const old = groupBy(
    base.cluster.secrets.references.filter(({ use }) => use === 'envFrom'),
    (reference) => reference.resource,
  );
  for (const [resource, references] of groupBy(read, (reference) => reference.resource)) {
    const before = base.cluster.find(resource)[0];
    if (before === undefined) continue;
    yield* ofWorkload(resource, references, old.get(before) ?? [], context);
  }
};

function* ofWorkload(
  resource: Resource,
  references: readonly SecretReference[],
  old: readonly SecretReference[],
  { base, head }: Context,
): Generator<Found> {
  const [was, is] = [keysOf(old, base), keysOf(references, head)];
  // Of a Secret whose keys nobody knows, nobody knows what is gone.
  if (was === undefined || is === undefined) return;
  const gone = [...was].filter((key) => !is.has(key)).sort();
  const come = [...is].filter((key) => !was.has(key)).sort();
  if (gone.length === 0) return;
  const names = (keys: readonly string[]) => listedCode(keys, 6);
  yield {
    kind: 'other',
    danger: 'medium',
    on: resource,
    chain: [...new Set(old.filter((reference) => holdsAny(reference, gone, base)).map(step))].slice(0, 1),
    by: resource.appliedBy,
    message: `no longer gets the ${gone.length === 1 ? 'variable' : 'variables'} ${names(gone)}${come.length > 0 ? `, but gets ${names(come)} instead` : ''}`,
    todo: [`Before the merge, check that its program no longer needs ${names(gone)}.`],
  };
}

function holdsAny(
  { kind, namespace, name }: SecretReference,
  keys: readonly string[],
  side: Side | undefined,
): boolean {
  const found = side?.cluster.secrets.lookup(kind, namespace, name);
  return found?.state === 'found' && keys.some((key) => found.keys.has(key));
}

/** The keys of all that is read whole; undefined where they are not all known. */
function keysOf(references: readonly SecretReference[], side: Side | undefined): ReadonlySet<string> | undefined {
  const keys = new Set<string>();
  for (const { kind, namespace, name } of references) {
    const found = side?.cluster.secrets.lookup(kind, namespace, name);
    if (found?.state !== 'found' || found.open) return undefined;
    for (const key of found.keys) keys.add(key);
  }
  return keys;
}
