import { forLog } from '../report/log';
import { printError } from './terminal';

/** Milliseconds before a run counts as long: until then, nothing is said. */
const patience = 700;

/** One line on a terminal that says what goes on, overwritten by the next and gone at the end; nothing elsewhere. */
export class Progress {
  private readonly begun = Date.now();
  private shown = false;

  private constructor(private readonly out: NodeJS.WriteStream) {}

  /** For what some work says of itself; gone when it ends, however it does. */
  static async during<T>(work: (progress: Progress) => Promise<T>): Promise<T> {
    const progress = new Progress(process.stderr);
    try {
      return await work(progress);
    } finally {
      progress.end();
    }
  }

  say(what: string): void {
    if (!this.out.isTTY || Date.now() - this.begun < patience) return;
    this.out.write(`\r\u001b[K${forLog(what).slice(0, Math.max((this.out.columns || 80) - 2, 10))}…`);
    this.shown = true;
  }

  /** Says something that stays. */
  warn(text: string): void {
    this.end();
    printError(text);
  }

  private end(): void {
    if (this.shown) this.out.write('\r\u001b[K');
    this.shown = false;
  }
}
