import { secretsMade } from '../../../systems/cnpg/made';
import { addProducer, type Produce } from './producer';

export const cluster: Produce = (resource, found) => {
  for (const made of secretsMade(resource.value)) addProducer(found, resource, made);
};
