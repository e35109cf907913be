import { type Part, type RecordedApp, type Recorder, setRecorder } from '../../constructs/compose';
import type { Synthesized } from '../../constructs/synthesis';

/** What a run of main.ts makes beside its parts, and the parts, none of them composed. */
export interface Recording {
  readonly apps: readonly RecordedApp[];
  readonly parts: readonly Part[];
  /** The files that it yields without its parts. */
  readonly around: ReadonlySet<string>;
}

let late = false;

/** Whether an app was synthesized after main.ts had been loaded: its top level is asynchronous, and no recording is whole. */
export function wasLate(): boolean {
  return late;
}

/** After a recording: nothing may write a tree here, and what parts compose themselves is composed. */
const afterwards: Recorder = {
  part: () => false,
  app: () => {
    late = true;
  },
};

/**
 * Runs main.ts and notes its parts instead of composing them.
 *
 * @throws whatever it throws, and EspalierError where it yields no tree without its parts
 */
export function record(run: () => void): Recording {
  const apps = new Map<object, RecordedApp>();
  const parts: Part[] = [];
  setRecorder({
    part: (part) => parts.push(part) > 0,
    app: (app) => apps.set(app.app, app),
  });
  try {
    run();
  } finally {
    setRecorder(afterwards);
  }
  const recording = { apps: [...apps.values()], parts };
  const trees = composed(recording, []);
  return { ...recording, around: new Set(trees.flatMap(({ tree }) => tree.files.map(({ path }) => path))) };
}

/** Composes some of the parts of a recording and makes the trees. @throws EspalierError as composing and `App.tree()` do */
export function composed({ apps }: Pick<Recording, 'apps'>, parts: readonly Part[]): Synthesized[] {
  for (const { cluster, add, given } of parts) add(cluster as never, given as never);
  return apps.map(({ app, ...settings }) => ({ app, ...settings, tree: app.tree() }));
}

/** A part's name among all clusters: `soyo/shop`. */
export function labelOf({ cluster, name }: Part): string {
  return `${cluster.node.path}/${name}`;
}
