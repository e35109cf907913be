import { spawnSync } from 'node:child_process';
import type { Case } from './case';
import { fleetCases, startCases } from './cases';
import { apps, seconds } from './format';
import { measure, type Sample } from './measure';
import { makePlace } from './place';
import { type Measured, Results } from './results';
import { median, predict } from './statistics';
import { markdown } from './table';
import { timeTable } from './tables';
import type { Project, Workshop } from './workshop';

export interface Effort {
  /** How many apps; each size is measured on its own. */
  readonly sizes: readonly number[];
  /** How often each case is run at each size. */
  readonly rounds: number;
  /** Seconds that one case may take at one size: fewer rounds where it is slow, none where a single one is expected to take more. */
  readonly budget: number;
  /** Run every case once before, at the smallest size: afterwards programs and transpiled sources are in the caches of the machine. */
  readonly warmUp: boolean;
  /** Wait before each run until all that was written before is on the disk: else the run waits for it. */
  readonly settle: boolean;
  /** The ids of the cases to measure. @default all */
  readonly only?: readonly string[];
  /** Takes lines on how far it is. */
  readonly say: (line: string) => void;
}

/**
 * Measures everything, one case after another in each round: what slows the machine down for a while slows all of them.
 *
 * @throws Error when a case fails or does not print what it should
 */
export async function measureAll(workshop: Workshop, effort: Effort): Promise<Results> {
  const isWanted = ({ id, isPossible }: Pick<Case, 'id' | 'isPossible'>) =>
    (effort.only?.includes(id) ?? true) && (isPossible?.(workshop) ?? true);
  let results = new Results([]);
  const wanted = fleetCases.filter(isWanted);
  for (const size of wanted.length > 0 ? [...effort.sizes].sort((a, b) => a - b) : []) {
    effort.say(`${apps(size)}: writing their trees`);
    const place = await makePlace(workshop, size);
    const series = wanted.map((one): Series => {
      const project = place.project(one.id);
      const run = (round: number) => runOnce(one, { workshop, place, project, round }, effort);
      const warmUp = one.repeats || (effort.warmUp && results.all.length === 0);
      return { ...one, apps: size, run, warmUp, expected: expected(results, one.id, size) };
    });
    results = new Results([...results.all, ...(await inTurn(series, effort))]);
    // Hours may be lost otherwise, should a larger size fail.
    effort.say(`\n${markdown(timeTable(results))}\n`);
  }
  const starts = startCases.filter(isWanted).map((one): Series => {
    const project = workshop.project(`start-${one.id}`);
    const run = (round: number) => runOnce(one, { workshop, project, round }, effort);
    return { ...one, run, warmUp: effort.warmUp };
  });
  return new Results([...results.all, ...(await inTurn(starts, effort))]);
}

/** Seconds that one run should take, from the smaller sizes; linear where there is but one. */
function expected(results: Results, id: string, size: number): number | undefined {
  const points = results.points(id, 'seconds');
  const last = points.at(-1);
  if (last === undefined) return undefined;
  return points.length > 1 ? predict(points, size) : (last[1] * size) / last[0];
}

/** The runs of one case at one size. */
interface Series {
  readonly id: string;
  readonly title: string;
  readonly apps?: number;
  readonly warmUp: boolean;
  /** Seconds. */
  readonly expected?: number;
  readonly run: (round: number) => Promise<Sample>;
}

async function inTurn(series: readonly Series[], { rounds, budget, say }: Effort): Promise<Measured[]> {
  const samples = new Map<Series, Sample[]>();
  for (const one of series) {
    if ((one.expected ?? 0) > budget) continue;
    samples.set(one, []);
    if (one.warmUp) await one.run(0);
  }
  for (let round = 1; round <= rounds; round++) {
    for (const [one, taken] of samples) {
      const times = taken.map((sample) => sample.seconds);
      const spent = times.reduce((sum, each) => sum + each, 0);
      if (taken.length > 0 && spent + median(times) > budget) continue;
      const sample = await one.run(round);
      taken.push(sample);
      say(`${one.apps ? `${apps(one.apps)}, ` : ''}round ${round}: ${one.title}: ${used(sample)}`);
    }
  }
  return series.map((one) => {
    const { id, title, apps: size } = one;
    const taken = samples.get(one);
    return { id, title, apps: size, samples: taken ?? [], predicted: taken ? undefined : one.expected };
  });
}

function used({ seconds: time, cpu }: Sample): string {
  return cpu === undefined ? seconds(time) : `${seconds(time)} (CPU ${seconds(cpu)})`;
}

/** Runs may take much longer than the smaller sizes say, but not for ever. */
const patience = 10;

async function runOnce<At extends { project: Project; workshop: Workshop; round: number }>(
  one: Case<At>,
  at: At,
  { budget, settle }: Effort,
): Promise<Sample> {
  const limit = budget * patience;
  one.before?.(at);
  // Where there is no such program, runs are less even.
  if (settle) spawnSync('sync');
  try {
    if ('sample' in one) return await one.sample(at, limit);
    const { sample, stdout } = await measure(one.command(at), at.workshop.folder('scratch'), limit);
    if (at.round > 0 && one.prints && !one.prints.test(stdout)) {
      throw new Error(`it should print ${one.prints}, but it said:\n${stdout.slice(0, 200)}`);
    }
    return sample;
  } catch (error) {
    throw new Error(`${one.title}: ${(error as Error).message}`);
  }
}
