import type { Identity } from '../graph/identity';
import type { FluxKustomization } from '../graph/resource';
import type { Changed, Context } from './context';
import type { Effect } from './review';

/** An effect as a rule finds it. */
export interface Found extends Omit<Effect, 'object' | 'chain' | 'todo' | 'held'> {
  /** What it happens to. */
  readonly on: Pick<Identity, 'kind' | 'namespace' | 'name'>;
  readonly chain?: readonly string[];
  readonly todo?: readonly string[];
  /** The change whose own effect it is; undefined where it happens to something else. */
  readonly change?: Changed;
  /** The change that leads to it, where it happens to something else. */
  readonly cause?: Changed;
  /** The Kustomization whose work it is: where that is suspended, nothing happens yet. */
  readonly by?: FluxKustomization;
}

/** What is lost for good, or stops working, with an object that is deleted. */
export type Loss = Pick<Found, 'kind' | 'danger' | 'message' | 'todo'>;

/** Finds one kind of effect. One file each; index.ts names them. */
export type EffectRule = (context: Context) => Iterable<Found>;
