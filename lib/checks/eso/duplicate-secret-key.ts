import { externalSecrets } from '../../graph/external-secrets/specs';
import { isKnown } from '../../graph/substitution';
import { listAt, textAt } from '../../json/read';
import type { ClusterCheck } from '../check';

export const duplicateSecretKey: ClusterCheck = {
  id: 'eso/duplicate-secret-key',
  severity: 'error',
  title: 'Two items of data with one secretKey',
  atRunTime: 'the ExternalSecret is refused, and with it the whole Kustomization: "duplicate secretKey found: …"',
  remedy: 'give each item of data its own secretKey',
  source: 'external-secrets apis/externalsecrets/v1/externalsecret_validator.go (validateDuplicateKeys)',
  *check(cluster) {
    for (const { resource, spec, path } of externalSecrets(cluster)) {
      if ((textAt(spec, 'target', 'deletionPolicy') ?? 'Retain') !== 'Retain') continue;
      const items = listAt(spec, 'data');
      if (items.length < 2) continue;
      const seen = new Map<string, number>();
      for (const [i, item] of items.entries()) {
        const key = textAt(item, 'secretKey');
        if (key === undefined || !isKnown(key)) continue;
        const before = seen.get(key);
        if (before === undefined) seen.set(key, i);
        else {
          yield {
            at: { resource, path: [...path, 'data', i, 'secretKey'] },
            message: `data[${i}] writes ${key} as data[${before}] does`,
          };
        }
      }
    }
  },
};
