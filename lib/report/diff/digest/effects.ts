import { type Danger, type Effect, type EffectKind, effectKinds, type Review } from '../../../changes/review';
import type { Finding } from '../../../checks/finding';
import { count } from '../../../text/count';
import { push } from '../../../text/group-by';
import { enumerated } from '../../../text/listed';
import { kindTexts, rank } from '../kinds';
import { inClusters } from './clusters';
import { isNotJudged, unjudgedIn } from './unjudged';

/** The same thing that happens to one or more objects. */
export interface EffectGroup {
  readonly kind: EffectKind;
  readonly danger: Danger;
  readonly message: string;
  readonly held: string | undefined;
  readonly todo: readonly string[];
  /** The objects, with their clusters where a review has several. */
  readonly objects: readonly string[];
  /** Each object in each cluster: what counts. */
  readonly instances: ReadonlySet<string>;
  /** What led there, as far as it is the same for all. */
  readonly chain: readonly string[];
  /** Whether what led there is the same for all to the end. */
  readonly isWholeChain: boolean;
}

/** The effects of one kind, the most dangerous first. */
export interface EffectsOfKind {
  readonly kind: EffectKind;
  /** How many objects they happen to. */
  readonly objects: number;
  /** To how many of these nothing of it happens yet. */
  readonly waiting: number;
  readonly groups: readonly EffectGroup[];
}

/** What happens, told once however often it happens: by kind, in the order of kinds. */
export function effectsByKind(review: Review): readonly EffectsOfKind[] {
  const groups = groupEffects(review);
  return effectKinds.flatMap((kind) => {
    const ofKind = groups.filter((group) => group.kind === kind);
    if (ofKind.length === 0) return [];
    const all = countObjects(ofKind);
    const now = countObjects(ofKind.filter(({ held }) => held === undefined));
    return [{ kind, objects: all, waiting: all - now, groups: ofKind }];
  });
}

/** How many objects something of these happens to: each once in each cluster. */
export function countObjects(groups: readonly EffectGroup[]): number {
  return new Set(groups.flatMap(({ instances }) => [...instances])).size;
}

/** What a person has to do, the most dangerous first. */
export function todoOf(kinds: readonly EffectsOfKind[]): readonly EffectGroup[] {
  return byDanger(kinds.flatMap(({ groups }) => groups).filter(({ todo }) => todo.length > 0));
}

interface Gathered {
  readonly effect: Effect;
  danger: Danger;
  /** With their clusters. */
  readonly objects: Map<string, string[]>;
  readonly chains: Effect['chain'][];
}

/** Effects with the same words, over all clusters. */
function groupEffects({ clusters }: Review): readonly EffectGroup[] {
  const seen = new Map<string, Gathered>();
  for (const cluster of clusters) {
    for (const effect of cluster.effects) {
      const { kind, message, held, todo, danger } = effect;
      const key = JSON.stringify([kind, message, held, todo]);
      const group: Gathered = seen.get(key) ?? { effect, danger, objects: new Map(), chains: [] };
      seen.set(key, group);
      if (rank(danger) > rank(group.danger)) group.danger = danger;
      push(group.objects, effect.object, cluster.name);
      group.chains.push(effect.chain);
    }
  }
  return byDanger(
    [...seen.values()].map(({ effect, danger, objects, chains }) => {
      const chain = commonStart(chains);
      return {
        kind: effect.kind,
        danger,
        message: effect.message,
        held: effect.held,
        todo: effect.todo,
        objects: [...objects].map(([object, names]) => inClusters(object, names, clusters)),
        instances: new Set([...objects].flatMap(([object, names]) => names.map((name) => `${name}\0${object}`))),
        chain,
        isWholeChain: chains.every(({ length }) => length === chain.length),
      };
    }),
  );
}

function byDanger<T extends { readonly danger: Danger }>(items: readonly T[]): readonly T[] {
  return [...items].sort((a, b) => rank(b.danger) - rank(a.danger));
}

/** The steps that all chains begin with. */
function commonStart(chains: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...others] = chains;
  const end = first.findIndex((step, i) => others.some((chain) => chain[i] !== step));
  return end === -1 ? first : first.slice(0, end);
}

/** What a person has to do, and what happens besides, in a sentence or two each; the latter is empty where there is nothing. */
export function sentencesOf(
  review: Review,
  kinds: readonly EffectsOfKind[],
): { readonly todo: string; readonly happens: string } {
  const told = new Set(todoOf(kinds));
  const errors = errorsLeft(review, kinds).length;
  const toDo = [
    ...(told.size === 0 ? [] : [`${count(told.size, 'thing')} for a person to do`]),
    ...(errors === 0 ? [] : [`${count(errors, 'error')} to fix before the merge`]),
  ];
  const others = kinds.filter(({ groups }) => groups.some((group) => !told.has(group)));
  const happening = (those: readonly EffectsOfKind[]) =>
    those.map(({ kind, objects, waiting, groups }) => {
      const what = kind === 'suspended' ? switched(groups) : kindTexts[kind].counted(objects);
      return `${what}${waiting === objects ? '' : notYet(objects, waiting)}`;
    });
  const [now, later] = [false, true].map((all) =>
    happening(others.filter(({ objects, waiting }) => (waiting === objects) === all)).join('; '),
  );
  return {
    todo: toDo.length === 0 ? nothingToDo(review) : `${toDo.join(' and ')}.`,
    happens: [now, later && `not yet: ${later}`]
      .flatMap((clause) => (clause ? [`${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`] : []))
      .join(' '),
  };
}

