import { deepEqual } from '../../json/deep-equal';
import { isJsonObject, type Json, type JsonObject, type Path } from '../../json/json';
import { isKnown } from '../../text/symbolic';
import { allKnown } from '../schema/equal';
import { types } from '../schema/node';
import { listText, pathText, typeText, valueText } from '../schema/text';
import { itemsOutcome } from './arrays';
import type { Draft, SchemaDocument, Target } from './document';
import { faultsOfForms, isOfTypes } from './forms';
import { fieldsOutcome } from './objects';
import { all, fails, fits, type Outcome, right, unknown, type ValueFault, wrong } from './outcome';
import { scalarFaults } from './scalars';

/** More steps than any schema of a chart takes: what is left is not judged. */
const mostSteps = 200_000;
const deepest = 200;

/** Holds values against a schema. What cannot be judged, a part elsewhere or a value that nobody knows, is left open. */
export class Evaluation {
  /** References that lead out of the document. */
  readonly outside = new Set<string>();
  private steps = 0;
  private depth = 0;
  /** The schemas that a value is being held against, by the lengths of the paths to it. */
  private readonly active = new Map<JsonObject, Set<number>>();

  constructor(
    private readonly document: SchemaDocument,
    readonly draft: Draft,
    /** Whether values may be shown. */
    private readonly shown: (path: Path) => boolean,
  ) {}

  of(schema: Json | undefined, value: Json, path: Path, base: string): Outcome {
    if (schema === false) return wrong({ path, on: 'key', kind: 'other', message: `${pathText(path)} is not allowed` });
    if (!isJsonObject(schema)) return right;
    this.steps += 1;
    const active = this.active.get(schema) ?? new Set();
    // Of one way there is one value at each length: it is asked whether the value fits the schema to know whether it does.
    if (this.steps > mostSteps || this.depth > deepest || active.has(path.length)) return unknown;
    this.active.set(schema, active.add(path.length));
    this.depth += 1;
    const outcome = this.ofObject(schema, value, path, this.document.baseOf(schema, base));
    this.depth -= 1;
    active.delete(path.length);
    return outcome;
  }

  private ofObject(schema: JsonObject, value: Json, path: Path, base: string): Outcome {
    const reference = this.reference(schema, value, path, base);
    if (reference !== undefined && this.draft < 2019) return reference;
    // It may be of any type, or any text.
    if (typeof value === 'string' && !isKnown(value)) return unknown;
    const outcomes: Outcome[] = reference === undefined ? [] : [reference];
    const own = this.ownFaults(schema, value, path);
    if (own.length > 0) outcomes.push(wrong(...own));
    // Of another type than is allowed, nothing else is worth saying.
    if (own.some(({ kind }) => kind === 'type')) return all(outcomes);
    outcomes.push(...this.combinations(schema, value, path, base));
    const below = (part: Json | undefined, inner: Json, at: Path) => this.of(part, inner, at, base);
    const seen = () => all(outcomes);
    if (isJsonObject(value)) outcomes.push(...fieldsOutcome(schema, value, path, below, seen));
    if (Array.isArray(value)) outcomes.push(...itemsOutcome(schema, value, path, below, seen, this.draft));
    return outcomes.length === 0 ? right : all(outcomes);
  }

  private reference(schema: JsonObject, value: Json, path: Path, base: string): Outcome | undefined {
    const { $ref: given, $dynamicRef, $recursiveRef } = schema;
    // Where these lead depends on the way there, which is not followed.
    if (this.draft >= 2019 && ($dynamicRef ?? $recursiveRef) !== undefined) return unknown;
    if (typeof given !== 'string') return undefined;
    const target: Target | undefined = this.document.follow(given, base);
    if (target === undefined) {
      this.outside.add(given);
      return unknown;
    }
    return this.of(target.schema, value, path, target.base);
  }

