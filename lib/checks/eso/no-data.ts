import { externalSecrets } from '../../graph/external-secrets/specs';
import { describe } from '../../graph/identity';
import type { Json } from '../../json/json';
import { at } from '../../json/read';
import type { ClusterCheck } from '../check';

export const noData: ClusterCheck = {
  id: 'eso/no-data',
  severity: 'error',
  title: 'ExternalSecret that reads nothing',
  atRunTime:
    'the ExternalSecret is refused, and with it the whole Kustomization: "either data or dataFrom should be specified"',
  remedy: 'say what to read in data or dataFrom',
  source: 'external-secrets apis/externalsecrets/v1/externalsecret_validator.go',
  *check(cluster) {
    for (const { resource, spec, path } of externalSecrets(cluster)) {
      if (!isNothing(at(spec, 'data')) || !isNothing(at(spec, 'dataFrom'))) continue;
      yield { at: { resource, path, on: 'key' }, message: `${describe(resource)} has neither data nor dataFrom` };
    }
  },
};

function isNothing(value: Json | undefined): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}
