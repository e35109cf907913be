import type { Identity } from '../graph/identity';
import type { FluxKustomization, Resource } from '../graph/resource';
import type { Context } from './context';
import type { Changed } from './pairs';
import type { Danger, Effect, EffectKind } from './review';

/** What happens to an object. */
export interface Happening extends Pick<Effect, 'kind' | 'danger' | 'message'> {
  readonly todo?: readonly string[];
}

/** An effect as a rule finds it. */
export interface Found extends Happening {
  /** What it happens to. */
  readonly on: Pick<Identity, 'kind' | 'namespace' | 'name'>;
  readonly chain?: readonly string[];
  /** The change whose own effect it is; undefined where it happens to something else. */
  readonly change?: Changed;
  /** The change that leads to it, where it happens to something else. */
  readonly cause?: Changed;
  /** The Kustomization whose work it is: where that is suspended, nothing happens yet. */
  readonly by?: FluxKustomization;
}

/** Finds effects of a change; index.ts names all such rules. */
export type EffectRule = (context: Context) => Iterable<Found>;

/** @param todo what a person has to do, in order */
export function effect(kind: EffectKind, danger: Danger, message: string, ...todo: readonly string[]): Happening {
  return { kind, danger, message, todo };
}

/** An object that is there after the change. */
export type Present = Changed & { readonly after: Resource };

/** An object that is there before the change and after it. */
export type Updated = Changed & { readonly before: Resource; readonly after: Resource };

/** What happens to objects of some kinds, by `group/kind`, because they are created or changed themselves. */
export function ofPresent(
  kinds: RegExp,
  happenings: (change: Present, context: Context) => Iterable<Happening>,
): EffectRule {
  return function* (context) {
    for (const change of context.changes) {
      if (!isPresent(change) || !kinds.test(`${change.after.group}/${change.after.kind}`)) continue;
      for (const one of happenings(change, context)) yield { ...one, ...owned(change) };
    }
  };
}

/** The same of objects that are there before the change, too. */
export function ofUpdated(
  kinds: RegExp,
  happenings: (change: Updated, context: Context) => Iterable<Happening>,
): EffectRule {
  return ofPresent(kinds, (change, context) => (isUpdated(change) ? happenings(change, context) : []));
}

/** To what an object's own change happens, and whose work it is. */
export function owned(change: Present): Pick<Found, 'on' | 'change' | 'by'> {
  return { on: change.after, change, by: change.after.appliedBy };
}

function isPresent(change: Changed): change is Present {
  return change.after !== undefined;
}

export function isUpdated(change: Changed): change is Updated {
  return change.before !== undefined && change.after !== undefined;
}
