import type { Path } from '../../json/json';
import { textAt } from '../../json/read';
import { isKnown } from '../substitution';
import type { Producer } from './secret-index';

/** What a key of a Secret holds, where the tree says it. */
export interface Literal {
  readonly text: string;
  readonly path: Path;
}

/** Of a Secret that is not encrypted, or a template that fills nothing in. Never to be shown, unless it is a user name. */
export function literalOf({ resource }: Producer, key: string): Literal | undefined {
  const { value, document } = resource;
  if (document.encrypted) return undefined;
  if (resource.kind === 'ExternalSecret') {
    const path = ['spec', 'target', 'template', 'data', key];
    const text = textAt(value, ...path);
    return text === undefined || text.includes('{{') ? undefined : known(text, path);
  }
  if (resource.group !== '' || resource.kind !== 'Secret') return undefined;
  const plain = textAt(value, 'stringData', key);
  if (plain !== undefined) return known(plain, ['stringData', key]);
  const encoded = textAt(value, 'data', key);
  if (encoded === undefined || !isKnown(encoded) || !/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(encoded)) return undefined;
  return known(Buffer.from(encoded, 'base64').toString('utf8'), ['data', key]);
}

function known(text: string, path: Path): Literal | undefined {
  return isKnown(text) && !/^ENC\[/.test(text) ? { text, path } : undefined;
}
