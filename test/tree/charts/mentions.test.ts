import { mentionsIn, otherwise } from '../../../lib/tree/charts/mentions';

test.each([
  ['a: {{ randAlphaNum 12 }}', { random: true, seldom: false }],
  ['a: {{- (genSignedCertWithKey "a" nil nil 365 $ca).Cert }}', { random: true, seldom: false }],
  ['a: {{ now | date "2006" }}', { random: true, seldom: true }],
  ['a: {{ tpl `{{ uuidv4 }}` . }}', { random: true, seldom: false }],
  ['{{/* now and randAlphaNum */}}', { random: false, seldom: false }],
  ['{{ fail "set it now" }}', { random: false, seldom: false }],
  ['a: {{ .Values.now }}{{ $now }}', { random: false, seldom: false }],
  ['a: {{ `{{ now }}` }} {{ "}} now" }}', { random: false, seldom: false }],
  ['now: randAlphaNum', { random: false, seldom: false }],
])('%s', (template, mentioned) => {
  expect(mentionsIn([template])).toEqual({ lookup: false, capabilities: false, ...mentioned });
});

test('what is defined and never included does not count', () => {
  const partial = `{{/* {{ include "made" . }} */}}
{{ define "made" }}{{ if .a }}{{ include "made" .b }}{{ end }}{{ randAlpha 5 }}{{ end }}
{{ define "plain" }}a{{ end }}`;
  const isRandom = (template: string) => mentionsIn([partial, template]).random;
  expect(isRandom('{{ include "plain" . }}{{ include (print $.Template.BasePath "/a.yaml") . }}')).toBe(false);
  expect(isRandom('{{ include "made" . }}')).toBe(true);
  expect(isRandom('{{ template `made` }}')).toBe(true);
  expect(isRandom('{{ $name := "made" }}')).toBe(true);
  expect(isRandom('{{ include (printf "ma%s" "de") . }}')).toBe(true);
  expect(isRandom('{{ define "other" }}{{ end }}{{ randAlpha 5 }}')).toBe(true);
});

test('lookup and Capabilities are looked for in what is run', () => {
  const template = '{{ if .Capabilities.APIVersions.Has "a" }}{{ lookup "v1" "Secret" "a" "b" }}{{ end }}';
  expect(mentionsIn([template])).toMatchObject({ lookup: true, capabilities: true });
  expect(mentionsIn(['lookup, Capabilities'])).toMatchObject({ lookup: false, capabilities: false });
});

test('another time and other small numbers are put into templates, and nothing else is changed', () => {
  const template =
    'now {{ now | date "now" }} {{/* now */}} {{ .Values.now }} {{ randInt 0 59 }} {{ `now` }} {{ /* unfinished now';
  expect(otherwise(template)).toBe(
    'now {{ (toDate "2006-01-02 15:04:05" "2003-02-01 04:05:06") | date "now" }} {{/* now */}} {{ .Values.now }} {{ add 1003 0 59 }} {{ `now` }} {{ /* unfinished now',
  );
});

test.each([
  '{{'.repeat(500_000),
  `{{${'/*'.repeat(500_000)}}}`,
  `{{${'"\\'.repeat(500_000)}}}`,
  `{{${'"'.repeat(999_999)}\n}}`,
])('no text takes long to read', (hostile) => {
  expect(mentionsIn([hostile]).random).toBe(false);
  expect(otherwise(hostile)).toBe(hostile);
});
