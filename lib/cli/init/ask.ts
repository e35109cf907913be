import { createInterface, type Interface } from 'node:readline/promises';
import { EspalierError } from '../../errors';

/** Where a person sits. */
export interface Streams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** Asks a person, a line at a time. */
export class Questions {
  private constructor(
    private readonly terminal: Interface,
    private readonly output: NodeJS.WritableStream,
  ) {}

  /** @throws EspalierError when the person leaves, with Ctrl-C or Ctrl-D: nothing is written then */
  static async during<T>(
    work: (questions: Questions) => Promise<T>,
    streams: Streams = { input: process.stdin, output: process.stdout },
  ): Promise<T> {
    const terminal = createInterface(streams);
    const left = new Promise<never>((_, fail) => {
      terminal.once('close', () => fail(new EspalierError('Nothing was written.')));
    });
    try {
      return await Promise.race([work(new Questions(terminal, streams.output)), left]);
    } finally {
      left.catch(() => {});
      terminal.close();
    }
  }

  /**
   * Asks until the answer is a good one; an empty one is the default.
   *
   * @param fault what is wrong with an answer; undefined for a good one
   */
  async ask(question: string, standard: string, fault: (answer: string) => string | undefined): Promise<string> {
    for (;;) {
      const answer = (await this.terminal.question(`${question} (${standard}) `)).trim() || standard;
      const wrong = fault(answer);
      if (wrong === undefined) return answer;
      this.output.write(`  ${wrong}\n`);
    }
  }
}
