import { step } from '../../graph/identity';
import { at, textAt } from '../../graph/json';
import type { ClusterCheck } from '../check';
import { pushedGenerator } from './pushes';
import { isPeriodic, pushSecrets } from './specs';

export const pushGeneratorReplace: ClusterCheck = {
  id: 'eso/push-generator-replace',
  severity: 'error',
  title: 'Generated value that is pushed anew each interval',
  atRunTime:
    'each refresh generates another value and overwrites the one in the store: whoever logs in with it is refused',
  remedy: 'set updatePolicy: IfNotExists; to rotate it on purpose, set a refreshInterval of a day or more',
  source: 'https://external-secrets.io/latest/guides/pushsecrets/',
  *check(cluster) {
    for (const asked of pushSecrets(cluster)) {
      const { resource, spec, path } = asked;
      if ((textAt(spec, 'updatePolicy') ?? 'Replace') !== 'Replace' || !isPeriodic(spec)) continue;
      const generator = pushedGenerator(cluster, asked);
      const interval = textAt(spec, 'refreshInterval');
      if (generator === undefined || (interval !== undefined && hours(interval) >= 24)) continue;
      yield {
        at: { resource, path: [...path, 'selector', 'generatorRef'], on: 'key' },
        // Who writes hours may want to rotate it so often.
        severity: interval === undefined ? 'error' : 'warning',
        message: `${generator.resource.kind} ${generator.resource.name} makes another value each ${interval ?? 'hour, the default'}, and updatePolicy ${at(spec, 'updatePolicy') === undefined ? 'Replace, the default,' : 'Replace'} overwrites the last one`,
        chain: [step(resource), step(generator.resource)],
      };
    }
  },
};

/** A duration of Go's in hours. */
function hours(duration: string): number {
  const seconds: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };
  let sum = 0;
  for (const [, count, unit = ''] of duration.matchAll(/([\d.]+)(ms|us|µs|ns|h|m|s)/g)) {
    sum += Number(count) * (seconds[unit] ?? 0);
  }
  return sum / 3600;
}
