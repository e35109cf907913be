/** Characters that are as wide as two: Chinese, Japanese, Korean, emoji. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** How wide a text is in a font of letters of one width: the widest of the usual ones (DejaVu Sans Mono, Menlo) has 0.602 em. */
export function monoWidth(text: string, size: number): number {
  return cells(text) * 0.603 * size;
}

export function cells(text: string): number {
  let sum = 0;
  for (const character of text) sum += wide.test(character) ? 2 : 1;
  return sum;
}

/** About how wide a text is in a sans-serif font, rather more than less: DejaVu Sans is among the wide ones. */
export function sansWidth(text: string, size: number): number {
  let sum = 0;
  for (const character of text) {
    if (/[ilI.,:;|!'j]/.test(character)) sum += 0.33;
    else if (/[mwMW@%]/.test(character)) sum += 0.95;
    else if (wide.test(character)) sum += 1.05;
    else if (/[A-Z]/.test(character)) sum += 0.69;
    else sum += 0.61;
  }
  return sum * size;
}

/**
 * A text in lines of so many cells at most, broken where a path, a list or a word ends; what is left over ends with an ellipsis.
 */
export function wrap(text: string, width: number, most: number): string[] {
  const parts = text.split(/(?<=[/ ,])|(?<=\w-)/u).flatMap((part) => pieces(part, width));
  const lines: string[] = [];
  let line = '';
  for (const part of parts) {
    if (line !== '' && cells(line) + cells(part.trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += part;
  }
  if (line.trimEnd() !== '') lines.push(line.trimEnd());
  if (lines.length <= most) return lines;
  const last = [...(lines[most - 1] ?? '')].slice(0, Math.max(width - 1, 1)).join('');
  return [...lines.slice(0, most - 1), `${last}…`];
}

/** A part that is longer than a line, cut into lines. */
function pieces(part: string, width: number): string[] {
  const characters = [...part];
  if (characters.length <= width / 2 || cells(part) <= width) return [part];
  const found: string[] = [];
  let line = '';
  for (const character of characters) {
    if (cells(line) + cells(character) > width) {
      found.push(line);
      line = '';
    }
    line += character;
  }
  return [...found, line];
}
