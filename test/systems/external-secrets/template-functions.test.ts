import { unknownFunctions, wrongCalls } from '../../../lib/systems/external-secrets/template-functions';
import { readsOf, TemplateError } from '../../../lib/systems/go-template';

/* What External Secrets 2.9.0 said of each of these as a template of a Secret. */

function faults(text: string): string[] {
  const reads = readsOf(text);
  if (reads instanceof TemplateError) return [reads.message];
  return [
    ...unknownFunctions(reads.functions).map(({ name }) => `no ${name}`),
    ...wrongCalls(reads.arguments).map(({ name, count, takes }) => `${name}: ${count} of ${takes}`),
  ];
}

test.each<[template: string, fault: string]>([
  ['{{ .user | trunc }}', 'trunc: 1 of 2'],
  ['{{ .user | trunc 2 3 }}', 'trunc: 3 of 2'],
  ['{{ .user | htpasswd "x" }}', 'htpasswd: 2 of 3'],
  ['{{ htpasswd .user .password }}', 'htpasswd: 2 of 3'],
  ['{{ filterPEM "CERTIFICATE" }}', 'filterPEM: 1 of 2'],
  ['{{ .user | nindent }}', 'nindent: 1 of 2'],
  ['{{ .user | toString | b64enc "x" }}', 'b64enc: 2 of 1'],
  ['{{ env "HOME" }}', 'no env'],
  ['{{ getHostByName "x" }}', 'no getHostByName'],
])('refuses %s', (template, fault) => {
  expect(faults(template)).toEqual([fault]);
});

test.each([
  '{{ .user | b64enc | b64dec }}',
  '{{ printf "%s:%d" .user 3 }}',
  '{{ .user | upper | lower | title }}',
  '{{ dict "a" .user | toJson }}',
  '{{ ternary "a" "b" true }}',
  '{{ regexReplaceAll "s" .user "${1}x" }}',
  '{{ (split "," .user)._0 }}',
  '{{ derivePassword 1 "long" .password "user" "ex" }}',
  '{{ now | date "2006" }}',
  '{{ default uuidv4 .user }}',
  '{{ print }}',
  '{{ urlquery .user .password }}',
  '{{ range until 3 }}{{ break }}{{ end }}',
  '{{ and .user .password }}',
])('takes %s', (template) => {
  expect(faults(template)).toEqual([]);
});
