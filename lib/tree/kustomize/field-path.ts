import type { RE2JS } from 're2js';
import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { carryOrigin, entryOf, type Place, withField } from './origin';
import { Unfit } from './specs';
import { valueWithin } from './structured-text';

/** The steps of a path such as `spec.containers.[name=app].image` (kyaml/utils/pathsplitter.go of kustomize). */
export function stepsOf(path: string): readonly string[] {
  const parts = path
    .replace(/^\.(?=.)/, '')
    .split(/(?<!\\)\./)
    .map((part) => part.replaceAll('\\.', '.'));
  const steps: string[] = [];
  for (let i = 0; i < parts.length; i += 1) {
    let step = parts[i] as string;
    if (step.startsWith('[') && !step.endsWith(']')) {
      while (i + 1 < parts.length && !step.endsWith(']')) {
        i += 1;
        step = `${step}.${parts[i]}`;
      }
      if (!step.includes('=')) step = step.replace(/^[[\]]+|[[\]]+$/g, '');
    }
    steps.push(step);
  }
  return steps;
}

/** What a path leads to; undefined for nothing (PathGetter of kyaml/yaml/fns.go). */
export function lookup(value: Json, steps: readonly string[]): Json | undefined {
  return find(value, steps)?.value;
}

/** The same, and the fields and indexes that lead there. */
export function find(
  value: Json,
  steps: readonly string[],
): { readonly value: Json; readonly steps: readonly string[] } | undefined {
  let at: Json | undefined = value;
  const taken: string[] = [];
  for (const step of steps.map((each) => each.trim()).filter((each) => each !== '')) {
    if (at === undefined || at === null) return undefined;
    if (step === '*') throw new Unfit('* is not for the path of a source');
    if (/^\d+$/.test(step) || step === '-' || isSelector(step)) {
      const list = elements(at);
      const index = indexOf(list, step);
      taken.push(String(index));
      at = list[index];
    } else {
      taken.push(step);
      at = fieldOf(at, step);
    }
  }
  return at === undefined ? undefined : { value: at, steps: taken };
}

function indexOf(list: readonly Json[], step: string): number {
  if (!isSelector(step)) return step === '-' ? list.length - 1 : Number(step);
  const [field, text] = selectorOf(step);
  return list.findIndex((each) => textOf(field === '' ? each : entryOf(each, field)) === text);
}

/** How what a path leads to is set. */
export interface Setting {
  /** Whether what is missing is made. */
  readonly create: boolean;
  /** Where what is set is written. */
  readonly at: Place;
  /**
   * What comes in the place of a value; undefined stands for one that is made.
   *
   * @param isLost whether nobody reads what comes there
   */
  set(value: Json | undefined, isLost?: boolean): Json;
}

/**
 * Sets all that a path leads to (PathMatcher of kyaml/yaml/match.go).
 *
 * @throws Unfit where the path leads to nothing
 */
export function setAtPath(value: Json, steps: readonly string[], how: Setting): Json {
  let count = 0;
  const edited = edit(value, steps, {
    ...how,
    set(before, isLost) {
      count += 1;
      return how.set(before, isLost);
    },
  });
  if (count === 0) throw new Unfit('leads to nothing');
  return edited;
}

function edit(value: Json | undefined, steps: readonly string[], how: Setting): Json {
  const [step, ...rest] = steps;
  if (step === undefined) return how.set(value);
  // kustomize goes on below what is null, and in what a text holds (handleStructuredDataInScalar); what it sets there is lost.
  if (value === null || typeof value === 'string') {
    const below = value === null ? emptyFor(step) : valueWithin(value);
    if (value !== null || how.create) edit(below, steps, { ...how, set: (before) => how.set(before, true) });
    return value;
  }
  if (/^\d+$/.test(step) || step === '*' || isSelector(step)) return editList(elements(value ?? null), step, rest, how);
  const inner = fieldOf(value ?? {}, step);
  if (inner === undefined && !how.create) return value ?? null;
  const isLast = rest.length === 0;
  const edited = edit(inner !== undefined || isLast ? inner : emptyFor(rest[0] as string), rest, how);
  if (edited === inner) return value ?? {};
  return withField((value ?? {}) as JsonObject, step, edited, isLast || inner === undefined ? how.at : undefined);
}

function editList(list: readonly Json[], step: string, rest: readonly string[], how: Setting): Json {
  if (/^\d+$/.test(step)) {
    const index = Number(step);
    const isNew = index === list.length && how.create;
    if (index >= list.length && !isNew) throw new Unfit(`there are ${list.length} entries, and no entry ${index}`);
    const inner = isNew ? (rest.length === 0 ? undefined : emptyFor(rest[0] as string)) : list[index];
    const edited = edit(inner, rest, how);
    return carryOrigin(list, isNew ? [...list, edited] : list.with(index, edited));
  }
  if (step === '*') return editEach(list, () => true, rest, how);
  const [field, pattern] = selectorOf(step);
  const expression = expressionOf(pattern);
  const isMeant = (each: Json): boolean => {
    const text = field === '' ? each : isJsonObject(each) ? each[field] : undefined;
    return text !== undefined && expression.matcher(textOf(text)).find();
  };
  const all = field === '' ? [] : rest;
  if (!how.create || list.some(isMeant)) return editEach(list, isMeant, all, how);
  return editEach([...list, field === '' ? pattern : { [field]: pattern }], isMeant, all, how);
}

function editEach(
  list: readonly Json[],
  isMeant: (each: Json) => boolean,
  rest: readonly string[],
  how: Setting,
): readonly Json[] {
  return carryOrigin(
    list,
    list.map((each) => (isMeant(each) ? edit(each, rest, how) : each)),
  );
}

function emptyFor(next: string): Json {
  return isSelector(next) || /^\d+$/.test(next) ? [] : {};
}

function elements(value: Json): readonly Json[] {
  if (!Array.isArray(value)) throw new Unfit('leads to no list where one is meant');
  return value;
}

function fieldOf(value: Json, field: string): Json | undefined {
  if (value === null) return undefined;
  if (!isJsonObject(value)) throw new Unfit('leads through no map');
  return Object.hasOwn(value, field) ? value[field] : undefined;
}

function isSelector(step: string): boolean {
  return step.startsWith('[') && step.endsWith(']');
}

function selectorOf(step: string): readonly [field: string, value: string] {
  const inner = step.slice(1, -1);
  const equals = inner.indexOf('=');
  if (equals < 0) throw new Unfit(`${step} must be [field=value]`);
  return [inner.slice(0, equals), inner.slice(equals + 1)];
}

/** A plain value as it is written in YAML. */
export function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function expressionOf(pattern: string): RE2JS {
  const { RE2JS } = require('re2js') as typeof import('re2js');
  try {
    return RE2JS.compile(pattern);
  } catch {
    throw new Unfit(`${pattern} is no regular expression`);
  }
}
