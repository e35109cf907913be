import { at, textAt } from '../../graph/json';
import type { Resource } from '../../graph/resource';

/**
 * Whether an object is an ExternalSecret that goes on to write the Secret after it has made it
 * (https://external-secrets.io/latest/api/externalsecret/#refreshpolicy).
 */
export function rotates({ group, kind, value }: Resource): boolean {
  if (group !== 'external-secrets.io' || kind !== 'ExternalSecret') return false;
  if (at(value, 'spec', 'target', 'immutable') === true) return false;
  if ((textAt(value, 'spec', 'refreshPolicy') ?? 'Periodic') !== 'Periodic') return false;
  return !/^0+(?:[a-zµ]+|$)/.test(textAt(value, 'spec', 'refreshInterval') ?? '1h');
}
