import type { JsonObject, Path } from '../../json/json';
import { keysAt, objectAt } from '../../json/read';
import type { ProviderFacts } from '../../systems/external-secrets/providers';
import {
  factsOf,
  inability,
  type Misuse,
  misuses,
  misusesOfFind,
  misusesOfPolicies,
  misusesOfPush,
} from '../../systems/external-secrets/references';
import { pushesOf } from '../../systems/external-secrets/stores';
import { memoize } from '../../text/memoize';
import type { Cluster } from '../cluster';
import { type Remote, remotesOf } from '../remotes';

/** What is asked of a store that its provider cannot do, or of which it takes no notice. */
export interface ProviderMisuse {
  readonly remote: Remote;
  readonly facts: ProviderFacts;
  /** The way to what is at fault, or to what lacks it. */
  readonly path: Path;
  /** What it cannot do at all, as a sentence. */
  readonly cannot?: string;
  readonly misuse?: Misuse;
}

/** Those of a cluster, of stores whose one provider is known. Found once for all rules. */
export const providerMisuses: (cluster: Cluster) => readonly ProviderMisuse[] = memoize((cluster) =>
  [...remotesOf(cluster)].flatMap((remote) => {
    const provider = objectAt(remote.store?.value, 'spec', 'provider');
    const [name, ...more] = keysAt(provider);
    const facts = name === undefined || more.length > 0 ? undefined : factsOf(name, objectAt(provider, name));
    return facts === undefined || remote.store?.uncertain ? [] : misusesOf(remote, facts);
  }),
);

function misusesOf(remote: Remote, facts: ProviderFacts): ProviderMisuse[] {
  const { resource, verb, secretKey } = remote;
  const path = remote.path.slice(0, -1);
  const reference = objectAt(resource.value, ...path) ?? {};
  const isWhole = path.at(-1) === 'extract';
  const cannot = inability(facts, verb === 'read' && isWhole ? 'extract' : verb);
  if (cannot !== undefined) return [{ remote, facts, path, cannot }];
  const ofReference = [...found(reference)].map((misuse) => ({
    remote,
    facts,
    path: [...path, ...fieldOf(misuse)],
    misuse,
  }));
  return verb === 'push' ? [...ofReference, ...ofPolicies(remote, facts, path)] : ofReference;

  function found(reference: JsonObject): Iterable<Misuse> {
    if (verb === 'find') return misusesOfFind(facts, reference);
    if (verb === 'read') return misuses(facts, isWhole ? 'whole' : 'value', reference);
    return misusesOfPush(facts, secretKey, { key: remote.key, property: remote.property });
  }
  function fieldOf({ field }: Misuse): Path {
    if (field === 'key') return remote.path.slice(-1);
    return field !== 'secretKey' && reference[field] !== undefined ? [field] : [];
  }
}

/** What a PushSecret's policies ask of a store, told with the first place that it writes. */
function ofPolicies(remote: Remote, facts: ProviderFacts, reference: Path): ProviderMisuse[] {
  const path = reference.slice(0, -'data/0/match/remoteRef'.split('/').length);
  const spec = objectAt(remote.resource.value, ...path) ?? {};
  const pushes = pushesOf(spec, path);
  if (pushes[0]?.path.join() !== reference.slice(0, -1).join()) return [];
  return [...misusesOfPolicies(facts, spec, pushes)].map((misuse) => ({
    remote,
    facts,
    path: [...path, misuse.field],
    misuse,
  }));
}
