import type { Patched } from '../../tree';
import { paint, print } from '../terminal';
import type { Alone } from './answer';

/** What a watching command tells on the terminal. */
export class Say {
  constructor(private readonly quiet: boolean) {}

  watching(files: number): void {
    this.line(`watching ${files} ${files === 1 ? 'file' : 'files'}; Ctrl-C ends it`);
  }

  /** What changed in which part, and how long that took from the save on. */
  wrote({ parts, said }: Alone, done: readonly Patched[], milliseconds: number): void {
    if (said !== '') this.line(said.trimEnd());
    const lines = changedLines(done);
    const what = lines.length === 0 ? 'nothing to change' : `${lines.length} ${lines.length === 1 ? 'file' : 'files'}`;
    this.line([`${parts.join(', ')}: ${what} in ${milliseconds.toFixed(0)} ms`, ...lines].join('\n'));
  }

  runsAll(file: string, because: string): void {
    this.line(paint('dim', `running all of ${file}: ${because}`));
  }

  proven(milliseconds: number): void {
    this.line(paint('dim', `proven in ${(milliseconds / 1000).toFixed(1)} s`));
  }

  /** A part was written alone, and the folder is not what the whole yields. */
  notAlone(parts: readonly string[]): void {
    const one = parts.length === 1;
    this.line(
      `${parts.join(', ')} ${one ? 'does' : 'do'} not stand on ${one ? 'its' : 'their'} own, or somebody else changed the folder: all of it yields another tree, which is written now`,
    );
  }

  putBack(parts: readonly string[], done: readonly Patched[]): void {
    if (done.length > 0)
      this.line([`put back, as before the change of ${parts.join(', ')}`, ...changedLines(done)].join('\n'));
  }

  private line(text: string): void {
    if (!this.quiet) print(text);
  }
}

function changedLines(done: readonly Patched[]): string[] {
  return done.flatMap(({ created, changed, pruned }) => [
    ...created.map(({ path }) => paint('green', `  + ${path}`)),
    ...changed.map(({ path }) => paint('yellow', `  ~ ${path}`)),
    ...pruned.map(({ path }) => paint('red', `  - ${path}`)),
  ]);
}
