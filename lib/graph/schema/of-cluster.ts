import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { memoize } from '../../text/memoize';
import type { SourceDocument } from '../../tree/source/source';
import type { Cluster } from '../cluster';
import { isObject } from '../identity';
import type { SchemaStore } from './store';

/**
 * The schemas of each cluster of a tree. A definition that some clusters apply, and others do not, says nothing of those others: they
 * may have another release of it. One that none applies is installed by hand, wherever.
 *
 * @param schemas what is known without the tree; definitions of all clusters are added
 */
export function schemasIn(
  documents: readonly SourceDocument[],
  clusters: readonly Cluster[],
  schemas: SchemaStore,
): (cluster: Cluster) => SchemaStore {
  const appliers = new Map<SourceDocument, Cluster[]>();
  for (const document of documents) if (isDefinition(document.value)) appliers.set(document, []);
  if (appliers.size === 0) return () => schemas;
  for (const cluster of clusters) {
    for (const { document } of cluster.ofKind('apiextensions.k8s.io', 'CustomResourceDefinition')) {
      const by = appliers.get(document);
      if (by !== undefined && !by.includes(cluster)) by.push(cluster);
    }
  }
  const some: (readonly [JsonObject, readonly Cluster[]])[] = [];
  for (const [{ value }, by] of appliers) {
    if (by.length === 0 || by.length === clusters.length) schemas.add(value as JsonObject);
    else some.push([value as JsonObject, by]);
  }
  if (some.length === 0) return () => schemas;
  return memoize((cluster) =>
    schemas.withDefinitions(some.filter(([, by]) => by.includes(cluster)).map(([definition]) => definition)),
  );
}

function isDefinition(value: Json): value is JsonObject {
  return isJsonObject(value) && value.kind === 'CustomResourceDefinition' && isObject(value);
}
