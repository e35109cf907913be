import { codeLine } from '../../graph/masking/printable';

/** A text in XML or HTML, between tags or in a quoted attribute. Characters that XML does not take, and that nobody sees, are escapes. */
export function xml(text: string): string {
  return codeLine(text).replace(/[&<>"'\t]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
