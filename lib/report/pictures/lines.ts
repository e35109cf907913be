import type { PictureNode } from '../../pictures/picture';

/** What stands below the label of a node: its keys, and what else is to be known of it. */
export function detailLines({ keys, details, kind }: PictureNode): string[] {
  // Of an entry of a store, the picture says enough by the group that it stands in.
  return [...(keys === undefined ? [] : keyLine(keys)), ...(kind === 'remote' ? [] : details)];
}

/** A text of at most so many characters, with an ellipsis where it was cut. */
export function cut(text: string, most: number): string {
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text;
}

/** Characters of keys that are named; at least one is. */
const room = 84;

function keyLine({ known, open }: NonNullable<PictureNode['keys']>): string[] {
  if (known.length === 0) return open ? ['the keys of what it is made of'] : [];
  const shown: string[] = [];
  let length = 0;
  for (const key of known) {
    length += key.length + 2;
    if (shown.length > 0 && length > room) break;
    shown.push(key);
  }
  const left = known.length - shown.length;
  const more = left > 0 ? ` and ${left} more` : open ? ' and others' : '';
  return [`${shown.join(', ')}${more}`];
}