  private ownFaults(schema: JsonObject, value: Json, path: Path): ValueFault[] {
    const faults: ValueFault[] = [];
    const wanted = typesOf(schema.type);
    if (wanted !== 0 && !isOfTypes(value, wanted)) {
      const remedy = wanted === types.string && typeof value !== 'object' ? { remedy: 'write it in quotes' } : {};
      const message = `${pathText(path)} ${typeText(wanted, value)}`;
      faults.push({ path, on: 'value', kind: 'type', types: wanted, message, ...remedy });
      return faults;
    }
    const allowed = Array.isArray(schema.enum) ? (schema.enum as readonly Json[]) : undefined;
    const only = this.draft >= 6 && Object.hasOwn(schema, 'const') ? [schema.const as Json] : undefined;
    for (const values of [allowed, only]) {
      if (values === undefined || values.some((one) => deepEqual(one, value)) || !allKnown(value, isKnown)) continue;
      faults.push(this.fault(value, path, `must be ${listText(values.slice(0, 20).map(valueText))}`, 'form'));
    }
    for (const sentence of scalarFaults(schema, value, this.draft))
      faults.push(this.fault(value, path, sentence, 'other'));
    return faults;
  }

  private fault(value: Json, path: Path, sentence: string, kind: ValueFault['kind']): ValueFault {
    const shown = this.shown(path) && typeof value !== 'object' ? ` is ${valueText(value)} and` : '';
    return { path, on: 'value', kind, message: `${pathText(path)}${shown} ${sentence}` };
  }

  private *combinations(schema: JsonObject, value: Json, path: Path, base: string): Generator<Outcome> {
    const each = (parts: Json | undefined) =>
      Array.isArray(parts) ? parts.map((part) => this.of(part as Json, value, path, base)) : [];
    yield* each(schema.allOf);
    const any = each(schema.anyOf);
    if (any.length > 0) yield any.every(fails) ? wrong(...faultsOfForms(any, value, path)) : some(any);
    const one = each(schema.oneOf);
    if (one.length > 0) yield exactlyOne(one, value, path);
    if (schema.not !== undefined) {
      const outcome = this.of(schema.not, value, path, base);
      if (!fails(outcome)) yield outcome.open ? unknown : wrong(forbidden(schema.not, path));
    }
    if (this.draft < 7 || schema.if === undefined) return;
    const asked = this.of(schema.if, value, path, base);
    if (fails(asked)) yield this.of(schema.else, value, path, base);
    else if (asked.open) yield unknown;
    else yield all([asked, this.of(schema.then, value, path, base)]);
  }
}

/** Of forms of which one will do. */
function some(outcomes: readonly Outcome[]): Outcome {
  const left = outcomes.filter((outcome) => !fails(outcome));
  const isOpen = !left.some(fits);
  return { faults: [], open: isOpen, seen: new Set(left.flatMap(({ seen }) => [...seen])) };
}

function exactlyOne(outcomes: readonly Outcome[], value: Json, path: Path): Outcome {
  const left = outcomes.filter((outcome) => !fails(outcome));
  if (left.length === 0) return wrong(...faultsOfForms(outcomes, value, path));
  if (left.filter(fits).length > 1) {
    const message = `${pathText(path)} matches several forms, of which one alone is allowed`;
    return wrong({ path, on: 'value', kind: 'other', message });
  }
  return { ...some(left), open: left.length > 1 || left.some(({ open }) => open) };
}

function forbidden(schema: Json, path: Path): ValueFault {
  const { required } = isJsonObject(schema) ? schema : { required: undefined };
  const names = Array.isArray(required) ? required.map((name) => `\`${name}\``) : [];
  const what = names.length > 0 ? `must not have ${listText(names, 'and')}` : 'has a form that is not allowed';
  return { path, on: 'value', kind: 'other', message: `${pathText(path)} ${what}` };
}

/** Bits of types; 0 for any. 1.0 is an integer. */
function typesOf(type: Json | undefined): number {
  const names = Array.isArray(type) ? (type as readonly Json[]) : [type];
  let bits = 0;
  for (const name of names) {
    if (typeof name === 'string' && Object.hasOwn(types, name)) bits |= types[name as keyof typeof types];
  }
  return bits & types.number ? bits | types.integer : bits;
}