/** Which of the two: `1 object is suspended and 2 objects are resumed`. */
function switched(groups: readonly EffectGroup[]): string {
  return [false, true]
    .map((resumed) => {
      const number = countObjects(groups.filter(({ message }) => message.startsWith('is resumed') === resumed));
      const verb = number === 1 ? 'is' : 'are';
      return number === 0 ? '' : `${count(number, 'object')} ${verb} ${resumed ? 'resumed' : 'suspended'}`;
    })
    .filter((clause) => clause !== '')
    .join(' and ');
}

function nothingToDo(review: Review): string {
  if (isNotJudged(review)) return 'Look at it yourself: nothing here is judged.';
  return unjudgedIn(review) === undefined
    ? 'Nothing is known that a person has to do.'
    : 'Nothing is known that a person has to do, except to look at what is not judged.';
}

/** Errors that the change brings and that stand in nothing that a person has to do. */
export function errorsLeft({ found }: Review, kinds: readonly EffectsOfKind[]): readonly Finding[] {
  const objects = new Set(todoOf(kinds).flatMap((group) => group.objects));
  return found.filter(({ severity, object }) => severity === 'error' && !objects.has(object ?? ''));
}

/** How many of them it does not happen to yet, behind what happens. */
export function notYet(objects: number, waiting: number): string {
  if (waiting === 0) return '';
  return waiting === objects ? ' (not yet)' : ` (${waiting} not yet)`;
}

/**
 * What makes a change so dangerous, in a clause with code between backticks; undefined where it is not, or what a person has to do, or
 * the list of errors, begins with it.
 */
export function reasonOf(review: Review, kinds: readonly EffectsOfKind[]): string | undefined {
  const { danger } = review;
  const todo = todoOf(kinds);
  if (rank(danger) < rank('high') || todo[0]?.danger === danger) return undefined;
  const [error, ...others] = errorsLeft(review, kinds);
  const groups = byDanger(kinds.flatMap((one) => one.groups)).filter((one) => one.danger === danger);
  // What waits for an error to be fixed is not what comes first.
  const group = groups.find(({ held }) => held === undefined) ?? (error === undefined ? groups[0] : undefined);
  if (group === undefined)
    return error === undefined || (todo.length === 0 && others.length === 0)
      ? undefined
      : `the checks find an error: ${error.message}`;
  const isFirst = groups.length === 1 && todo.length + others.length === 0 && error === undefined;
  return isFirst && kinds[0]?.groups[0] === group ? undefined : `${whoOf(group)} ${group.message}`;
}

const fewObjects = 3;

/** Whom it happens to: `Deployment shop/shop`, `Deployment shop/web and Deployment shop/api: each`, `7 objects: each`. */
export function whoOf({ objects, instances }: EffectGroup): string {
  if (objects.length === 1) return objects[0] ?? '';
  return `${areFew(objects) ? enumerated(objects) : `${instances.size} objects`}: each`;
}

/** Whether each is named in front of what happens to them. */
export function areFew(objects: readonly string[]): boolean {
  return objects.length <= fewObjects;
}

/** What is not told yet of the effects of one kind. */
export interface Remaining {
  readonly kind: EffectKind;
  /** How many objects something of it happens to, those above included. */
  readonly objects: number;
  /** "Restarts: 3 objects". */
  readonly title: string;
  /** The numbers of those that are told above: "1, 3 to 7"; empty for none. */
  readonly seeAlso: string;
  readonly groups: readonly EffectGroup[];
}

/** @param told those that stand above, numbered in this order: a kind whose every effect is among them needs no list of its own */
export function remaining(kinds: readonly EffectsOfKind[], told: readonly EffectGroup[]): readonly Remaining[] {
  const numbers = new Map(told.map((group, i) => [group, i + 1]));
  return kinds.flatMap(({ kind, objects, groups }) => {
    const left = groups.filter((group) => !numbers.has(group));
    if (left.length === 0) return [];
    const seeAlso = ranges(groups.flatMap((group) => numbers.get(group) ?? []));
    return [{ kind, objects, title: `${kindTexts[kind].title}: ${count(objects, 'object')}`, seeAlso, groups: left }];
  });
}

/** `1, 3 to 7`. */
function ranges(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = runs[runs.length - 1];
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first} to ${last}`)).join(', ');
}
