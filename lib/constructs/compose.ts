import type { IConstruct } from 'constructs';
import type { CheckSettings } from '../checks/check-synthesized';
import type { Tree } from '../tree/tree';

/** A part of a cluster that stands on its own: what `Cluster.compose` was called with. */
export interface Part {
  readonly cluster: IConstruct;
  /** Unique in its cluster. */
  readonly name: string;
  /** Makes its constructs. */
  readonly add: (cluster: never, given: never) => unknown;
  /** All that the function uses, but for the cluster and what its own file imports. */
  readonly given: unknown;
}

/** An app whose tree is not made yet. */
export interface RecordedApp {
  readonly app: IConstruct & { tree(): Tree };
  readonly outdir: string | undefined;
  readonly schemaHost: string | false | undefined;
  readonly check: CheckSettings | false;
}

/** Notes what main.ts composes instead of composing it: `espalier synth --watch` composes only the parts that changed. */
export interface Recorder {
  /** @returns whether it took the part, which then is not composed */
  part(part: Part): boolean;
  /** Called in place of making and writing the app's tree. */
  app(app: RecordedApp): void;
}

const RECORDER = Symbol.for('cdk8s-espalier.recorder');
const holder = globalThis as { [RECORDER]?: Recorder };

/** A global, as for setTaker: main.ts may load another copy of this library than the command line. */
export function setRecorder(recorder: Recorder | undefined): void {
  holder[RECORDER] = recorder;
}

export function currentRecorder(): Recorder | undefined {
  return holder[RECORDER];
}
