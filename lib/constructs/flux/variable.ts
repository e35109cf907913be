import { EspalierError } from '../../errors';
import { isJsonObject, type Json } from '../../json/json';
import { parse } from '../../systems/flux/envsubst/grammar';
import { variableName } from '../../systems/flux/substitution';
import type { Format } from '../../systems/format';
import { display, isKnown, symbol, withUnknown } from '../../text/symbolic';
import { refuseUnknownOption } from '../refuse-unknown';

export interface VariableOptions {
  /** What Flux puts there where the variable is not set: `${NAME:=default}`. @default none: nothing is put there */
  readonly default?: string | number | boolean;
  /** What else Flux does with the value, as its syntax has it after the name: `/./-` in `${SECRET_DOMAIN/./-}`. @default none */
  readonly operator?: string;
}

/** Set by the first variable, whichever copy of this library makes it: without one nothing is looked for. */
const USED = Symbol.for('cdk8s-espalier.variable');
const holder = globalThis as { [USED]?: true };

/**
 * A value that Flux puts in (spec.postBuild of the Kustomization), `${NAME}` in YAML: a text or a part of one, or a number or truth
 * value where a field takes one. `literal()` escapes what looks alike, and never this.
 *
 * @example
 * new HttpRoute(shop.directory, 'httproute', { hosts: [`shop.${variable('SECRET_DOMAIN')}`], gateway, service });
 */
export function variable<T extends string | number | boolean = string>(name: string, options: VariableOptions = {}): T {
  refuseUnknownOption('variable', options);
  const { default: otherwise, operator = otherwise === undefined ? '' : `:=${otherwise}` } = options;
  if (!variableName.accepts(name)) {
    throw new EspalierError(
      `variable(${JSON.stringify(name)}): Allowed: ${variableName.allowed}. Example: ${variableName.example}.`,
    );
  }
  const text = `\${${name}${operator}}`;
  const pieces = parse(text);
  if ('message' in pieces || pieces.length !== 1 || pieces[0]?.kind !== 'expansion' || operator.includes('\n')) {
    throw new EspalierError(
      `variable("${name}"): ${text} is not one variable as Flux reads it. Allowed: a default or operator without "}" and line breaks. Example: variable("${name}", { default: "example.org" }).`,
    );
  }
  holder[USED] = true;
  return symbol(`${name}${operator}`) as T;
}

/** Whether a value is a text with a variable, whatever type its field has. */
export function hasVariable(value: unknown): value is string {
  return typeof value === 'string' && !isKnown(value);
}

/** A document as YAML has it: `${NAME}` for variables, at any depth. */
export function withVariables(document: Json): Json {
  return holder[USED] ? written(document) : document;
}

function written(value: Json): Json {
  if (typeof value === 'string') return display(value);
  if (Array.isArray(value)) return value.map(written);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [display(key), written(item)]));
}

/** What variables are likely to hold: a word, a number, a host, a version, a duration, a unit, a schedule, a digest. */
const samples = [
  'a',
  '1',
  'a.example.org',
  '1.2.3',
  '1h',
  'Gi',
  '* * * * *',
  'https://a.example.org',
  'A1',
  'f'.repeat(64),
];

/** Whether a text may have a format once Flux has put in what its variables stand for; what several may hold is not tried. */
export function mayAccept(format: Format, text: string): boolean {
  if (isKnown(text)) return format.accepts(text);
  if (format.withoutVariables) return false;
  const isOne = display(text).split('${').length === 2;
  return !isOne || samples.some((sample) => format.accepts(withUnknown(text, sample)));
}
