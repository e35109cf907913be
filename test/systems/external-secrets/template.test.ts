import { literalText, optional, required } from '../../../lib/systems/external-secrets/template';

/*
 * Each of these forms went through ESO's engine (text/template with sprig and missingkey=error) with its key present,
 * empty and absent, and with values of several lines, quotes, backslashes, braces and characters beyond ASCII.
 */

test.each(['API_TOKEN', '_', 'a1', 'true', 'range'])('the required key %s is a field', (key) => {
  expect(required(key)).toBe(`{{ .${key} }}`);
});

test.each(['tls-key', 'tls.crt', '9a'])('the required key %s, which is no identifier, is looked up', (key) => {
  expect(required(key)).toBe(
    `{{ if hasKey (. | toJson | fromJson) "${key}" }}{{ index . "${key}" }}{{ else }}{{ fail "key ${key} is missing" }}{{ end }}`,
  );
});

test('an optional key is never a field, which would fail where it is missing', () => {
  expect([optional('SENTRY_DSN'), optional('tls-key')]).toEqual([
    '{{ index . "SENTRY_DSN" | default "" }}',
    '{{ index . "tls-key" | default "" }}',
  ]);
});

test.each([
  ['info', '"info"'],
  ['say "hi"', '"say \\"hi\\""'],
  ['a\\b', '"a\\\\b"'],
  ['two\nlines', '"two\\nlines"'],
  ['{{ .x }}', '"{{ .x }}"'],
  ['é😀', '"é😀"'],
])('the default %j is quoted as Go reads it', (byDefault, quoted) => {
  expect(optional('KEY', byDefault)).toBe(`{{ index . "KEY" | default ${quoted} }}`);
});

test.each([
  ['shop', 'shop'],
  ['sh}}op', 'sh}}op'],
  ['sh{{op}}', '{{ "sh{{op}}" }}'],
  ['{{"\\', '{{ "{{\\"\\\\" }}'],
])('the text %j stays what it is', (text, template) => {
  expect(literalText(text)).toBe(template);
});
