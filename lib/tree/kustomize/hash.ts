import { createHash } from 'node:crypto';
import { isJsonObject, type JsonObject } from '../../json/json';
import { goJson } from './go-json';
import type { Item } from './item';
import { renamed } from './names';

/** The item with a hash of its content at the end of its name (api/hasher/hasher.go of kustomize). */
export function withHash(item: Item): Item {
  return renamed(item, `${item.id.name}-${hashOf(item.value)}`);
}

function hashOf({ kind, type, data, binaryData, stringData }: JsonObject): string {
  const isSecret = kind === 'Secret';
  const json = goJson({
    ...(!isSecret && isJsonObject(binaryData) && { binaryData }),
    data: data ?? '',
    kind: kind ?? '',
    // The name is empty: kustomize looks it up by a path that it does not take for one.
    name: '',
    ...(isSecret && isJsonObject(stringData) && { stringData }),
    ...(isSecret && { type: type ?? '' }),
  });
  const letters: { readonly [digit: string]: string } = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' };
  const hex = createHash('sha256').update(json).digest('hex').slice(0, 10);
  return hex.replace(/[013ae]/g, (digit) => letters[digit] ?? digit);
}
