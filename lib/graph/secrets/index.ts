import { describe } from '../identity';
import type { Inventory } from '../inventory';
import { keysAt, textsIn } from '../json';
import type { Resource } from '../resource';
import { isUnderstood, producersIn } from './producers';
import { anyNamespace } from './producers/external-secret';
import { referencesIn } from './references';
import type { Producer, SecretIndex, SecretKind, SecretLookup, SecretReference } from './secret-index';

/** Follows every Secret and ConfigMap of a cluster from what makes it to what reads it. */
export function indexSecrets(resources: readonly Resource[], inventory: Inventory): SecretIndex {
  const find = (kind: string, namespace: string, name: string) =>
    inventory.find({ group: 'generators.external-secrets.io', kind, namespace, name })[0];
  const producers = producersIn(resources, find);
  const references = referencesIn(resources);
  const made = groupBy(producers);
  const read = groupBy(references);
  const guessable = resources.filter((resource) => !isUnderstood(resource));

  const lookup = (kind: SecretKind, namespace: string, name: string): SecretLookup => {
    const found = [
      ...(made.get(keyOf({ kind, namespace, name })) ?? []),
      ...(made.get(keyOf({ kind, namespace: anyNamespace, name })) ?? []),
    ];
    const [first, ...others] = found;
    if (first !== undefined && !found.every(({ adds }) => adds)) {
      return {
        state: 'found',
        producers: [first, ...others],
        keys: new Set(found.flatMap(({ keys }) => [...keys])),
        open: found.some(({ open }) => open),
      };
    }
    const known = inventory.lookup({ group: '', kind, namespace, name });
    if (known.state === 'unknown') return known;
    const maker = replicatedFrom(made, kind, name) ?? guess(guessable, namespace, name);
    return maker === undefined ? { state: 'absent' } : { state: 'unknown', why: `${describe(maker)} may make it` };
  };

  return {
    producers,
    references,
    lookup,
    readersOf: (kind, namespace, name) => read.get(keyOf({ kind, namespace, name })) ?? [],
  };
}

type Named = Pick<SecretReference | Producer, 'kind' | 'namespace' | 'name'>;

function keyOf({ kind, namespace, name }: Named): string {
  return `${kind}/${namespace}/${name}`;
}

function groupBy<T extends Named>(items: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** Annotations by which controllers copy a Secret into other namespaces. */
const replication = /^(?:reflector\.v1\.k8s\.emberstack\.com|replicator\.v1\.mittwald\.de|kubed\.appscode\.com)\//;

function replicatedFrom(
  made: ReadonlyMap<string, readonly Producer[]>,
  kind: SecretKind,
  name: string,
): Resource | undefined {
  for (const producers of made.values()) {
    for (const producer of producers) {
      if (producer.kind !== kind || producer.name !== name) continue;
      const { value } = producer.resource;
      const annotations = [
        ...keysAt(value, 'metadata', 'annotations'),
        ...keysAt(value, 'spec', 'target', 'template', 'metadata', 'annotations'),
        ...keysAt(value, 'spec', 'secretTemplate', 'annotations'),
      ];
      if (annotations.some((annotation) => replication.test(annotation))) return producer.resource;
    }
  }
  return undefined;
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
