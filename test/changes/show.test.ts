import fc from 'fast-check';
import { makeReview } from '../../lib/changes/make-review';
import { fluxKustomization, object } from '../graph/graph';
import { kustomization } from '../tree/kustomize/memory';
import { checked, deployment, fieldsOf, reviewOf, shop, source } from './review-of';

const fields = (before: string, after: string) => fieldsOf(shop(before), shop(after));

describe('values of Secrets', () => {
  const secret = (value: string, field = 'stringData') =>
    object('v1', 'Secret', 'keys', `${field}: { password: ${value} }`);

  test('are hidden', () => {
    expect(fields(secret('hunter2'), secret('hunter3'))).toEqual([
      'Secret shop/keys stringData.password: (hidden) → (hidden)',
    ]);
    expect(fields(secret('aHVudGVyMg==', 'data'), secret('aHVudGVyMw==', 'data'))).toEqual([
      'Secret shop/keys data.password: (hidden) → (hidden)',
    ]);
    expect(fields(object('v1', 'Secret', 'keys'), secret('hunter2'))).toEqual([
      'Secret shop/keys stringData: - → password: (hidden)',
    ]);
  });

  test('are hidden wherever else they are', () => {
    const settings = (value: string) => object('v1', 'ConfigMap', 'settings', `data: { url: '${value}' }`);
    expect(fields(secret('hunter2') + settings('x'), secret('hunter2') + settings('http://a/?key=hunter2'))).toEqual([
      'ConfigMap shop/settings data.url: x → http://a/?key=(hidden)',
    ]);
    // In base64, and in a text of many lines.
    expect(fields(secret('hunter2') + settings('x'), secret('hunter2') + settings('aHVudGVyMg=='))).toEqual([
      'ConfigMap shop/settings data.url: x → (hidden)',
    ]);
    expect(fields(secret('hunter2') + settings('a\n\nb'), secret('hunter2') + settings('a\n\nx hunter2'))).toEqual([
      'ConfigMap shop/settings data.url:  a | -b | +x (hidden)',
    ]);
  });

  test('are shown where they are the names of objects, too', () => {
    expect(
      fields(secret('shop') + deployment(), secret('shop') + deployment().replace('acme/shop:1', 'acme/shop:2')),
    ).toEqual(['Deployment shop/shop spec.template.spec.containers[shop].image: acme/shop:1 → acme/shop:2']);
  });

  test('are hidden in what kubectl has noted', () => {
    const noted = (value: string) =>
      object('v1', 'ConfigMap', 'a').replace(
        'name: a,',
        `name: a, annotations: { kubectl.kubernetes.io/last-applied-configuration: '{"data":"${value}"}' },`,
      );
    expect(fields(noted('one'), noted('two'))).toEqual([
      'ConfigMap shop/a metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"]: (hidden) → (hidden)',
    ]);
    expect(fields(object('v1', 'ConfigMap', 'a'), noted('two'))).toEqual([
      'ConfigMap shop/a metadata.annotations: - → kubectl.kubernetes.io/last-applied-configuration: (hidden)',
    ]);
  });

  test('are hidden where SOPS has encrypted them', () => {
    const encrypted = (value: string) => `---
apiVersion: example.com/v1
kind: Thing
metadata: { name: a, namespace: shop }
spec: { key: 'ENC[AES256_GCM,data:${value},iv:x,tag:x,type:str]', note: plain ${value} }
sops: { mac: 'ENC[AES256_GCM,data:${value},iv:x,tag:x,type:str]', version: 3.9.0 }
`;
    expect(fields(encrypted('abc'), encrypted('def'))).toEqual([
      'Thing shop/a spec.key: (hidden) → (hidden)',
      'Thing shop/a spec.note: (hidden) → (hidden)',
      'Thing shop/a sops.mac: (hidden) → (hidden)',
    ]);
  });
});

