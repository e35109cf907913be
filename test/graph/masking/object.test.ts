import { redact } from '../../../lib/graph/masking';
import { emitYaml } from '../../../lib/tree/yaml/emit';
import { graphOf, object } from '../graph';

/** The only object of a tree, as it may be shown. */
function shown(text: string): string {
  const [resource] = graphOf({ 'a.yaml': text }).clusters[0]?.resources ?? [];
  return resource === undefined ? '' : emitYaml(redact(resource));
}

describe('an object as it may be shown', () => {
  it('keeps the keys of a Secret, not its values nor copies of them', () => {
    const text = shown(`apiVersion: v1
kind: Secret
metadata:
  name: db
  namespace: shop
  annotations: { kubectl.kubernetes.io/last-applied-configuration: '{"stringData":{"password":"hunter2"}}', note: hunter2 }
type: Opaque
stringData: { username: app, password: hunter2 }
data: { token: aHVudGVyMg== }
`);
    expect(text).toBe(`apiVersion: v1
kind: Secret
metadata:
  name: db
  namespace: shop
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: (hidden)
    note: (hidden)
type: Opaque
stringData:
  username: (hidden)
  password: (hidden)
data:
  token: (hidden)
`);
  });

  it('hides all that SOPS has encrypted', () => {
    const text = shown(`apiVersion: v1
kind: ConfigMap
metadata: { name: db, namespace: shop }
data: { host: 'ENC[AES256_GCM,data:abc=,iv:x=,tag:y=,type:str]' }
sops: { mac: 'ENC[AES256_GCM,data:abc=,iv:x=,tag:y=,type:str]', version: 3.9.0 }
`);
    expect(text).toContain('host: (hidden)');
    expect(text).not.toContain('ENC[');
  });

  it.each([
    [
      'a variable of a container',
      'spec: { containers: [{ name: a, env: [{ name: DB_PASSWORD, value: correcthorse }] }] }',
      'correcthorse',
    ],
    ['an argument', 'spec: { containers: [{ name: a, args: ["--db-password=correcthorse"] }] }', 'correcthorse'],
    [
      'an argument behind its option',
      'spec: { containers: [{ name: a, args: ["--verbose", "--db-password", "correcthorse"] }] }',
      'correcthorse',
    ],
    ['a shell command', 'spec: { command: ["sh", "-c", "PGPASSWORD=correcthorse psql"] }', 'correcthorse'],
    [
      'a header',
      'spec: { httpGet: { httpHeaders: [{ name: Authorization, value: Bearer correcthorse }] } }',
      'correcthorse',
    ],
    ['a header of a command', `spec: { args: ['curl -H "Authorization: Bearer correcthorse" x'] }`, 'correcthorse'],
    ['a variable of Flux', 'spec: { postBuild: { substitute: { DBPASS: correcthorse } } }', 'correcthorse'],
    ['an address without a user', 'data: { url: "redis://:correcthorse@cache" }', 'correcthorse'],
    ['a patch', 'spec: { patch: "value: {password: correcthorse}" }', 'correcthorse'],
    ['a field of a chart', 'spec: { values: { auth: { adminPassword: correcthorse } } }', 'correcthorse'],
    ['a field, though it looks like a name', 'spec: { values: { password: correct-horse } }', 'correct-horse'],
    ['a field, though it is a number', 'spec: { values: { password: 987654 } }', '987654'],
    ['a file in base64', 'binaryData: { key: Y29ycmVjdGhvcnNl }', 'Y29ycmVjdGhvcnNl'],
    ['an address', 'data: { url: "postgres://app:correcthorse@db/shop" }', 'correcthorse'],
    ['a line of a file', 'data: { app.yaml: "db:\\n  host: db\\n  password: correcthorse\\n" }', 'correcthorse'],
    [
      'a map of which a chart makes a Secret',
      'spec: { values: { secret: { data: { z: correcthorse } } } }',
      'correcthorse',
    ],
    ['another', 'spec: { values: { extraSecretEnvVars: { z: correcthorse } } }', 'correcthorse'],
    ['an argument of redis-cli', 'spec: { command: [redis-cli, -a, correcthorse, ping] }', 'correcthorse'],
    ["a generator's literal without a key", 'secretGenerator: [{ literals: [correcthorse] }]', 'correcthorse'],
    [
      'what is put into Secrets',
      'replacements: [{ sourceValue: correcthorse, targets: [{ select: { kind: Secret } }] }]',
      'correcthorse',
    ],
    [
      'defaults within defaults, however deep',
      `data: { a: "${'${A:-'.repeat(9000)}${'}'.repeat(9000)} password=correcthorse" }`,
      'correcthorse',
    ],
    ['the default of a variable', 'data: { host: "${DB_TOKEN:-correct-h0rse-X}" }', 'h0rse'],
    ['an address that is signed', 'data: { url: "https://x.example.org/a?se=1&sig=correcth0rse4X" }', 'h0rse'],
    ['a rule of Redis', 'data: { users.acl: "user app on >correcthorse ~* +@all" }', 'correcthorse'],
    ['an option of curl', 'data: { a.sh: "curl -uapp:correcthorse https://x.example.org" }', 'correcthorse'],
    ['a token anywhere', `data: { note: "ghp_${'a1'.repeat(18)}" }`, 'a1a1'],
  ])('hides a literal credential in %s', (_, fields, secret) => {
    const text = shown(object('v1', 'ConfigMap', 'x', fields));
    expect(text).toContain('(hidden)');
    expect(text).not.toContain(secret);
  });

  it('shows what is filled in, and what only refers', () => {
    const pod = object(
      'v1',
      'Pod',
      'p',
      'spec: { containers: [{ name: a, env: [{ name: DB_PASSWORD, valueFrom: { secretKeyRef: { name: db-secret, key: password } } }] }] }',
    );
    expect(shown(pod)).not.toContain('(hidden)');
    const map = object(
      'v1',
      'ConfigMap',
      'm',
      'data: { DB_PASSWORD: "{{ .password }}", existingSecret: db-secret, app.yaml: "password: ${PASSWORD}\\nuser: app\\n" }',
    );
    expect(shown(map)).not.toContain('(hidden)');
  });

  it('shows what only names a credential', () => {
    const fields =
      'spec: { data: [{ secretKey: username, remoteRef: { key: shop/db, property: password } }], target: { name: db-secret } }';
    expect(shown(object('external-secrets.io/v1', 'ExternalSecret', 'db', fields))).not.toContain('(hidden)');
  });

  it('hides what stores and generators for tests hand out', () => {
    const store = 'spec: { provider: { fake: { data: [{ key: a, value: b }] } } }';
    const generator = 'spec: { data: { a: b } }';
    expect(shown(object('external-secrets.io/v1', 'SecretStore', 's', store))).toContain('value: (hidden)');
    expect(shown(object('generators.external-secrets.io/v1alpha1', 'Fake', 'f', generator))).toContain('a: (hidden)');
  });
});
