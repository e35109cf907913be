import type { JsonObject } from '../../../json/json';
import { keysAt } from '../../../json/read';
import type { Fault } from '../../fault';
import { dataKey } from '../names';

/** (pkg/apis/core/validation: ValidateConfigMap) */
export function configMapKeys(object: JsonObject): Generator<Fault> {
  return keys(object, 'data', 'binaryData');
}

/** (pkg/apis/core/validation: ValidateSecret) */
export function secretKeys(object: JsonObject): Generator<Fault> {
  return keys(object, 'data', 'stringData');
}

function* keys(object: JsonObject, ...fields: readonly string[]): Generator<Fault> {
  for (const field of fields) {
    for (const key of keysAt(object, field)) {
      if (dataKey.accepts(key)) continue;
      yield { path: [field, key], value: null, allowed: `a key of ${dataKey.allowed}`, example: dataKey.example };
    }
  }
}
