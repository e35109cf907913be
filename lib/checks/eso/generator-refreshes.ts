import type { Cluster } from '../../graph/cluster';
import { type GeneratedKeys, generatedKeys } from '../../graph/external-secrets/generated';
import { type Asked, externalSecrets, targetOf } from '../../graph/external-secrets/specs';
import { describe, keyStep, step } from '../../graph/identity';
import { isRestarted } from '../../graph/restarts';
import type { SecretReference } from '../../graph/secrets/secret-index';
import { at, textAt } from '../../json/read';
import { creationPolicy, isPeriodic } from '../../systems/external-secrets/spec';
import { hasTrait } from '../../systems/kinds/kinds';
import type { ClusterCheck, Problem } from '../check';

export const generatorRefreshes: ClusterCheck = {
  id: 'eso/generator-refreshes',
  severity: 'error',
  title: 'Value that is generated again at every refresh',
  atRunTime:
    'each refresh writes a new value: whatever still uses the old one, such as a pod that has it in its environment, is refused from then on',
  remedy: 'set refreshPolicy: CreatedOnce with target.immutable: true and target.creationPolicy: Orphan',
  source: 'https://external-secrets.io/latest/guides/generator/',
  *check(cluster) {
    for (const asked of externalSecrets(cluster)) {
      const { spec } = asked;
      if (!isPeriodic(spec) || at(spec, 'target', 'immutable') === true || creationPolicy(spec) === 'None') continue;
      const keys = generatedKeys(cluster, asked);
      if (keys.size > 0) yield* problem(cluster, asked, keys);
    }
  },
};

function* problem(cluster: Cluster, asked: Asked, keys: GeneratedKeys): Generator<Problem> {
  const { resource, spec, path } = asked;
  const interval = textAt(spec, 'refreshInterval');
  const [generator] = keys.values();
  const [key] = keys.keys();
  const name = targetOf(asked);
  const readers = name === undefined ? [] : readersOf(cluster, asked, name, keys);
  const stale = readers.find(isStale);
  if (interval !== undefined && stale === undefined) return;
  const rotates = readers.some(({ use }) => use === 'bootstrap' || use === 'managedRole');
  const each = interval ?? 'hour, the default';
  const kept = stale === undefined ? '' : `; ${describe(stale.resource)} keeps the old value in its environment`;
  yield {
    at: {
      resource,
      path: interval === undefined ? path : [...path, 'refreshInterval'],
      on: interval === undefined ? 'key' : 'value',
    },
    severity: interval === undefined || rotates ? 'error' : 'warning',
    message: `${generator?.kind ?? 'generator'} ${generator?.resource.name ?? ''} generates a new value every ${each}${kept}`,
    chain:
      stale === undefined
        ? [step(resource), `${generator?.resource.kind}/${generator?.resource.name}`]
        : [step(stale.resource), keyStep(stale, stale.key ?? key ?? ''), step(resource)],
  };
}

/** Those that read a key whose value is generated. */
function readersOf(cluster: Cluster, { namespaces }: Asked, name: string, keys: GeneratedKeys): SecretReference[] {
  return namespaces
    .flatMap((namespace) => cluster.secrets.readersOf('Secret', namespace, name))
    .filter(({ key }) => key === undefined || keys.has(key));
}

/** Whether a pod has a value in its environment, and nothing restarts it. */
function isStale(reference: SecretReference): boolean {
  const { resource, use } = reference;
  if ((use !== 'env' && use !== 'envFrom') || !hasTrait(resource, 'long-lived') || resource.uncertain) return false;
  return !isRestarted(reference, undefined);
}
