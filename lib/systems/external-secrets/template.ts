/**
 * One value of a Secret as ESO's template engine makes it. Templates run with `missingkey=error` over a
 * map[string]string: a key that is absent fails the whole Secret when it is written `.KEY`, and is the empty string when
 * it is written `index . "KEY"`. `get`, `hasKey` and `dig` do not take such a map. (ESO, runtime/template/v2/template.go)
 */
const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A key that must be there; the Secret is not written without it. */
export function required(key: string): string {
  if (identifier.test(key)) return `{{ .${key} }}`;
  // `.tls-key` does not parse, and `index` does not tell a missing key from an empty value. `hasKey` does, of a
  // map[string]any: what JSON makes of the map.
  const name = quote(key);
  return `{{ if hasKey (. | toJson | fromJson) ${name} }}{{ index . ${name} }}{{ else }}{{ fail ${quote(`key ${key} is missing`)} }}{{ end }}`;
}

/** A key that may be missing, in favour of a default (empty unless given). An empty value counts as missing. */
export function optional(key: string, byDefault = ''): string {
  return `{{ index . ${quote(key)} | default ${quote(byDefault)} }}`;
}

/** The value of a key that must be there, as an operand: what `required` writes as a text. */
export function requiredOperand(key: string): string {
  if (identifier.test(key)) return `.${key}`;
  // `or` and `and` look at what they need alone (Go 1.18).
  const name = quote(key);
  const there = `or (hasKey (. | toJson | fromJson) ${name}) (fail ${quote(`key ${key} is missing`)})`;
  return `(and (${there}) (index . ${name}))`;
}

/** The value of a key that may be missing, as an operand. */
export function optionalOperand(key: string, byDefault = ''): string {
  return `(index . ${quote(key)} | default ${quote(byDefault)})`;
}

/** A text, or the value of an operand of Go's templates. */
export type Part = string | { readonly operand: string };

/** What makes the parts one after the other, as the text of a template. */
export function templateText(parts: readonly Part[]): string {
  return parts.map((part, i) => textOf(part, typeof parts[i + 1] === 'object')).join('');
}

/** What makes the parts one after the other, as one operand. `print` puts no spaces between texts. */
export function operandOf(parts: readonly Part[]): string {
  const operands = parts.map((part) => (typeof part === 'string' ? quote(part) : part.operand));
  return operands.length > 1 ? `(print ${operands.join(' ')})` : (operands[0] ?? '""');
}

/** An operand with a function after it: `(.user | b64enc)`. */
export function piped(operand: string, call: string): string {
  return `(${withoutParentheses(operand)} | ${call})`;
}

function textOf(part: Part, beforeAction: boolean): string {
  if (typeof part === 'object') return `{{ ${withoutParentheses(part.operand)} }}`;
  // A brace before an action would be taken for its beginning.
  const braces = beforeAction ? /\{{2,}|\{$/g : /\{{2,}/g;
  return part.replace(braces, (brace) => `{{ ${quote(brace)} }}`);
}

function withoutParentheses(operand: string): string {
  return operand.startsWith('(') ? operand.slice(1, -1) : operand;
}

/** A text that holds no template, whatever it looks like. */
export function literalText(text: string): string {
  return text.includes('{{') ? `{{ ${quote(text)} }}` : text;
}

// Go's interpreted string literals are JSON's, but for `\/` (which JSON.stringify does not write).
function quote(text: string): string {
  return JSON.stringify(text);
}
