import { ruleIds } from '../../checks/rules';
import type { Synthesized } from '../../constructs/synthesis';
import { type ReadConfig, readConfig } from '../config';
import { readyToRequire } from '../run-file';
import { targetsOf } from '../targets';
import { changeAlone } from './alone';
import { type Alone, type Answer, type Whole, whole } from './answer';
import { hear } from './hear';
import { Modules } from './modules';
import { composed, type Recording, record, wasLate } from './record';

/*
 * The warm process: keeps the library, cdk8s and the author's modules in memory, and main.ts run up to its parts. It writes nothing.
 * The author's code runs here, so what it does to the process (ends it, never returns) befalls nobody else.
 */

/** What the process is started with, as JSON in its one argument. */
export interface WarmOptions {
  /** The app's file, absolute. */
  readonly main: string;
  /** As the author names it. */
  readonly file: string;
  readonly output: string | undefined;
}

/** So often a part is composed before the first change comes. */
const rehearsals = 5;

class Warm {
  /** main.ts, run up to its parts. */
  private prepared: Recording | undefined;
  private broken = false;
  private stale = false;
  private readonly modules: Modules;
  private readonly isCommonJs: boolean;

  constructor(
    private readonly options: WarmOptions,
    private readonly config: ReadConfig,
  ) {
    this.modules = new Modules(options.main);
    this.isCommonJs = readyToRequire(options.main);
  }

  /** Whether it holds what it cannot load again. */
  get isStale(): boolean {
    return this.stale;
  }

  /** Runs main.ts up to its parts, for the next change. */
  prepare(): void {
    this.prepared = this.record();
  }

  /** Composes one part, for nothing: the first change would take a second, until all that it needs is loaded and compiled. */
  async rehearse(): Promise<void> {
    for (let i = 0; i < Math.min(rehearsals, this.prepared?.parts.length ?? 0); i++) {
      const recording = this.record();
      if (recording === undefined) return;
      try {
        await this.targetsOf(composed(recording, recording.parts.slice(i, i + 1)));
      } catch {
        return;
      }
    }
  }

  answer(result: Alone | Whole): Answer {
    return { result, loaded: this.modules.takeLoaded(), broken: this.broken, stale: this.stale };
  }

  /** @param files whose content changed */
  async change(files: readonly string[]): Promise<Alone | Whole> {
    if (!this.isCommonJs) return whole('ES modules are not loaded twice');
    const { prepared } = this;
    this.prepared = undefined;
    // What is on disk may follow from the files as they were: from that nothing is known here.
    const early = this.modules.hasLoaded(files);
    this.stale = !this.modules.drop(files);
    if (this.stale) return whole('something else than its modules changed');
    const [recording, said] = hear(() => this.record());
    if (early) return whole('a file changed while it was loaded');
    if (wasLate()) return whole('its top level is asynchronous');
    if (recording === undefined) return whole('it throws an error');
    if (prepared === undefined) return whole('the last run failed');
    try {
      const [answer, more] = hear(() => changeAlone(prepared, recording, { targetsOf: this.targetsOf }));
      const result = await answer;
      return result.kind === 'alone' ? { ...result, said: said + more } : result;
    } catch {
      return whole('a part throws an error');
    }
  }

  private record(): Recording | undefined {
    this.broken = true;
    if (!this.isCommonJs) return undefined;
    try {
      const recording = record(() => {
        this.modules.run();
        this.broken = false;
      });
      return recording.apps.length > 0 ? recording : undefined;
    } catch {
      return undefined;
    }
  }

  private readonly targetsOf = (synthesized: readonly Synthesized[]) =>
    targetsOf(synthesized, { ...this.options, config: this.config, proofs: undefined });
}

async function start(options: WarmOptions): Promise<void> {
  const config = await readConfig(undefined, process.cwd(), ruleIds);
  const warm = new Warm(options, config);
  warm.prepare();
  await send(warm.answer(whole('it begins')));
  let turn = warm.rehearse();
  process.on('message', (files: readonly string[]) => {
    turn = turn.then(async () => {
      await send(warm.answer(await warm.change(files)));
      // Between two changes there is time.
      if (!warm.isStale) warm.prepare();
    });
  });
}

function send(answer: Answer): Promise<void> {
  return new Promise((done) => process.send?.(answer, () => done()));
}

// Where run-file.ts looks for tsx, in a checkout.
if (__filename.endsWith('.ts')) Object.assign(globalThis, { [Symbol.for('cdk8s-espalier.tsx')]: __filename });
// What the author's code throws on its own, a whole run tells of.
process.on('uncaughtException', () => {});
process.on('unhandledRejection', () => {});
process.on('disconnect', () => process.exit());
start(JSON.parse(process.argv[2] ?? '') as WarmOptions).catch(() => process.exit(1));
