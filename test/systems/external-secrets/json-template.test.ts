import { makesJsonMap } from '../../../lib/systems/external-secrets/json-template';

test.each([
  ['{"a": "{{ .b }}"}', true],
  ['{"a": {{ .b | toJson }}}', true],
  ['{"a": {{ .b | b64enc }}}', false],
  ['{"a": "{{ .b | b64enc }}"}', true],
  ['{"a": "{{ .b }}",}', false],
  ['{{ $x := .a }}{"a": "\\"{{ $x }}"}', true],
  ['["{{ .a }}"]', false],
  ['{"auths": {{ .auths }}}', undefined],
  ['{{ .config }}', undefined],
  ['{{ if .a }}{}{{ end }}', undefined],
  ['{{ .a', undefined],
  ['plain', false],
])('%s makes an object in JSON: %s', (template, made) => {
  expect(makesJsonMap(template)).toBe(made);
});
