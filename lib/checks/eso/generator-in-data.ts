import { externalSecrets } from '../../graph/external-secrets/specs';
import { listAt, objectAt, textAt } from '../../json/read';
import type { ClusterCheck } from '../check';

export const generatorInData: ClusterCheck = {
  id: 'eso/generator-in-data',
  severity: 'error',
  title: 'Generator in data, where there are none',
  atRunTime: 'nothing is synced: generatorRef is not implemented in data, and ESO looks for a store without a name',
  remedy: 'move it to dataFrom: [{ sourceRef: { generatorRef: … } }], and rename its keys with rewrite or a template',
  source: 'https://external-secrets.io/latest/guides/generator/',
  *check(cluster) {
    for (const { resource, spec, path } of externalSecrets(cluster)) {
      for (const [i, item] of listAt(spec, 'data').entries()) {
        const ref = objectAt(item, 'sourceRef', 'generatorRef');
        if (ref === undefined) continue;
        yield {
          at: { resource, path: [...path, 'data', i, 'sourceRef', 'generatorRef'], on: 'key' },
          message: `data[${i}] names the generator ${textAt(ref, 'kind') ?? ''} ${textAt(ref, 'name') ?? ''}; generators work in dataFrom alone`,
        };
      }
    }
  },
};
