import type { Closed } from './chart';

/** Why a chart is not to be had: a clause, and what to do about it as a sentence. Thrown within, handed out as `Closed`. */
export class ChartFault extends Error {
  constructor(
    why: string,
    readonly fix?: string,
  ) {
    super(why);
  }

  toClosed(): Closed {
    return { type: 'closed', why: this.message, ...(this.fix === undefined ? {} : { fix: this.fix }) };
  }
}
