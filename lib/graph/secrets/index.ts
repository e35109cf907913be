import { groupBy } from '../../group-by';
import { once } from '../../once';
import { describe } from '../identity';
import type { Inventory } from '../inventory';
import { keysAt, textsIn } from '../json';
import type { Resource } from '../resource';
import { isUnderstood, producersIn } from './producers';
import { anyNamespace } from './producers/producer';
import { referencesIn } from './references';
import type { Producer, SecretIndex, SecretKind, SecretLookup, SecretReference } from './secret-index';

/** Follows every Secret and ConfigMap of a cluster from what makes it to what reads it. */
export function indexSecrets(resources: readonly Resource[], inventory: Inventory): SecretIndex {
  const find = (kind: string, namespace: string, name: string) =>
    inventory.find({ group: 'generators.external-secrets.io', kind, namespace, name })[0];
  const producers = producersIn(resources, find);
  const references = referencesIn(resources);
  const made = once(() => groupBy(producers, keyOf));
  const read = once(() => groupBy(references, keyOf));
  const by = once(() => groupBy(producers, ({ resource }) => resource));
  const guessable = once(() => resources.filter((resource) => !isUnderstood(resource)));
  const replicated = once(() => replicatedIn(made()));

  const look = (kind: SecretKind, namespace: string, name: string): SecretLookup => {
    const found = [
      ...(made().get(keyOf({ kind, namespace, name })) ?? []),
      ...(made().get(keyOf({ kind, namespace: anyNamespace, name })) ?? []),
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
    const maker = replicated().get(`${kind}/${name}`) ?? guess(guessable(), namespace, name);
    return maker === undefined ? { state: 'absent' } : { state: 'unknown', why: `${describe(maker)} may make it` };
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

/** Annotations by which controllers copy a Secret into other namespaces. */
const replication = /^(?:reflector\.v1\.k8s\.emberstack\.com|replicator\.v1\.mittwald\.de|kubed\.appscode\.com)\//;

/** What is copied into other namespaces, by kind and name. */
function replicatedIn(made: ReadonlyMap<string, readonly Producer[]>): ReadonlyMap<string, Resource> {
  const found = new Map<string, Resource>();
  for (const { kind, name, resource } of [...made.values()].flat()) {
    const { value } = resource;
    const annotations = [
      ...keysAt(value, 'metadata', 'annotations'),
      ...keysAt(value, 'spec', 'target', 'template', 'metadata', 'annotations'),
      ...keysAt(value, 'spec', 'secretTemplate', 'annotations'),
    ];
    const key = `${kind}/${name}`;
    if (!found.has(key) && annotations.some((annotation) => replication.test(annotation))) found.set(key, resource);
  }
  return found;
}

/** An object of a kind that is not understood may make a Secret that it names, or one whose name begins with its own. */
function guess(resources: readonly Resource[], namespace: string, name: string): Resource | undefined {
  return resources.find((resource) => {
    if (resource.namespace !== namespace && resource.namespace !== '') return false;
    if (name.startsWith(resource.name) && resource.namespace === namespace) return true;
    for (const { text } of textsIn(resource.value)) if (text === name) return true;
    return false;
  });
}
