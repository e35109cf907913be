import { count } from '../../../text/count';
import { groupBy } from '../../../text/group-by';
import type { Cluster, Lookup } from '../../cluster';
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
      notes: [
        ...(decrypts
          ? [`decrypts what SOPS has encrypted${encrypted === 0 ? '' : `: ${count(encrypted, 'Secret')} of the tree`}`]
          : []),
        ...usesOf(references),
        ...why,
      ],
      neededBy: references.map(({ resource }) => resource),
      at: { resource: first.resource, path: first.path },
      object: identity,
    };
  }
  yield* missingVariables(cluster);
}

/** Notes of why it has to be made; undefined for what a chart or an operator most likely makes. */
function whyMissing(
  found: Exclude<Lookup, { state: 'found' }>,
  references: readonly SecretReference[],
  { reached }: Graph,
): string[] | undefined {
  if (found.state === 'absent') return [];
  if (found.by === undefined) return /configuration/.test(found.why) ? [found.why] : undefined;
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
