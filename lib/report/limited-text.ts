/**
 * Characters of a report that becomes a comment: GitHub takes 65,536 ("body is too long"), and who posts it may add a few of their
 * own. GitLab takes a million. What takes two of JavaScript's units (an emoji) is one character or two, depending on who counts:
 * units are never fewer.
 */
export const commentLimit = 65_000;

/** A text made of parts, of at most so many characters; some are kept for what must be said however full it is. */
export class LimitedText {
  private readonly parts: string[] = [];
  private length = 0;

  constructor(
    private readonly limit: number,
    private readonly reserve: number,
  ) {}

  /** Adds the part whole where there is room for it. */
  add(part: string): boolean {
    if (part.length > this.room) return false;
    this.end(part);
    return true;
  }

  /** Adds a short part, of the reserve if need be: how much was left out. */
  end(part: string): void {
    this.length += part.length;
    this.parts.push(part);
  }

  /** How many characters more it takes. */
  get room(): number {
    return this.limit - this.reserve - this.length;
  }

  /** What makes an empty line before the next part: a line feed, unless there is one. */
  get gap(): string {
    const last = this.parts[this.parts.length - 1];
    return last === undefined || last.endsWith('\n\n') ? '' : '\n';
  }

  toString(): string {
    return this.parts.join('');
  }
}

/** A text of at most so many characters, with an ellipsis where it was cut; no character is cut in two. */
export function shorten(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const end = text.codePointAt(characters - 2) ?? 0;
  return `${text.slice(0, end > 0xffff ? characters - 2 : characters - 1)}…`;
}
