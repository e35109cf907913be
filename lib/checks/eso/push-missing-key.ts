import { pushableKeys, pushesIn, selectedGenerator } from '../../graph/external-secrets/pushes';
import { keyStep, step } from '../../graph/identity';
import { isKnown } from '../../graph/substitution';
import { textAt } from '../../json/read';
import { listed } from '../../text/listed';
import { nearest } from '../../text/nearest';
import type { ClusterCheck } from '../check';
import { didYouMean } from '../hint';
import { respelled } from '../meant';

export const pushMissingKey: ClusterCheck = {
  id: 'eso/push-missing-key',
  severity: 'error',
  title: 'Push of a key that the Secret does not have',
  atRunTime: 'the push stops there: "set secret failed: secret key … does not exist"',
  remedy: 'push a key that the Secret has, or add this key to it',
  fixes: 'write the one key that is a slip away',
  source: 'external-secrets pkg/controllers/pushsecret/pushsecret_controller.go (handlePushSecretDataForStore)',
  *check(cluster) {
    for (const { asked, secretKey, item, path } of pushesIn(cluster)) {
      if (secretKey === undefined || !isKnown(secretKey) || textAt(item, 'conversionStrategy') === 'ReverseUnicode')
        continue;
      const keys = pushableKeys(cluster, asked);
      if (keys === undefined || keys.has(secretKey)) continue;
      const generator = selectedGenerator(cluster, asked);
      const name = textAt(asked.spec, 'selector', 'secret', 'name') ?? '';
      const from = generator === undefined ? `Secret ${name}` : `${generator.resource.kind} ${generator.resource.name}`;
      const near = nearest(secretKey, [...keys]);
      yield {
        at: { resource: asked.resource, path: [...path, 'secretKey'] },
        ...respelled([...path, 'secretKey'], secretKey, [...keys]),
        message: `${from} has no key ${secretKey}: it has ${listed(keys)}${didYouMean(near)}`,
        chain: [
          step(asked.resource),
          generator === undefined ? keyStep({ kind: 'Secret', name }, secretKey) : step(generator.resource),
        ],
      };
    }
  },
};
