import { deepEqual } from '../../json/deep-equal';
import type { Json } from '../../json/json';
import { nameFormats } from '../../systems/kubernetes/names';
import { matches, patternText } from '../../systems/kubernetes/patterns';
import { formats, ranges } from '../../systems/kubernetes/string-formats';
import { count } from '../../text/count';
import { list } from './node';
import type { Schema, SchemaFaultKind } from './schema';
import { listText, valueText } from './text';

/** What is wrong with a value besides its type: its kind and the end of a sentence; undefined when it is right. */
export function scalarFault(schema: Schema, value: Json): [SchemaFaultKind, string] | undefined {
  const allowed = schema.enum;
  if (allowed !== undefined && !list(allowed).some((other) => deepEqual(other, value))) {
    return ['enum', `must be ${listText(list(allowed).map(valueText))}`];
  }
  if (typeof value === 'string') return stringFault(schema, value);
  return typeof value === 'number' ? numberFault(schema, value) : undefined;
}

function stringFault(schema: Schema, text: string): [SchemaFaultKind, string] | undefined {
  const { minLength, maxLength, format } = schema;
  // Lengths count characters; a text never has more of them than UTF-16 units.
  if (minLength !== undefined && (text.length < minLength || characters(text) < minLength)) {
    return ['length', minLength === 1 ? 'must not be empty' : `must have at least ${count(minLength, 'character')}`];
  }
  if (maxLength !== undefined && text.length > maxLength && characters(text) > maxLength) {
    return ['length', `must have at most ${count(maxLength, 'character')}`];
  }
  if (typeof schema.pattern === 'string' && matches(schema.pattern, text) === false) {
    return ['pattern', patternText(schema.pattern)];
  }
  if (format === undefined) return undefined;
  const name = Object.hasOwn(nameFormats, format) ? nameFormats[format]?.fault(text) : undefined;
  if (name !== undefined) return ['format', name];
  const known = Object.hasOwn(formats, format) ? formats[format] : undefined;
  return known && !known.test(text) ? ['format', `must be ${known.noun}`] : undefined;
}

function numberFault(schema: Schema, value: number): [SchemaFaultKind, string] | undefined {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format } = schema;
  if (minimum !== undefined) {
    if (value < minimum) return ['range', `must be at least ${minimum}`];
    if (exclusiveMinimum === true && value === minimum) return ['range', `must be more than ${minimum}`];
  }
  if (maximum !== undefined) {
    if (value > maximum) return ['range', `must be at most ${maximum}`];
    if (exclusiveMaximum === true && value === maximum) return ['range', `must be less than ${maximum}`];
  }
  if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum) {
    return ['range', `must be more than ${exclusiveMinimum}`];
  }
  if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum) {
    return ['range', `must be less than ${exclusiveMaximum}`];
  }
  if (typeof multipleOf === 'number' && multipleOf > 0 && !Number.isInteger(value / multipleOf)) {
    return ['range', `must be a multiple of ${multipleOf}`];
  }
  const range = format !== undefined && Object.hasOwn(ranges, format) ? ranges[format] : undefined;
  if (range === undefined || (value >= range[0] && value <= range[1])) return undefined;
  return ['range', `must be between ${range[0]} and ${range[1]}`];
}

function characters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
