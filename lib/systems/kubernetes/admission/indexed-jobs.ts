import { isJsonObject, type JsonObject } from '../../../json/json';
import { at, listAt } from '../../../json/read';
import type { Fault } from '../../fault';
import { givenText, isGiven, numberOr } from '../../given';
import { dnsLabel } from '../names';
import { isWord, none, type Rule, steps, wrong } from './rules';

/** What only a Job with an index for each pod has, and how many of them. */
export const indexes: Rule = steps(function* (spec) {
  const mode = spec.completionMode ?? 'NonIndexed';
  if (!isWord(mode)) return;
  if (mode !== 'Indexed') {
    for (const field of ['backoffLimitPerIndex', 'maxFailedIndexes', 'successPolicy'])
      if (isGiven(spec[field]))
        yield* wrong('left out, unless completionMode is Indexed', [field], {
          value: null,
          says: 'requires indexed completion mode',
        });
    return;
  }
  if (!isGiven(spec.completions) && isGiven(spec.parallelism))
    yield* wrong('given with the completionMode Indexed', ['completions']);
  const numberOf = (field: string) => numberOr(Number.NaN, spec[field]);
  const perIndex = isGiven(spec.backoffLimitPerIndex);
  const many = numberOf('completions') > 100_000 && perIndex;
  const most = many ? 10_000 : 100_000;
  const mostFailed = Math.min(most, numberOr(most, spec.completions));
  if (numberOf('parallelism') > most) yield* wrong(`at most ${most}`, ['parallelism']);
  if (numberOf('maxFailedIndexes') > mostFailed) yield* wrong(`at most ${mostFailed}`, ['maxFailedIndexes']);
  if (many && !isGiven(spec.maxFailedIndexes))
    yield* wrong('given with more than 100000 completions', ['maxFailedIndexes']);
  if (isGiven(spec.maxFailedIndexes) && !perIndex)
    yield* wrong('given, since maxFailedIndexes is given', ['backoffLimitPerIndex']);
  yield* successes(spec, numberOr(1, spec.completions));
});

/** (validateSuccessPolicy) */
function successes({ successPolicy }: JsonObject, completions: number): readonly Fault[] {
  if (!isJsonObject(successPolicy)) return none;
  const rules = listAt(successPolicy, 'rules');
  const path = ['successPolicy', 'rules'];
  if (rules.length === 0 || rules.length > 20) return wrong('a list of 1 to 20 rules', path, { value: rules.length });
  return rules.flatMap((rule, i) => {
    if (!isJsonObject(rule)) return [];
    const { succeededIndexes: indexes, succeededCount: count } = rule;
    if (!isGiven(count) && (indexes === undefined || indexes === null))
      return wrong('an object with succeededIndexes or succeededCount', [...path, i], { value: null });
    const total = isWord(indexes) ? indexCount(indexes, completions) : Number.POSITIVE_INFINITY;
    if (total === undefined)
      return wrong(`indexes below ${completions} in order, such as 0,2-4`, [...path, i, 'succeededIndexes']);
    const most = Math.min(total, Number.isNaN(completions) ? Number.POSITIVE_INFINITY : completions);
    return typeof count === 'number' && (count < 0 || count > most)
      ? wrong(`from 0 to ${most}`, [...path, i, 'succeededCount'])
      : [];
  });
}

/** How many indexes a text such as `0,2-4` names; undefined when it does not name them rightly. (validateIndexesFormat) */
function indexCount(text: string, completions: number): number | undefined {
  let [last, total] = [-1, 0];
  for (const part of text === '' ? [] : text.split(',')) {
    const [, from, to] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    if (from === undefined) return undefined;
    const [first, end] = [Number(from), Number(to ?? from)];
    if (first <= last || end >= completions || (to !== undefined && first >= end)) return undefined;
    total += end - first + 1;
    last = end;
  }
  return total;
}

/** The host names of an indexed Job's pods are made of its name. (ValidateJob) */
export function* nameOfJob(object: JsonObject): Generator<Fault> {
  const name = givenText(at(object, 'metadata', 'name'));
  const completions = at(object, 'spec', 'completions');
  if (name === undefined || at(object, 'spec', 'completionMode') !== 'Indexed' || typeof completions !== 'number')
    return;
  if (completions > 0 && !dnsLabel.accepts(`${name}-${completions - 1}`))
    yield* wrong(`${dnsLabel.allowed}, together with -${completions - 1}`, ['metadata', 'name']);
}
