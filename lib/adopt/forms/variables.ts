import { Call, type Code, Commented, type Expression, isCodeObject, isExpression, plainOf, Template } from '../program';

/** `${NAME}`, and with a default or another operator whose operand holds no variable. */
const variable = /\$\{([A-Za-z_]\w*)((?::=|:-|=|:|\/|#|%|,|\^)[^${}\n]*)?\}/;

/** Texts that Flux fills in, at any depth, with their variables as values of the code, which every format takes. */
export function filledIn(code: Code): Code {
  if (code instanceof Commented) return new Commented(filledIn(code.value), code.above, code.after);
  if (Array.isArray(code)) return (code as readonly Code[]).map(filledIn);
  if (isCodeObject(code) && !isExpression(code))
    return Object.fromEntries(Object.entries(code).map(([field, value]) => [field, filledIn(value)]));
  if (typeof code !== 'string' || !variable.test(code)) return code;
  const parts: (string | Expression)[] = [];
  let rest = code;
  for (let found = variable.exec(rest); found !== null; found = variable.exec(rest)) {
    const [text, name = '', operator = ''] = found;
    if (found.index > 0) parts.push(rest.slice(0, found.index));
    parts.push(new Call('variable', [name, ...optionsOf(operator)], text));
    rest = rest.slice(found.index + text.length);
  }
  if (rest !== '') parts.push(rest);
  const [first, ...more] = parts;
  return more.length === 0 && first instanceof Call ? first : new Template(parts, plainOf(code) as string);
}

function optionsOf(operator: string): Code[] {
  if (operator === '') return [];
  return [operator.startsWith(':=') ? { default: operator.slice(2) } : { operator }];
}
