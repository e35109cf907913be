import {
  Call,
  type Code,
  type CodeObject,
  Commented,
  Handle,
  isCodeObject,
  isExpression,
  Member,
  Shared,
  Template,
} from '../program';
import { comment, isBlock, printBlock, printTemplate, quoted, type TextPart } from './text';

/** How wide a line may be. */
const width = 120;

/**
 * A value as TypeScript, on one line where it fits.
 *
 * @param indent the white space that its own line begins with
 * @param column where it begins on its line
 * @param nameOf what the constant of a construct is called
 */
export function printValue(code: Code, indent: string, column: number, nameOf: NameOf): string {
  const flat = onOneLine(code, nameOf);
  if (flat !== undefined && column + flat.length <= width) return flat;
  if (code instanceof Commented) return printValue(code.value, indent, column, nameOf);
  if (Array.isArray(code))
    return block(
      '[',
      (code as readonly Code[]).map((item) => entry('', item, indent, nameOf)),
      ']',
      indent,
    );
  const map = commentedMap(code) ?? { comment: undefined, value: code };
  if (isCodeObject(map.value)) {
    const said = map.comment ? [entry('...', map.comment, indent, nameOf)] : [];
    const entries = Object.entries(map.value).map(([key, value]) => entry(`${printKey(key)}: `, value, indent, nameOf));
    return block('{', [...said, ...entries], '}', indent);
  }
  if (code instanceof Call || (code instanceof Member && code.args)) {
    const [name, args] =
      code instanceof Call ? [code.name, code.args] : [`${nameOf(code.of)}.${code.name}`, code.args ?? []];
    return `${name}(${args.map((argument) => printValue(argument, indent, column, nameOf)).join(', ')})`;
  }
  if (isTextBlock(code)) return printBlock(typeof code === 'string' ? [code] : partsOf(code, nameOf), indent);
  return flat ?? printScalar(code, nameOf);
}

/** What the constant of a construct is called. */
export type NameOf = (construction: Handle['to']) => string;

function block(open: string, entries: readonly string[], close: string, indent: string): string {
  return `${open}\n${entries.map((text) => `${text}\n`).join('')}${indent}${close}`;
}

function entry(key: string, value: Code, indent: string, nameOf: NameOf): string {
  const inner = `${indent}  `;
  const above = value instanceof Commented ? value.above.map((line) => `${inner}${comment(line)}\n`).join('') : '';
  const after = value instanceof Commented && value.after !== undefined ? ` ${comment(value.after)}` : '';
  const below = value instanceof Commented ? value.below.map((line) => `\n${inner}${comment(line)}`).join('') : '';
  if (isSpread(key, value)) return `${inner}...${nameOf(value.to)},`;
  if (isShorthand(key, value, nameOf)) return `${above}${inner}${key.slice(0, -2)},${after}${below}`;
  return `${above}${inner}${key}${printValue(value, inner, inner.length + key.length + 1, nameOf)},${after}${below}`;
}

/** What an entry for all fields of another object begins with. */
export const spread = '...';

function isSpread(key: string, value: Code): value is Handle {
  return value instanceof Handle && key.replaceAll("'", '').startsWith(spread);
}

function isShorthand(key: string, value: Code, nameOf: NameOf): boolean {
  const name = value instanceof Handle ? nameOf(value.to) : value instanceof Shared ? value.name : undefined;
  return name !== undefined && key === `${name}: `;
}

/** Of a map with a comment, which is told where the map begins: `{ ...comment('why'), a: 1 }`. */
export function commentedMap(code: Code): { readonly comment: Call; readonly value: CodeObject } | undefined {
  if (!(code instanceof Call) || code.name !== 'commented') return undefined;
  const [value, ...text] = code.args;
  if (!isCodeObject(value) || Object.keys(value).length === 0) return undefined;
  return { comment: new Call('comment', text, null), value };
}

function printKey(key: string): string {
  // In a literal it would be the object's prototype.
  if (key === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
}

/** Undefined for what has comments or several lines. */
function onOneLine(code: Code, nameOf: NameOf): string | undefined {
  if (code instanceof Commented)
    return code.above.length + code.below.length === 0 && code.after === undefined
      ? onOneLine(code.value, nameOf)
      : undefined;
  const map = commentedMap(code);
  if (map) return objectOnOneLine(map.value, nameOf, map.comment);
  if (code instanceof Call) return inBrackets(`${code.name}(`, code.args, ')', nameOf);
  if (code instanceof Member && code.args)
    return inBrackets(`${nameOf(code.of)}.${code.name}(`, code.args, ')', nameOf);
  if (Array.isArray(code)) return inBrackets('[', code as readonly Code[], ']', nameOf);
  if (isCodeObject(code)) return objectOnOneLine(code, nameOf);
  return isTextBlock(code) ? undefined : printScalar(code, nameOf);
}

/** Whether it is printed by `textBlock`. */
export function isTextBlock(code: Code): code is string | Template {
  if (typeof code === 'string') return isBlock(code);
  if (!(code instanceof Template)) return false;
  const text = code.parts.map((part) => (typeof part === 'string' ? part : 'x')).join('');
  return isBlock(text) && !code.parts.some((part) => typeof part === 'string' && part.endsWith('\\'));
}

function partsOf({ parts }: Template, nameOf: NameOf): TextPart[] {
  return parts.map((part) => (typeof part === 'string' ? part : { code: printValue(part, '', 0, nameOf) }));
}

function inBrackets(open: string, items: readonly Code[], close: string, nameOf: NameOf): string | undefined {
  const texts = items.map((item) => onOneLine(item, nameOf));
  return texts.includes(undefined) ? undefined : `${open}${texts.join(', ')}${close}`;
}

function objectOnOneLine(code: CodeObject, nameOf: NameOf, said?: Call): string | undefined {
  const texts: string[] = [];
  if (said) {
    const text = onOneLine(said, nameOf);
    if (text === undefined) return undefined;
    texts.push(`...${text}`);
  }
  for (const [key, value] of Object.entries(code)) {
    const text = onOneLine(value, nameOf);
    if (text === undefined) return undefined;
    const name = `${printKey(key)}: `;
    if (isSpread(key, value)) texts.push(`${spread}${text}`);
    else texts.push(isShorthand(name, value, nameOf) ? name.slice(0, -2) : `${name}${text}`);
  }
  return texts.length === 0 ? '{}' : `{ ${texts.join(', ')} }`;
}

function printScalar(code: Code, nameOf: NameOf): string {
  if (code instanceof Handle) return nameOf(code.to);
  if (code instanceof Shared) return code.name;
  if (code instanceof Member) return `${nameOf(code.of)}.${code.name}`;
  if (code instanceof Template) return printTemplate(partsOf(code, nameOf));
  if (typeof code === 'string') return quoted(code);
  if (isExpression(code)) throw new TypeError('an expression that cannot be printed');
  return Object.is(code, -0) ? '-0' : String(code);
}
