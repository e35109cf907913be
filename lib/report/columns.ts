/** East Asian wide characters and emoji: a terminal gives them two columns (https://www.unicode.org/reports/tr11/). */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const combining = /[\p{Mn}\p{Me}]/u;

/** How many columns of a terminal a text takes. */
export function columnsOf(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let columns = 0;
  for (const character of text) columns += combining.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return columns;
}

/**
 * Puts parts on lines, as many on each as there is room for, with a space between them. A part is never broken: names are copied.
 *
 * @param taken how many columns of the first line are gone
 */
export function wrap(parts: readonly string[], room: number, taken = 0): string[] {
  const lines: string[] = [];
  let line: string | undefined;
  let used = taken;
  for (const part of parts) {
    const columns = columnsOf(part);
    if (line === undefined) line = part;
    else if (used + 1 + columns > room) {
      lines.push(line);
      line = part;
      used = 0;
    } else {
      line += ` ${part}`;
      used += 1;
    }
    used += columns;
  }
  lines.push(line ?? '');
  return lines;
}
