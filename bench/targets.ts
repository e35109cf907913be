import { memory, seconds, times } from './format';
import type { Quantity, Results } from './results';
import { exponent, type Point } from './statistics';

/** Something that Espalier promises of its speed. */
export interface Target {
  readonly says: string;
  readonly limit: string;
  /** By the time that a user waits, or by CPU time. Undefined where what it needs was not measured. */
  readonly measured: (results: Results, quantity: Quantity) => number | undefined;
  readonly format: (value: number) => string;
  readonly isMet: (value: number) => boolean;
}

const synths = ['fresh', 'fresh-unchecked', 'unchanged', 'changed', 'changed-otherwise'];

export const targets: readonly Target[] = [
  // A tenth more than before what made it faster at 5,000 apps was deleted.
  atMost(4.5, 'synth, fresh, against composing, stringifying and writing', 'fresh', 'compose-write'),
  atMost(3.4, 'synth, nothing changed, against composing, reading and comparing', 'unchanged', 'compose-compare'),
  atMost(1.1, 'synth, one app has another image, against nothing changed', 'changed', 'unchanged'),
  atMost(2, 'synth, fresh, with checks against without', 'fresh', 'fresh-unchecked'),
  {
    says: 'synth: exponent over all sizes, the worst',
    limit: '≤ 1.05',
    measured: (results, quantity) => worst(synths, (id) => fitted(results.points(id, quantity))),
    format: (value) => value.toFixed(2),
    isMet: (value) => value <= 1.05,
  },
  {
    says: 'synth: peak memory at the largest size, the worst',
    limit: '≤ 1 GiB',
    measured: (results, quantity) =>
      quantity === 'seconds'
        ? worst(synths, (id) => results.spread(id, results.sizes.at(-1), 'memory')?.max)
        : undefined,
    format: memory,
    isMet: (value) => value <= 2 ** 30,
  },
  {
    says: 'synth --watch, one app edited, at the smallest size',
    limit: '< 1 s',
    measured: (results, quantity) => results.spread('watch', results.sizes[0], quantity)?.median,
    format: seconds,
    isMet: (value) => value < 1,
  },
  start(1.5, 'npm start (soyo), against a program that imports cdk8s alone', 'start', 'import'),
  start(3, 'check of a real-shaped tree, against parsing it with js-yaml', 'real-check', 'real-js-yaml'),
  start(1.5, 'diff of two real-shaped trees, against check of one', 'real-diff', 'real-check'),
  {
    says: 'lsp: findings after a keystroke, in a real-shaped tree',
    limit: '< 200 ms',
    measured: (results, quantity) => results.spread('keystroke', undefined, quantity)?.median,
    format: seconds,
    isMet: (value) => value < 0.2,
  },
  start(1.5, 'check --charts, nothing cached, against helm template alone', 'charts-first', 'charts-helm'),
  start(1.3, 'check --charts, all cached, against check without charts', 'charts-again', 'charts-closed'),
  start(1, 'check --charts, all cached, against check of the same objects as files', 'charts-again', 'charts-plain'),
  {
    says: 'espalier --help, beyond the start of Node',
    limit: '< 100 ms',
    measured: (results, quantity) => {
      const [help, node] = ['help', 'node'].map((id) => results.spread(id, undefined, quantity)?.median);
      return help !== undefined && node !== undefined ? help - node : undefined;
    },
    format: seconds,
    isMet: (value) => value < 0.1,
  },
];

/** Ratios that nobody has set a limit for. */
export const comparisons: readonly Pick<Target, 'says' | 'measured' | 'format'>[] = [
  compare('cdk8s, FILE_PER_CHART, against synth, fresh', 'file-per-chart', 'fresh'),
  compare('cdk8s, FOLDER_PER_CHART, against synth, fresh', 'folder-per-chart', 'fresh'),
  compare('synth, fresh, against stringifying and writing', 'fresh', 'write'),
  compare('synth, nothing changed, against reading and comparing', 'unchanged', 'compare'),
  compare('synth, one app has another variable, against nothing changed', 'changed-otherwise', 'unchanged'),
  compare('kubectl kustomize, against synth, fresh', 'kustomize', 'fresh'),
  compare('check, against parsing with js-yaml', 'check', 'js-yaml'),
  compare('check, against parsing with yaml', 'check', 'yaml'),
  compare('diff of two trees, against parsing one with js-yaml', 'diff', 'js-yaml'),
];

/** Ratios are promised for 1,000 apps: that size, or the largest where there is none such. */
export function sizeOfTargets({ sizes }: Results): number | undefined {
  return sizes.includes(1000) ? 1000 : sizes.at(-1);
}

/** The exponent over sizes, where there are two or more. */
export function fitted(points: readonly Point[]): number | undefined {
  return points.length > 1 ? exponent(points) : undefined;
}

function compare(says: string, id: string, other: string): Pick<Target, 'says' | 'measured' | 'format'> {
  const measured = (results: Results, quantity: Quantity) => results.ratio(id, other, sizeOfTargets(results), quantity);
  return { says, measured, format: times };
}

function atMost(limit: number, says: string, id: string, other: string): Target {
  return { ...compare(says, id, other), limit: `≤ ${limit}×`, isMet: (value) => value <= limit };
}

function start(limit: number, says: string, id: string, other: string): Target {
  return {
    ...atMost(limit, says, id, other),
    measured: (results, quantity) => results.ratio(id, other, undefined, quantity),
  };
}

function worst(ids: readonly string[], of: (id: string) => number | undefined): number | undefined {
  const values = ids.flatMap((id) => of(id) ?? []);
  return values.length > 0 ? Math.max(...values) : undefined;
}