describe('credentials in plain text', () => {
  const env = (name: string, value: string) => deployment(`env: [{ name: ${name}, value: '${value}' }]`);

  test('are hidden in variables', () => {
    expect(fields(env('DB_PASSWORD', 'one'), env('DB_PASSWORD', 'two'))).toEqual([
      'Deployment shop/shop spec.template.spec.containers[shop].env[DB_PASSWORD].value: (hidden) → (hidden)',
    ]);
    expect(fields(deployment(), env('DB_PASSWORD', 'correct horse'))).toEqual([
      `Deployment shop/shop spec.template.spec.containers[shop].env: - → - name: DB_PASSWORD
  value: (hidden)`,
    ]);
    expect(
      fields(
        env('DATABASE_URL', 'postgres://a:onetwothree@db/x'),
        env('DATABASE_URL', 'postgres://a:fourfivesix@db/x'),
      ),
    ).toEqual([
      'Deployment shop/shop spec.template.spec.containers[shop].env[DATABASE_URL].value: postgres://a:(hidden)@db/x → postgres://a:(hidden)@db/x',
    ]);
  });

  test('are hidden in arguments', () => {
    const args = (...items: string[]) => deployment(`args: [${items.map((item) => `'${item}'`).join(', ')}]`);
    expect(fields(deployment(), args('--password', 'onetwothree', '--token=fourfivesix', '--verbose'))).toEqual([
      `Deployment shop/shop spec.template.spec.containers[shop].args: - → - --password
- (hidden)
- --token=(hidden)
- --verbose`,
    ]);
  });

  test('are hidden in values of charts', () => {
    const release = (values: string) =>
      object(
        'helm.toolkit.fluxcd.io/v2',
        'HelmRelease',
        'cache',
        `spec: { interval: 1h, chartRef: { kind: OCIRepository, name: cache }, values: ${values} }`,
      );
    expect(
      fields(
        release('{}'),
        release(
          '{ auth: { adminPassword: onetwothree, existingSecret: keys, enabled: true }, list: [{ name: api-key, value: fourfivesix }] }',
        ),
      ),
    ).toEqual([
      `HelmRelease shop/cache spec.values.auth: - → adminPassword: (hidden)
existingSecret: keys
enabled: true`,
      `HelmRelease shop/cache spec.values.list: - → - name: api-key
  value: (hidden)`,
    ]);
  });

  test('are hidden in texts of many lines', () => {
    const file = (text: string) =>
      object(
        'v1',
        'ConfigMap',
        'settings',
        `data:\n  app.yaml: |\n${text
          .split('\n')
          .map((line) => `    ${line}`)
          .join('\n')}`,
      );
    expect(
      fields(file('host: a\npassword: onetwothree\nport: 1'), file('host: b\npassword: "four five six"\nport: 1')),
    ).toEqual([
      'ConfigMap shop/settings data["app.yaml"]: -host: a | -password: (hidden) | +host: b | +password: (hidden) |  port: 1',
    ]);
    expect(
      fields(file('a: b'), file('a: b\n-----BEGIN PRIVATE KEY-----\nabcdef\nghijkl\n-----END PRIVATE KEY-----\nc: d')),
    ).toEqual(['ConfigMap shop/settings data["app.yaml"]:  a: b | +(hidden) | +c: d']);
  });

  test('are not taken for what only looks like one', () => {
    expect(fields(env('PASSWORD_FILE', '/run/one'), env('PASSWORD_FILE', '/run/two'))).toEqual([
      'Deployment shop/shop spec.template.spec.containers[shop].env[PASSWORD_FILE].value: /run/one → /run/two',
    ]);
    expect(fields(env('TOKEN', '/run/one'), env('TOKEN', '/run/two'))).toEqual([
      'Deployment shop/shop spec.template.spec.containers[shop].env[TOKEN].value: /run/one → /run/two',
    ]);
    expect(fields(env('SECRET_NAME', 'one'), env('SECRET_NAME', 'two'))).toEqual([
      'Deployment shop/shop spec.template.spec.containers[shop].env[SECRET_NAME].value: one → two',
    ]);
  });
});

describe('long values', () => {
  test('are cut, with how much is left', () => {
    const args = (count: number) =>
      deployment(`args: [${Array.from({ length: count }, (_, i) => `a${i}`).join(', ')}]`);
    const [line = ''] = fields(deployment(), args(100));
    expect(line.split('\n').length).toBe(41);
    expect(line).toMatch(/… 60 more lines$/);
    const [long = ''] = fields(deployment(), deployment(`args: ['${'x'.repeat(10_000)}']`));
    expect(long.length).toBeLessThan(400);
  });
});

