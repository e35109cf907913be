import { Call, type Code, Commented, Handle, isCodeObject, isExpression, Member, Shared, Template } from '../program';

const known = new WeakMap<object, string | undefined>();

/**
 * What is the same text for equal values: in all fields, their order, and comments. Undefined for a value with constructs in it, which
 * stand in one module alone.
 */
export function likeness(code: Code): string | undefined {
  if (typeof code !== 'object' || code === null) return Object.is(code, -0) ? '-0' : JSON.stringify(code);
  if (known.has(code)) return known.get(code);
  const text = ofStructure(code);
  known.set(code, text);
  return text;
}

function ofStructure(code: Exclude<Code, null | string | number | boolean>): string | undefined {
  if (code instanceof Handle || code instanceof Member) return undefined;
  if (code instanceof Shared) return code.name;
  if (code instanceof Call) return joined(`${code.name}(`, code.args, ')');
  if (code instanceof Template) return joined('`', code.parts, '`');
  if (code instanceof Commented) {
    const value = likeness(code.value);
    return value && `${value}/*${JSON.stringify([code.above, code.after, code.below])}*/`;
  }
  if (Array.isArray(code)) return joined('[', code as readonly Code[], ']');
  if (!isCodeObject(code) || isExpression(code)) return undefined;
  const values = joined('', Object.values(code), '');
  return values === undefined ? undefined : `{${JSON.stringify(Object.keys(code))}${values}}`;
}

function joined(open: string, codes: readonly Code[], close: string): string | undefined {
  const texts = codes.map(likeness);
  return texts.includes(undefined) ? undefined : `${open}${texts.join(',')}${close}`;
}
