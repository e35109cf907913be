import { generatorOf } from '../../graph/external-secrets/generators';
import { externalSecrets } from '../../graph/external-secrets/specs';
import { step } from '../../graph/identity';
import { isKnown } from '../../graph/substitution';
import { textAt } from '../../json/read';
import { parseDuration } from '../../systems/duration';
import { generatorRefs, hoursOf } from '../../systems/external-secrets/generators';
import { creationPolicy, defaultInterval, isPeriodic } from '../../systems/external-secrets/spec';
import type { ClusterCheck } from '../check';

export const generatorExpires: ClusterCheck = {
  id: 'eso/generator-expires',
  severity: 'error',
  title: 'Token that expires before it is made anew',
  atRunTime: 'from then until the next refresh, whatever logs in with it is refused',
  remedy: 'set a refreshInterval well below the life of the token, and no refreshPolicy',
  source: 'https://external-secrets.io/latest/api/generator/github/',
  *check(cluster) {
    for (const asked of externalSecrets(cluster)) {
      const { resource, spec, path } = asked;
      const [namespace] = asked.namespaces;
      const written = textAt(spec, 'refreshInterval');
      const interval = written ?? defaultInterval;
      if (namespace === undefined || creationPolicy(spec) === 'None' || !isKnown(interval)) continue;
      for (const ref of generatorRefs(spec)) {
        const generator = generatorOf(cluster, ref, namespace);
        const hours = generator && hoursOf(generator.kind);
        if (generator === undefined || hours === undefined || generator.resource.uncertain) continue;
        const seconds = isPeriodic(spec) ? (parseDuration(interval) ?? 0) : Number.POSITIVE_INFINITY;
        if (seconds < hours * 3600) continue;
        const refreshes = isPeriodic(spec)
          ? `is made anew every ${written ?? 'hour, the default'}`
          : 'is not made anew: its ExternalSecret is not refreshed';
        yield {
          at: { resource, path: [...path, ...ref.path, 'name'] },
          ...(seconds === hours * 3600 && { severity: 'warning' as const }),
          message: `the token of ${generator.kind} ${generator.resource.name} expires after ${hours === 1 ? 'an hour' : `${hours} hours`}, and ${refreshes}`,
          chain: [step(resource), step(generator.resource)],
        };
      }
    }
  },
};
