import type { JsonObject } from '../../../json/json';
import { at, objectAt } from '../../../json/read';
import type { Fault } from '../../fault';
import { isGiven } from '../../given';
import { quantity } from '../../kubernetes/quantity';
import { quantitiesOf } from './resources';
import { atParameter, parametersPath } from './values';

/** What the definition of Clusters refuses, for those who have no schema at hand. (config/crd/bases/postgresql.cnpg.io_clusters.yaml) */
export function* refusedByDefinition(cluster: JsonObject): Generator<Fault> {
  const instances = at(cluster, 'spec', 'instances') ?? 1;
  if (typeof instances !== 'number' || !Number.isInteger(instances) || instances < 1)
    yield { path: ['spec', 'instances'], allowed: 'a whole number of at least 1', example: '1' };
  if (isGiven(at(cluster, 'spec', 'imageName')) && isGiven(at(cluster, 'spec', 'imageCatalogRef')))
    yield {
      path: ['spec', 'imageName'],
      allowed: 'either imageName or spec.imageCatalogRef, not both',
      example: 'only imageName',
    };
  for (const side of ['requests', 'limits'] as const) {
    for (const [name, text] of Object.entries(quantitiesOf(cluster, side)))
      if (!quantity.accepts(text))
        yield { path: ['spec', 'resources', side, name], allowed: quantity.allowed, example: quantity.example };
  }
  for (const [name, value] of Object.entries(objectAt(cluster, ...parametersPath) ?? {}))
    if (typeof value !== 'string')
      yield {
        path: atParameter(name),
        allowed: 'a text: the API takes no numbers or booleans here',
        example: `"${value}"`,
      };
}
