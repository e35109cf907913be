import { EspalierError } from '../errors';
import { isJsonObject, type Json } from '../json/json';
import { groupVersion } from '../systems/api-version';
import type { TreeFile } from './tree';

/**
 * Refuses one object twice in a cluster: the later would overwrite the earlier, in an order that nobody set. An object is its API
 * group, kind, namespace and name; the version is not part of it (https://kubernetes.io/docs/concepts/overview/working-with-objects/names/).
 * Documents without a name (kustomization.yaml) are no objects.
 *
 * @throws EspalierError naming both constructs and files
 */
export function checkIdentities(files: readonly TreeFile[]): void {
  const first = new Map<string, TreeFile>();
  for (const file of files) {
    for (const document of file.documents) {
      const object = identityOf(document);
      if (object === undefined) continue;
      const key = keyOf(file.cluster ?? '', object);
      const other = first.get(key);
      if (other !== undefined) throw twice(object, other, file);
      first.set(key, file);
    }
  }
}

/** Lengths keep apart what lies on either side of a border; JSON of the parts would do as well, in twice the time. */
function keyOf(cluster: string, { group, kind, namespace, name }: Identity): string {
  const borders = `${cluster.length} ${group.length} ${kind.length} ${namespace.length} `;
  return borders + cluster + group + kind + namespace + name;
}

interface Identity {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

function identityOf(document: Json): Identity | undefined {
  if (!isJsonObject(document) || !isJsonObject(document.metadata)) return undefined;
  const { apiVersion, kind, metadata } = document;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof metadata.name !== 'string') return undefined;
  return {
    group: groupVersion(apiVersion).group,
    kind,
    namespace: typeof metadata.namespace === 'string' ? metadata.namespace : '',
    name: metadata.name,
  };
}

function twice({ group, kind, namespace, name }: Identity, a: TreeFile, b: TreeFile): EspalierError {
  const type = group === '' ? kind : `${kind}.${group}`;
  const cluster = b.cluster === undefined ? '' : ` of cluster ${b.cluster}`;
  const where = namespace === '' ? '' : ` in namespace ${namespace}`;
  return new EspalierError(
    `${type} ${name}${where}${cluster} is created twice: by ${a.madeBy} in ${a.path} and by ${b.madeBy} in ${b.path}. Rename one of them, or create it once and refer to it.`,
  );
}
