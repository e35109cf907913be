import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { generators, keysOfGenerator, keysYielded } from '../../../lib/systems/external-secrets/generators';
import { secretKeys } from '../../../lib/systems/external-secrets/keys';

test('the table has each kind that a ClusterGenerator takes, and the field of its spec', () => {
  const file = join(__dirname, '../../../imports/crds/generators.external-secrets.io_clustergenerators.yaml');
  const [version] = parse(readFileSync(file, 'utf8')).spec.versions;
  const { kind, generator } = version.schema.openAPIV3Schema.properties.spec.properties;
  expect(Object.keys(generators).sort()).toEqual([...kind.enum].sort());
  expect(Object.values(generators).map(({ field }) => field)).toEqual(Object.keys(generator.properties));
  for (const [name, { field }] of Object.entries(generators))
    expect(field.toLowerCase()).toBe(`${name}Spec`.toLowerCase());
});

test('the keys of a generator are known from its kind, or from its spec', () => {
  expect(keysOfGenerator('ECRAuthorizationToken', {})).toEqual([
    'username',
    'password',
    'proxy_endpoint',
    'expires_at',
  ]);
  expect(keysOfGenerator('Password', {})).toEqual(['password']);
  expect(keysOfGenerator('Password', { secretKeys: ['a', 'b'] })).toEqual(['a', 'b']);
  expect(keysOfGenerator('Fake', { data: { foo: 'bar' } })).toEqual(['foo']);
  expect(keysOfGenerator('Fake', undefined)).toBeUndefined();
  expect(keysOfGenerator('Webhook', {})).toBeUndefined();
  expect(keysOfGenerator('toString', {})).toBeUndefined();
});

test('a ClusterGenerator yields what it stands for yields', () => {
  const of = (kind: string, generator: object) =>
    keysYielded('ClusterGenerator', { kind: 'ClusterGenerator', spec: { kind, generator } } as never);
  expect(of('QuayAccessToken', {})).toEqual(['registry', 'auth', 'expiry']);
  expect(of('Password', { passwordSpec: { secretKeys: ['pin'] } })).toEqual(['pin']);
  expect(keysYielded('ClusterGenerator', undefined)).toBeUndefined();
});

test('the Secret of an ExternalSecret has what the ClusterGenerator that it names yields', () => {
  const generatorRef = { kind: 'ClusterGenerator', name: 'github' };
  const github = { kind: 'ClusterGenerator', spec: { kind: 'GithubAccessToken', generator: {} } };
  const spec = { dataFrom: [{ sourceRef: { generatorRef } }] };
  expect(secretKeys(spec, () => github)).toEqual({ keys: ['token'], open: false });
  expect(secretKeys(spec, () => undefined)).toEqual({ keys: [], open: true });
});

test('keys that a rewrite puts a text before are known, other rewrites make any', () => {
  const generatorRef = { kind: 'UUID', name: 'id' };
  const keysOf = (...rewrite: object[]) =>
    secretKeys({ dataFrom: [{ sourceRef: { generatorRef }, rewrite }] } as never, () => undefined);
  expect(keysOf({ regexp: { source: '^', target: 'a_' } })).toEqual({ keys: ['a_uuid'], open: false });
  expect(keysOf({ regexp: { source: '^', target: '$1' } })).toEqual({ keys: [], open: true });
  expect(keysOf({ regexp: { source: 'u', target: 'a' } })).toEqual({ keys: [], open: true });
  expect(keysOf({ transform: { template: '{{ .value }}' } })).toEqual({ keys: [], open: true });
});
