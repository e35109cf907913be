import type { Resource } from '../../graph/resource';
import { at, objectAt } from '../../json/read';
import { isPeriodic } from '../../systems/external-secrets/spec';

/**
 * Whether an object is an ExternalSecret that goes on to write the Secret after it has made it
 * (https://external-secrets.io/latest/api/externalsecret/#refreshpolicy).
 */
export function rotates({ group, kind, value }: Resource): boolean {
  if (group !== 'external-secrets.io' || kind !== 'ExternalSecret') return false;
  const spec = objectAt(value, 'spec');
  return spec !== undefined && at(spec, 'target', 'immutable') !== true && isPeriodic(spec);
}
