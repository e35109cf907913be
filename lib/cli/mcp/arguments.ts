import { nearest } from '../../text/nearest';
import type { Arguments, Schema, Tool } from './tool';

/** What is wrong with a tool's arguments, in a sentence that says what is allowed; undefined where nothing is. */
export function argumentsFault({ name, input, required = [] }: Tool, given: Arguments): string | undefined {
  const names = Object.keys(input);
  for (const argument of Object.keys(given)) {
    if (names.includes(argument)) continue;
    const near = nearest(argument, names);
    const hint = near === undefined ? '' : `; did you mean ${near}?`;
    return `the tool ${name} has no argument ${JSON.stringify(argument)}${hint === '' ? '.' : hint} It takes ${names.join(', ')}.`;
  }
  const missing = required.find((argument) => given[argument] === undefined);
  if (missing !== undefined) return `the tool ${name} needs ${missing}: ${input[missing]?.description}.`;
  for (const [argument, schema] of Object.entries(input)) {
    const value = given[argument];
    if (value === undefined || isOf(schema, value)) continue;
    return `${argument} of the tool ${name} must be ${allowedBy(schema)}, and is ${shown(value)}.`;
  }
  return undefined;
}

function isOf({ type, enum: choices, minimum, maximum }: Schema, value: unknown): boolean {
  if (Array.isArray(choices)) return choices.includes(value);
  if (type !== 'integer') return typeof value === type;
  return (
    Number.isInteger(value) && Number(value) >= Number(minimum ?? value) && Number(value) <= Number(maximum ?? value)
  );
}

function allowedBy({ type, enum: choices, minimum, maximum }: Schema): string {
  if (Array.isArray(choices)) return `one of ${choices.join(', ')}`;
  if (type !== 'integer') return type === 'boolean' ? 'true or false' : 'a text';
  return `a whole number ${maximum === undefined ? `of at least ${minimum}` : `from ${minimum} to ${maximum}`}`;
}

/** Of what is long, the beginning. */
function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
