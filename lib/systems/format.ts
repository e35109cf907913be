/** A form that a text must have: what accepts it, and how to say so. */
export interface Format {
  readonly allowed: string;
  readonly example: string;
  /** Set where no variable of Flux may stand for a part of it, since nothing is put in there: names of files. */
  readonly withoutVariables?: true;
  accepts(text: string): boolean;
}

/** One of a few words. */
export function oneOf(...words: readonly string[]): Format {
  return {
    allowed: `one of ${words.join(', ')}`,
    example: `"${words[0]}"`,
    accepts: (text) => words.includes(text),
  };
}
