import { objectAt, textAt } from '../../../json/read';
import { ageSecretFlag, flagOf } from '../../../systems/flux/controllers';
import { count } from '../../../text/count';
import { groupBy } from '../../../text/group-by';
import type { Cluster, Lookup } from '../../cluster';
import { controllersIn } from '../../flux/controllers';
import { variableSources } from '../../flux/variable-users';
import type { Graph } from '../../graph';
import { describe } from '../../identity';
import { builtIn } from '../../inventory';
import type { SecretReference } from '../../secrets/secret-index';
import { isKnown } from '../../substitution';
import type { Gathering } from './gather';

/** Secrets and ConfigMaps that something reads and nothing in the tree makes: with which keys, for whom. */
export function* missingSecrets(cluster: Cluster, graph: Graph): Generator<Gathering> {
  const read = cluster.secrets.references.filter(
    ({ optional, namespace, name }) => !optional && namespace !== '' && isKnown(namespace) && isKnown(name),
  );
  const encrypted = cluster.resources.filter(({ kind, document }) => kind === 'Secret' && document.encrypted).length;
  for (const references of groupBy(read, ({ kind, namespace, name }) => `${kind}/${namespace}/${name}`).values()) {
    const [first] = references;
    const { kind, namespace, name } = first;
    const identity = { group: '', kind, namespace, name };
    const found = cluster.secrets.lookup(kind, namespace, name);
    if (found.state === 'found' || builtIn(identity)) continue;
    const why = whyMissing(found, references, graph);
    if (why === undefined) continue;
    const decrypts = references.some(({ at }) => at.includes('decryption'));
    yield {
      kind: 'secret',
      what: describe(identity),
      keys: [...new Set(references.flatMap(({ key }) => key ?? []))],
      notes: [...(decrypts ? encryptedNotes(encrypted) : []), ...usesOf(references), ...why],
      neededBy: references.map(({ resource }) => resource),
      at: { resource: first.resource, path: first.path },
      object: identity,
    };
  }
  yield* globalKeys(cluster, graph, encryptedNotes(encrypted));
  yield* missingVariables(cluster);
}

function encryptedNotes(encrypted: number): string[] {
  return [`decrypts what SOPS has encrypted${encrypted === 0 ? '' : `: ${count(encrypted, 'Secret')} of the tree`}`];
}

/** The keys of SOPS that kustomize-controller itself is given, for Kustomizations that name none. */
function* globalKeys(cluster: Cluster, graph: Graph, notes: readonly string[]): Generator<Gathering> {
  const decrypting = cluster.kustomizations.filter(
    ({ spec }) =>
      textAt(spec, 'decryption', 'provider') === 'sops' && objectAt(spec, 'decryption', 'secretRef') === undefined,
  );
  const [first] = decrypting;
  if (first === undefined) return;
  for (const { component, args, namespace } of controllersIn(cluster, graph)) {
    const name = component === 'kustomize-controller' ? flagOf(args, ageSecretFlag) : undefined;
    if (name === undefined || name === '') continue;
    const identity = { group: '', kind: 'Secret', namespace, name } as const;
    const found = cluster.secrets.lookup('Secret', namespace, name);
    if (found.state === 'found') continue;
    yield {
      kind: 'secret',
      what: describe(identity),
      keys: [],
      notes: [...notes, ...(found.state === 'unknown' && found.by?.helm === false ? [found.why] : [])],
      neededBy: decrypting.map(({ resource }) => resource),
      at: { resource: first.resource, path: ['spec', 'decryption'] },
      object: identity,
    };
  }
}

/** Notes of why it has to be made; undefined for what a chart or an operator most likely makes. */
function whyMissing(
  found: Exclude<Lookup, { state: 'found' }>,
  references: readonly SecretReference[],
  { reached }: Graph,
): string[] | undefined {
  if (found.state === 'absent') return [];
  if (found.by === undefined) return /configuration/.test(found.why) ? [found.why] : undefined;
  const { helm, release } = found.by;
  const isLogin = references.some(({ use, at }) => use === 'store' && !at.includes('caProvider'));
  // What a chart makes is called like its release, and hardly the login of a store.
  if (helm === true && isLogin && (release === undefined || !references[0]?.name.startsWith(release))) return [];
  const isByHand = references.some(({ row }) => row.byHand !== undefined);
  const isFile = found.by.helm !== true && !reached.has(found.by.document.file.path);
  if (isFile) return [found.why];
  return isByHand && found.by.helm !== true ? [found.why] : undefined;
}

function usesOf(references: readonly SecretReference[]): string[] {
  const logsIn = references.find(
    ({ use, resource }) => use === 'store' || (use === 'flux' && resource.kind !== 'Kustomization'),
  );
  return logsIn === undefined ? [] : [`${describe(logsIn.resource)} logs in with it`];
}

/** What variables are taken from (postBuild.substituteFrom). */
function* missingVariables(cluster: Cluster): Generator<Gathering> {
  for (const users of variableSources(cluster).values()) {
    const [first] = users;
    const { kind, name, kustomization } = first;
    const { namespace } = kustomization;
    if (users.every(({ optional }) => optional) || name === '' || !isKnown(name)) continue;
    if (cluster.secrets.lookup(kind, namespace, name).state !== 'absent') continue;
    const identity = { group: '', kind, namespace, name };
    yield {
      kind: 'secret',
      what: describe(identity),
      keys: [],
      notes: ['variables are taken from it'],
      neededBy: users.map((user) => user.kustomization.resource),
      at: { resource: kustomization.resource, path: first.path },
      object: identity,
    };
  }
}
