import type { PictureNode } from './picture';

const mostKeys = 6;

/** What stands below the label of a node: its keys, and what else is to be known of it. */
export function detailLines({ keys, details, kind }: PictureNode): string[] {
  // Of an entry of a store, the picture says enough by the group that it stands in.
  return [...(keys === undefined ? [] : keyLine(keys)), ...(kind === 'remote' ? [] : details)];
}

function keyLine({ known, open }: NonNullable<PictureNode['keys']>): string[] {
  if (known.length === 0) return open ? ['keys of what it is made of'] : [];
  const shown = known.length > mostKeys ? known.slice(0, mostKeys - 1) : known;
  const left = known.length - shown.length;
  const more = left > 0 ? ` and ${left} more` : open ? ' and others' : '';
  return [`${shown.join(', ')}${more}`];
}
