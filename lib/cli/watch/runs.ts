import { type ChildProcess, spawn } from 'node:child_process';

/** How a run ended. */
export interface Ended {
  /** undefined where it was stopped. */
  readonly code: number | undefined;
  /** What it said of what went wrong, where that was kept, and what is to be said of how it ended. */
  readonly said: string;
}

/** What ends a run that was told to, by this process or by a terminal's Ctrl-C. Others end one that ran out of memory, say. */
const stopping: ReadonlySet<NodeJS.Signals> = new Set(['SIGTERM', 'SIGINT', 'SIGHUP']);

/** Fresh processes that run all of main.ts as `espalier synth` does. */
export class Runs {
  private readonly children = new Set<ChildProcess>();

  /** @param command the program and its arguments: `espalier synth main.ts` with the author's options */
  constructor(private readonly command: readonly string[]) {}

  /** Writes the tree, and prints what `espalier synth` does. */
  write(): Promise<Ended> {
    return this.run([], false);
  }

  /** Compares the tree with the folder, and says nothing. */
  check(): Promise<Ended> {
    return this.run(['--check', '--quiet'], true);
  }

  stop(): void {
    for (const child of this.children) child.kill();
  }

  private run(options: readonly string[], quietly: boolean): Promise<Ended> {
    const [program = '', ...args] = this.command;
    const stdio = quietly ? (['ignore', 'ignore', 'pipe'] as const) : (['ignore', 'inherit', 'inherit'] as const);
    const child = spawn(program, [...args, ...options], { stdio: [...stdio] });
    this.children.add(child);
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    return new Promise((done) => {
      child.once('error', (error) => {
        this.children.delete(child);
        done({ code: 2, said: `error: ${program} cannot be run (${error.message}).` });
      });
      child.once('close', (code, signal) => {
        this.children.delete(child);
        if (code !== null) done({ code, said: said.trimEnd() });
        else if (signal !== null && stopping.has(signal)) done({ code: undefined, said: '' });
        else done({ code: 2, said: `${said}error: the run was ended by ${signal}.` });
      });
    });
  }
}