describe('no secret value is ever shown', () => {
  const mark = fc.uuid().map((id) => `mark${id.replaceAll('-', '')}`);
  const places: readonly ((value: string) => string)[] = [
    (value) => object('v1', 'Secret', 'keys', `stringData: { a: ${value} }`),
    (value) => object('v1', 'Secret', 'keys', `data: { a: ${Buffer.from(value).toString('base64')} }`),
    (value) => object('v1', 'Secret', 'keys', `stringData: { file: "first line\\npassword=${value}\\nlast line" }`),
    (value) => deployment(`env: [{ name: API_TOKEN, value: ${value} }]`),
    (value) => deployment(`command: [run, --password, ${value}]`),
    (value) => deployment(`args: ['--api-key=${value}']`),
    (value) => object('v1', 'ConfigMap', 'settings', `data: { DB_PASSWORD: ${value} }`),
    (value) => object('v1', 'ConfigMap', 'settings', `data: { app.yaml: "a: b\\npassword: ${value}\\nc: d" }`),
    (value) => object('v1', 'ConfigMap', 'settings', `data: { url: 'postgres://a:${value}@db/x' }`),
    (value) =>
      object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'cache', `spec: { values: { auth: { password: ${value} } } }`),
    (value) =>
      object('v1', 'ConfigMap', 'a').replace(
        'name: a,',
        `name: a, annotations: { kubectl.kubernetes.io/last-applied-configuration: '{"a":"${value}"}' },`,
      ),
    (value) =>
      `---\napiVersion: v1\nkind: Secret\nmetadata: { name: keys, namespace: shop }\nstringData: { a: 'ENC[${value}]' }\nsops: { mac: ${value} }\n`,
    // What a plain Secret keeps, in another object, too.
    (value) =>
      object('v1', 'Secret', 'keys', `stringData: { a: ${value} }`) +
      object('v1', 'ConfigMap', 'settings', `data: { note: 'before ${value} after' }`) +
      deployment(`args: [${value}]`),
    (value) =>
      object(
        'external-secrets.io/v1',
        'ExternalSecret',
        'shop',
        `spec: { target: { template: { data: { password: ${value} } } } }`,
      ),
  ];
  const place = fc.constantFrom(...places.keys());

  test('whatever of it changes, comes or goes', () => {
    fc.assert(
      fc.property(place, place, mark, mark, (from, to, one, two) => {
        const sides = [
          shop(''),
          shop(places[from]?.(one) ?? ''),
          shop(places[from]?.(two) ?? ''),
          shop(places[to]?.(two) ?? ''),
        ].map(checked);
        for (const before of sides) {
          for (const after of sides) {
            const shown = JSON.stringify(makeReview({ ...before, name: 'before' }, { ...after, name: 'after' }));
            for (const secret of [one, two])
              expect([
                from,
                to,
                shown.includes(secret),
                shown.includes(Buffer.from(secret).toString('base64')),
              ]).toStrictEqual([from, to, false, false]);
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  test('whatever a variable of a Secret brings where', () => {
    const tree = (value: string) => ({
      'flux/source.yaml': source,
      'flux/ks.yaml': fluxKustomization(
        'shop',
        './shop',
        'postBuild: { substituteFrom: [{ kind: Secret, name: keys }] }',
      ),
      'flux/keys.yaml': object(
        'v1',
        'Secret',
        'keys',
        `stringData: { PASSWORD: ${value}, HOST: host-${value} }`,
        'flux-system',
      ),
      'shop/kustomization.yaml': kustomization(
        'namespace: shop',
        'resources: [shop.yaml]',
        `secretGenerator: [{ name: made, literals: [key=${value}] }]`,
      ),
      'shop/shop.yaml':
        deployment("args: ['${PASSWORD}', '--at=${HOST}']") +
        object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'shop', "spec: { hostnames: ['${HOST}'], rules: [] }"),
    });
    fc.assert(
      fc.property(mark, mark, (one, two) => {
        for (const [before, after] of [
          [{}, tree(one)],
          [tree(one), tree(two)],
          [tree(two), {}],
        ] as const) {
          const shown = JSON.stringify(reviewOf(before, after));
          expect([shown.includes(one), shown.includes(two)]).toStrictEqual([false, false]);
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('what only looks like a credential is shown', () => {
  test('the key of a Secret that External Secrets is to write', () => {
    const asked = (key: string) =>
      object(
        'external-secrets.io/v1',
        'ExternalSecret',
        'shop',
        `spec: { data: [{ secretKey: ${key}, remoteRef: { key: shop } }] }`,
      );
    expect(fields(asked('adminPassword'), asked('superuserPassword'))).toEqual([
      'ExternalSecret shop/shop spec.data[adminPassword]: secretKey: adminPassword\nremoteRef:\n  key: shop → -',
      'ExternalSecret shop/shop spec.data[superuserPassword]: - → secretKey: superuserPassword\nremoteRef:\n  key: shop',
    ]);
  });

  test('what people write for people', () => {
    const described = (text: string) =>
      object('v1', 'ConfigMap', 'a').replace('name: a,', `name: a, annotations: { espalier/keys: '${text}' },`);
    expect(
      fields(described('GH_TOKEN: Credential of the catalog'), described('GITHUB_TOKEN: Credential of it')),
    ).toEqual([
      'ConfigMap shop/a metadata.annotations["espalier/keys"]: "GH_TOKEN: Credential of the catalog" → "GITHUB_TOKEN: Credential of it"',
    ]);
  });
});
