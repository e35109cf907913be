import type { Json, JsonObject } from '../../json/json';
import { matches, patternText } from '../../systems/kubernetes/patterns';
import { formats as known } from '../../systems/kubernetes/string-formats';
import { count } from '../../text/count';
import type { Draft } from './document';

/** The formats that Helm's validator tests strings for (santhosh-tekuri/jsonschema 6.0.3 format.go), those of them that are clear. */
const formats: typeof known = {
  ...Object.fromEntries(
    ['ipv4', 'ipv6', 'date', 'date-time', 'hostname'].flatMap((name) => (known[name] ? [[name, known[name]]] : [])),
  ),
  email: { noun: 'an email address', test: (text) => text.includes('@') },
  uri: { noun: 'a URI', test: (text) => /^[a-z][a-z0-9+.-]*:/i.test(text) },
};

/** What is wrong with a text or number besides its type: ends of sentences. */
export function scalarFaults(schema: JsonObject, value: Json, draft: Draft): string[] {
  if (typeof value === 'string') return [...textFaults(schema, value, draft)];
  return typeof value === 'number' ? [...numberFaults(schema, value, draft)] : [];
}

function* textFaults(schema: JsonObject, text: string, draft: Draft): Generator<string> {
  const { minLength, maxLength, pattern, format } = schema;
  const length = [...text].length;
  if (typeof minLength === 'number' && length < minLength) {
    yield minLength === 1 ? 'must not be empty' : `must have at least ${count(minLength, 'character')}`;
  }
  if (typeof maxLength === 'number' && length > maxLength) yield `must have at most ${count(maxLength, 'character')}`;
  if (typeof pattern === 'string' && matches(pattern, text) === false) yield patternText(pattern);
  // From 2019-09 on they are remarks.
  if (typeof format !== 'string' || draft >= 2019 || !Object.hasOwn(formats, format)) return;
  const tested = formats[format];
  if (tested !== undefined && !tested.test(text)) yield `must be ${tested.noun}`;
}

function* numberFaults(schema: JsonObject, value: number, draft: Draft): Generator<string> {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const above = draft === 4 && exclusiveMinimum === true ? minimum : exclusiveMinimum;
  const below = draft === 4 && exclusiveMaximum === true ? maximum : exclusiveMaximum;
  if (typeof minimum === 'number' && value < minimum) yield `must be at least ${minimum}`;
  if (typeof maximum === 'number' && value > maximum) yield `must be at most ${maximum}`;
  if (typeof above === 'number' && value <= above) yield `must be more than ${above}`;
  if (typeof below === 'number' && value >= below) yield `must be less than ${below}`;
  if (typeof multipleOf === 'number' && multipleOf > 0 && !isMultiple(value, multipleOf)) {
    yield `must be a multiple of ${multipleOf}`;
  }
}

/** As rationals, which 0.3 and 0.1 are to the validator. */
function isMultiple(value: number, of: number): boolean {
  const times = value / of;
  return Math.abs(times - Math.round(times)) <= Number.EPSILON * Math.max(1, Math.abs(times));
}
