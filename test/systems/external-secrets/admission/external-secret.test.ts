import type { JsonObject } from '../../../../lib/json/json';
import { pathText } from '../../../../lib/json/path-text';
import {
  externalSecretFaults,
  pushSecretFaults,
} from '../../../../lib/systems/external-secrets/admission/external-secret';

function faults(spec: JsonObject): string[] {
  return [...externalSecretFaults(spec)].map(({ kind, path, message }) => `${kind} ${pathText(path)}: ${message}`);
}

const item = (secretKey: string) => ({ secretKey, remoteRef: { key: 'a', property: secretKey } });

test('an ExternalSecret that reads something has no faults', () => {
  expect(faults({ data: [item('a'), item('b')], dataFrom: [{ extract: { key: 'a' } }] })).toEqual([]);
});

test('each fault is told once, where it stands', () => {
  expect(faults({ data: [], dataFrom: null })).toEqual(['no-data : has neither data nor dataFrom']);
  expect(faults({ data: [item('a'), item('a')] })).toEqual([
    'duplicate-secret-key data[1].secretKey: data[1] writes a as data[0] does',
  ]);
  expect(faults({ dataFrom: [{ extract: { key: 'a' }, find: {} }, {}] })).toEqual([
    'empty-data-from dataFrom[0].find: dataFrom[0] has extract and find: make each an item of its own',
    'empty-data-from dataFrom[1]: dataFrom[1] has none of extract, find and sourceRef',
  ]);
  const ref = { kind: 'Password', name: 'pw' };
  expect(faults({ data: [{ ...item('a'), sourceRef: { generatorRef: ref } }] })).toEqual([
    'generator-in-data data[0].sourceRef.generatorRef: data[0] names the generator Password pw; generators work only in dataFrom',
  ]);
});

test.each(['1 hour', '1d', '60', ''])('the refresh interval %j is none that Go reads', (refreshInterval) => {
  const told = `refresh-interval refreshInterval: refreshInterval is "${refreshInterval}", which is not a duration such as 1h or 2m30s`;
  expect(faults({ refreshInterval, data: [item('a')] })).toEqual([told]);
  // The API server stores a PushSecret all the same.
  expect([...pushSecretFaults({ refreshInterval })].map(({ kind, later }) => [kind, later])).toEqual([
    ['refresh-interval', true],
  ]);
});

test.each(['1h', '0', '-1m', '1.5h', '300us'])('the refresh interval %j has no faults', (refreshInterval) => {
  expect(faults({ refreshInterval, data: [item('a')] })).toEqual([]);
});

test('a template makes only keys that a Secret can have', () => {
  const target = { template: { data: { 'a/b': 'x', 'tls.crt': 'x', '${KEY}': 'x' } } };
  expect(faults({ data: [item('a')], target })).toEqual([
    'template-key target.template.data["a/b"]: the template makes the key "a/b", which no Secret can have: a key is letters, digits, "-", "_" and ".", not beginning with "..", at most 253 characters',
  ]);
  expect(faults({ data: [item('a')], target: { ...target, creationPolicy: 'None' } })).toEqual([]);
  expect(faults({ data: [item('a')], target: { ...target, manifest: { kind: 'ConfigMap' } } })).toEqual([]);
});

test('with another deletion policy than Retain, a key may be written twice: the last one counts', () => {
  expect(faults({ data: [item('a'), item('a')], target: { deletionPolicy: 'Delete' } })).toEqual([]);
});

test.each([
  ['Delete', 'Merge', true],
  ['Delete', 'Orphan', true],
  ['Delete', 'Owner', false],
  ['Merge', 'None', true],
  ['Merge', 'Orphan', false],
  ['Retain', 'None', false],
])('deletionPolicy %s with creationPolicy %s: a fault is %s', (deletionPolicy, creationPolicy, isFault) => {
  const found = faults({ data: [item('a')], target: { deletionPolicy, creationPolicy } });
  expect(found.length > 0).toBe(isFault);
});
