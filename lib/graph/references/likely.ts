import type { Path } from '../../json/json';
import { at, textAt, textsIn } from '../../json/read';
import type { SecretKind } from '../../systems/secrets-made/made';
import { groupBy, push } from '../../text/group-by';
import { memoize } from '../../text/memoize';
import type { Cluster } from '../cluster';
import type { Resource, ResourcePath } from '../resource';

/** A field that names a Secret or ConfigMap of the cluster, by its own name: what it does with it, only its controller or chart knows. */
export interface LikelyReference extends ResourcePath {
  readonly kind: SecretKind;
  readonly namespace: string;
  readonly name: string;
  /** The key, where it stands beside the name. */
  readonly key: string | undefined;
}

/**
 * What kinds and charts that no row knows probably read: fields such as `adminTokenSecret`, `imagePullSecrets[].name`, `configMapRef.name`, and
 * pairs of a name and a key, that say the name of a Secret or ConfigMap which is there. Who asks what hangs on one wants them; to call
 * one missing they are too vague.
 */
export const likelyReferences: (
  cluster: Cluster,
  kind: SecretKind,
  namespace: string,
  name: string,
) => readonly LikelyReference[] = (cluster, kind, namespace, name) =>
  byTarget(cluster).get(`${kind}/${namespace}/${name}`) ?? [];

const byTarget = memoize((cluster: Cluster): ReadonlyMap<string, readonly LikelyReference[]> => {
  const found = new Map<string, LikelyReference[]>();
  const makers = groupBy(cluster.secrets.producers, ({ name }) => name);
  for (const resource of cluster.resources) {
    if (isKnownWell(resource, cluster)) continue;
    const targetsOwn = new Set(cluster.secrets.producersOf(resource).map(({ kind, name }) => `${kind}/${name}`));
    for (const { text, path } of textsIn(resource.value)) {
      if (path[0] === 'metadata' || !makers.has(text)) continue;
      const kind = kindNamed(resource, path);
      if (kind === undefined || targetsOwn.has(`${kind}/${text}`)) continue;
      const made = (makers.get(text) ?? []).filter((one) => one.kind === kind);
      const namespace = namespaceOf(resource, path, new Set(made.map((one) => one.namespace)));
      if (namespace === undefined || cluster.secrets.lookup(kind, namespace, text).state !== 'found') continue;
      const key = textAt(resource.value, ...path.slice(0, -1), 'key');
      push(found, `${kind}/${namespace}/${text}`, { resource, path, kind, namespace, name: text, key });
    }
  }
  return found;
});

/** What says what it reads by fields that are all known, and what only describes others. */
function isKnownWell(resource: Resource, { charts }: Cluster): boolean {
  const { group, kind } = resource;
  if (kind === 'HelmRelease') return charts.get(resource)?.type === 'opened';
  return /^(?:|apps|batch|external-secrets\.io|apiextensions\.k8s\.io|kustomize\.toolkit\.fluxcd\.io)$/.test(group);
}

const words: readonly [SecretKind, RegExp][] = [
  ['Secret', /secret|credential|certificateRef/i],
  ['ConfigMap', /config-?map/i],
];

/** Which kind the field at a path names, by the words of its key or of what it is in. */
function kindNamed({ value }: Resource, path: Path): SecretKind | undefined {
  const keys = path.filter((step) => typeof step === 'string');
  const [field = '', around = ''] = [keys.at(-1), keys.at(-2)];
  const own = words.find(([, word]) => word.test(field));
  if (own !== undefined) return /store|^(?:secret|configMap)Key$/i.test(field) ? undefined : own[0];
  if (field !== 'name') return undefined;
  const said = textAt(value, ...path.slice(0, -1), 'kind');
  if (said !== undefined) return words.find(([kind]) => kind === said)?.[0];
  const within = /store/i.test(around) ? undefined : words.find(([, word]) => word.test(around))?.[0];
  if (within !== undefined || typeof at(value, ...path.slice(0, -1), 'key') !== 'string') return within;
  return 'Secret';
}

/** Of an object that lies in no namespace, the only one that has the name. */
function namespaceOf({ value, namespace }: Resource, path: Path, all: ReadonlySet<string>): string | undefined {
  const said = textAt(value, ...path.slice(0, -1), 'namespace');
  if (said !== undefined) return said;
  if (namespace === '') return all.size === 1 ? [...all][0] : undefined;
  return textAt(value, 'spec', 'targetNamespace') ?? namespace;
}
