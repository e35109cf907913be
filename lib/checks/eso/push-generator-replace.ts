import { pushedGenerator } from '../../graph/external-secrets/pushes';
import { pushSecrets } from '../../graph/external-secrets/specs';
import { step } from '../../graph/identity';
import { at, textAt } from '../../json/read';
import { parseDuration } from '../../systems/duration';
import { isPeriodic } from '../../systems/external-secrets/spec';
import type { ClusterCheck } from '../check';
import { setting } from '../meant';

const day = 24 * 3600;

export const pushGeneratorReplace: ClusterCheck = {
  id: 'eso/push-generator-replace',
  severity: 'error',
  title: 'Generated value that is replaced at every refresh',
  atRunTime:
    'each refresh generates a new value and overwrites the one in the store: logins with the old one are refused',
  remedy: 'set updatePolicy: IfNotExists; to rotate the value on purpose, set a refreshInterval of a day or more',
  fixes: 'set updatePolicy to IfNotExists where neither it nor an interval is given',
  source: 'https://external-secrets.io/latest/guides/pushsecrets/',
  *check(cluster) {
    for (const asked of pushSecrets(cluster)) {
      const { resource, spec, path } = asked;
      if ((textAt(spec, 'updatePolicy') ?? 'Replace') !== 'Replace' || !isPeriodic(spec)) continue;
      const generator = pushedGenerator(cluster, asked);
      const interval = textAt(spec, 'refreshInterval');
      if (generator === undefined || (interval !== undefined && (parseDuration(interval) ?? 0) >= day)) continue;
      yield {
        at: { resource, path: [...path, 'selector', 'generatorRef'], on: 'key' },
        // Who writes hours may want to rotate it so often.
        severity: interval === undefined ? 'error' : 'warning',
        message: `${generator.resource.kind} ${generator.resource.name} generates a new value every ${interval ?? 'hour, the default'}, and updatePolicy ${at(spec, 'updatePolicy') === undefined ? 'Replace, the default,' : 'Replace'} overwrites the last one`,
        chain: [step(resource), step(generator.resource)],
        ...(interval === undefined &&
          at(spec, 'updatePolicy') === undefined &&
          setting([...path, 'updatePolicy'], 'IfNotExists', ['deletionPolicy'])),
      };
    }
  },
};
