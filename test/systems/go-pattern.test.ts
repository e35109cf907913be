import { groupFaults, patternFault } from '../../lib/systems/go-pattern';

// What regexp.Compile of Go 1.26 says of them.
test.each([
  ['^[a-z]+(?P<n>x)(?<m>y)$', true],
  ['(?P<n>a)(?P<n>b)', true],
  ['\\QA.B\\E\\z', true],
  ['(?!x)', false],
  ['(?<=x)y', false],
  ['(a)\\1', false],
  ['a++', false],
  ['\\Z', false],
])('%s is read: %s', (source, read) => {
  expect(patternFault(source) === undefined).toBe(read);
});

test.each([
  ['$1_KEY', false],
  ['${1}_KEY', true],
  ['$1-key', true],
  ['$name', true],
  ['$names', false],
  ['$3', false],
  ['$0', true],
  ['$$3', true],
  ['cost: $', true],
])('(.)(?P<name>.) has the groups of %s: %s', (target, has) => {
  const rewrite = [{ regexp: { source: '(.)(?P<name>.)', target } }];
  const object = { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', spec: { dataFrom: [{ rewrite }] } };
  expect([...groupFaults(object)].length === 0).toBe(has);
});
