import { textsIn } from '../../json/read';
import { generatorGroup } from '../../systems/external-secrets/spec';
import { begins, isUnderstood } from '../../systems/secrets-made';
import { anyNamespace } from '../../systems/secrets-made/made';
import { groupBy } from '../../text/group-by';
import { lazy } from '../../text/memoize';
import { describe } from '../identity';
import type { Inventory } from '../inventory';
import type { Resource } from '../resource';
import { copiesOf } from './copies';
import { producersIn } from './producers';
import type { Producer, SecretIndex, SecretKind, SecretLookup, SecretReference } from './secret-index';

/** Follows every Secret and ConfigMap of a cluster from what makes it to what reads it. */
export function indexSecrets(
  resources: readonly Resource[],
  inventory: Inventory,
  references: readonly SecretReference[],
): SecretIndex {
  const find = (kind: string, namespace: string, name: string) =>
    inventory.find({ group: generatorGroup, kind, namespace, name })[0];
  const producers = producersIn(resources, find);
  const byName = lazy(() => groupBy([...producers, ...copiesOf(producers)], keyOf));
  const read = lazy(() => groupBy(references, keyOf));
  const by = lazy(() => groupBy(producers, ({ resource }) => resource));
  const guessable = lazy(() => resources.filter((resource) => !isUnderstood(resource)));

  const look = (kind: SecretKind, namespace: string, name: string): SecretLookup => {
    const found = [
      ...(byName().get(keyOf({ kind, namespace, name })) ?? []),
      ...(byName().get(keyOf({ kind, namespace: anyNamespace, name })) ?? []),
    ];
    const [first, ...others] = found;
    if (first !== undefined && !found.every(({ adds }) => adds)) {
      return {
        state: 'found',
        producers: [first, ...others],
        keys: others.length === 0 ? first.keys : new Set(found.flatMap(({ keys }) => [...keys])),
        open: found.some(({ open }) => open),
      };
    }
    const known = inventory.lookup({ group: '', kind, namespace, name });
    if (known.state === 'unknown') return known;
    const maker = guess(guessable(), namespace, name);
    if (maker === undefined) return { state: 'absent' };
    const why = `${describe(maker)} may make it`;
    return { state: 'unknown', why, by: { why, document: maker.document, path: maker.path } };
  };
  // Several rules ask for each, and what is absent is looked for in all that might make it.
  const looked = new Map<string, SecretLookup>();
  const lookup: SecretIndex['lookup'] = (kind, namespace, name) => {
    const key = keyOf({ kind, namespace, name });
    const known = looked.get(key) ?? look(kind, namespace, name);
    looked.set(key, known);
    return known;
  };

  return {
    producers,
    references,
    lookup,
    readersOf: (kind, namespace, name) => read().get(keyOf({ kind, namespace, name })) ?? [],
    producersOf: (resource) => by().get(resource) ?? [],
  };
}

type Named = Pick<SecretReference | Producer, 'kind' | 'namespace' | 'name'>;

function keyOf({ kind, namespace, name }: Named): string {
  return `${kind}/${namespace}/${name}`;
}

/**
 * An object of a kind that is not understood may make a Secret that it names or that has its own name; of the kinds that do so, one
 * whose name begins with its own.
 */
function guess(resources: readonly Resource[], namespace: string, name: string): Resource | undefined {
  return resources.find((resource) => {
    if (resource.namespace !== namespace && resource.namespace !== '') return false;
    if (resource.namespace === namespace && (name === resource.name || begins(name, resource))) return true;
    for (const { text } of textsIn(resource.value)) if (text === name) return true;
    return false;
  });
}
