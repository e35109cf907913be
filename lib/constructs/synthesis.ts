import type { CheckSettings } from '../rules/settings';
import type { SchemaHost } from '../tree/schema-url';
import type { Tree } from '../tree/tree';

/** An app's tree, and what the app wants done with it. */
export interface SynthesizedTree {
  readonly tree: Tree;
  /** The output folder that main.ts asks for; undefined where it leaves the choice. */
  readonly outdir: string | undefined;
  readonly schemaHost: SchemaHost | undefined;
  /** Whether its fields are sorted. @default true */
  readonly sortKeys?: boolean | undefined;
  /** Whether resources are listed by name. @default false */
  readonly sortResources?: boolean | undefined;
  /** What the checks of the tree shall know; false for none. */
  readonly check: CheckSettings | false;
}

/** What an app hands over when it is synthesized. */
export interface Synthesized extends SynthesizedTree {
  /** The app itself: one that is synthesized again replaces what it yielded before. */
  readonly app: object;
}

/** Takes an app's tree instead of having it written. */
export type Taker = (synthesized: Synthesized) => void;

const TAKER = Symbol.for('cdk8s-espalier.taker');
const HOSTS = Symbol.for('cdk8s-espalier.chart-hosts');
const holder = globalThis as { [TAKER]?: Taker; [HOSTS]?: readonly string[] };

/** The command line sets it before it loads main.ts, whose copy of this library may be another one: hence a global. */
export function setTaker(taker: Taker | undefined): void {
  holder[TAKER] = taker;
}

export function currentTaker(): Taker | undefined {
  return holder[TAKER];
}

/** The hosts that the configuration allows charts to come from, although they are not on the public internet. */
export function setChartHosts(hosts: readonly string[]): void {
  holder[HOSTS] = hosts;
}

export function chartHosts(): readonly string[] {
  return holder[HOSTS] ?? [];
}
