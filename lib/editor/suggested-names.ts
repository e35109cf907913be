import type { Cluster } from '../graph/cluster';
import { describe, type Identity } from '../graph/identity';
import { chartReferences } from '../graph/references/chart-values';
import { addReferences } from '../graph/references/find';
import { addPushed } from '../graph/references/pushed';
import type { Reference } from '../graph/references/reference';
import { visitObject } from '../graph/references/walk';
import { display } from '../graph/substitution';
import { anyNamespace } from '../systems/secrets-made/made';
import { mark, type Suggestion, type Writing } from './suggestion';

/** Names and keys for the fields that lib/systems/references/ knows. */
export function suggestedNames({ cluster, resource }: Writing): readonly Suggestion[] {
  const found: Reference[] = [];
  visitObject(resource, (row, value, path) => addReferences(found, resource, row, value, path));
  if (resource.kind === 'PushSecret') addPushed(found, resource);
  if (resource.kind === 'HelmRelease') found.push(...chartReferences(resource));
  return found.flatMap((reference) => {
    if (reference.name === mark) return objectsLike(cluster, reference);
    return reference.key === mark ? keysOf(cluster, reference) : [];
  });
}

/** The objects of a kind in a namespace; of Secrets and ConfigMaps those too that other objects make. */
export function objectsLike(
  cluster: Cluster,
  { group, kind, namespace }: Omit<Identity, 'name'>,
): readonly Suggestion[] {
  if (group === '' && (kind === 'Secret' || kind === 'ConfigMap')) {
    return cluster.secrets.producers
      .filter((made) => made.kind === kind && [namespace, anyNamespace].includes(made.namespace))
      .map(({ name, resource }) => suggestion(name, resource));
  }
  const objects = cluster.ofKind(group, kind).filter((one) => one.namespace === namespace);
  return objects.map((one) => suggestion(one.name, one));
}

function keysOf(cluster: Cluster, { kind, namespace, name }: Reference): readonly Suggestion[] {
  if (kind !== 'Secret' && kind !== 'ConfigMap') return [];
  const found = cluster.secrets.lookup(kind, namespace, name);
  if (found.state !== 'found') return [];
  return found.producers.flatMap(({ keys, resource }) => [...keys].map((key) => suggestion(key, resource)));
}

function suggestion(text: string, of: Pick<Identity, 'kind' | 'namespace' | 'name'>): Suggestion {
  return { text, detail: display(describe(of)) };
}
