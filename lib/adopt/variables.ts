import { isExempt } from '../graph/substitution';
import { parse } from '../systems/flux/envsubst/grammar';
import { Call, type Code, type CodeObject, isCodeObject, Template } from './program';
import type { WrittenObject } from './survey';

/** An object with `variable('NAME')` for each `${NAME}` in its texts, where Flux puts something in. */
export function withVariables(value: CodeObject, { resources, value: object }: WrittenObject): CodeObject {
  const substitutes = resources.some(({ appliedBy }) => (appliedBy?.variables?.substitutes ?? 'never') !== 'never');
  return substitutes && !isExempt(object) ? (filledIn(value) as CodeObject) : value;
}

/** Texts with `variable('NAME')` for each `${NAME}`, at any depth. */
export function filledIn(code: Code): Code {
  if (typeof code === 'string') return code.includes('${') ? ofText(code) : code;
  if (Array.isArray(code)) return (code as readonly Code[]).map(filledIn);
  if (!isCodeObject(code)) return code;
  return Object.fromEntries(Object.entries(code).map(([key, item]) => [key, filledIn(item)]));
}

/** A text with variables; the text itself where Flux could not read it, or reads a `$$` in it. */
function ofText(text: string): Code {
  const pieces = text.includes('$$') ? undefined : parse(text);
  if (pieces === undefined || 'message' in pieces) return text;
  const parts: (string | Call)[] = [];
  let at = 0;
  for (const piece of pieces) {
    if (piece.kind !== 'expansion') continue;
    const call = variableOf(text.slice(piece.start, piece.end), piece.variable);
    if (call === undefined) return text;
    if (piece.start > at) parts.push(text.slice(at, piece.start));
    parts.push(call);
    at = piece.end;
  }
  if (at < text.length) parts.push(text.slice(at));
  const [first, ...others] = parts;
  return others.length === 0 ? (first ?? text) : new Template(parts, text);
}

/** `${NAME}`, `${NAME:=default}` or one with another operator. */
function variableOf(text: string, name: string): Call | undefined {
  if (!text.startsWith(`\${${name}`) || text.includes('\n')) return undefined;
  const operator = text.slice(2 + name.length, -1);
  const options: CodeObject = operator.startsWith(':=') ? { default: operator.slice(2) } : { operator };
  return new Call('variable', operator === '' ? [name] : [name, options], text);
}
