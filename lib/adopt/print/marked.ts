import type { Json } from '../../json/json';
import { Call, type Code, Commented, Handle, isCodeObject, isExpression, Member, plainOf } from '../program';

// No YAML has these.
const variable = '\0variable';
const handle = '\0handle';

/** Whether a text stands for `variable()`, which fits any scalar. */
export function isVariable(text: string): boolean {
  return text === variable;
}

/** What the compiler sees of a value: the original, with marks for what is no literal in the code. A handle fits where any text does. */
export function marked(code: Code): Json {
  if (code instanceof Commented) return marked(code.value);
  if (code instanceof Call && code.name === 'variable') return variable;
  if (code instanceof Handle || code instanceof Member) return typeof code.plain === 'string' ? handle : plainOf(code);
  if (Array.isArray(code)) return (code as readonly Code[]).map(marked);
  if (isExpression(code) || !isCodeObject(code)) return plainOf(code);
  return Object.fromEntries(Object.entries(code).map(([key, value]) => [key, marked(value)]));
}
