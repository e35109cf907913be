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

/** A text that holds no template, whatever it looks like. */
export function literalText(text: string): string {
  return text.includes('{{') ? `{{ ${quote(text)} }}` : text;
}

// Go's interpreted string literals are JSON's, but for `\/` (which JSON.stringify does not write).
function quote(text: string): string {
  return JSON.stringify(text);
}

/** Functions that Helm defines for its charts, and those of sprig that External Secrets takes away. (runtime/template/v2/template.go) */
export const unknownFunctions = new Set([
  'include',
  'tpl',
  'required',
  'lookup',
  'toToml',
  'fromToml',
  'fromYamlArray',
  'fromJsonArray',
  'env',
  'expandenv',
]);
