import { fluxKustomization, object } from '../../graph/graph';
import { pageOf, pagesOfFolder, section } from './site';

const store = object(
  'external-secrets.io/v1',
  'ClusterSecretStore',
  'vault',
  'spec: { provider: { vault: { server: "https://vault.example", path: kv } } }',
  '',
);

/** What is said of the Vault path `kv/shop` that an ExternalSecret of this spec reads. */
function keys(spec: string, ...others: string[]): string {
  const page = pageOf({
    'clusters/home/shop.yaml': fluxKustomization('shop', './apps/shop', '', 'shop'),
    'apps/shop/all.yaml': [
      store,
      `---\napiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: config, namespace: shop }\nspec:\n  secretStoreRef: { kind: ClusterSecretStore, name: vault }\n  dataFrom: [{ extract: { key: shop } }]\n${spec}\n`,
      ...others,
    ].join(''),
  });
  const text = section(page, '### `kv/shop`');
  return text.slice(text.indexOf('\n\n') + 2);
}

test("soyo's keys are those of the specification", () => {
  const page = pagesOfFolder('dist').get('soyo/backstage.md') ?? '';
  const text = section(page, '### `kv/webgrip/prod/clusters/soyo/apps/backstage/app`');
  const found = (need: string) =>
    [...text.matchAll(new RegExp(`^\\| \`(\\w+)\` \\| ${need}`, 'gm'))].map(([, key]) => key);
  expect(found('required')).toEqual([
    'GITHUB_TOKEN',
    'AUTH_GITHUB_CLIENT_ID',
    'AUTH_GITHUB_CLIENT_SECRET',
    'GA_MEASUREMENT_ID',
    'OPENAPI_AI_KEY',
    'GITHUB_APP_ID',
    'GITHUB_APP_CLIENT_ID',
    'GITHUB_APP_CLIENT_SECRET',
    'GITHUB_APP_WEBHOOK_SECRET',
    'GITHUB_APP_PRIVATE_KEY',
    'BACKEND_SECRET',
  ]);
  expect(found('optional')).toEqual([
    'SENTRY_TOKEN',
    'NEW_RELIC_REST_API_KEY',
    'NEW_RELIC_USER_KEY',
    'K8S_SERVICE_ACCOUNT_TOKEN_BACKSTAGE',
    'K8S_CONFIG_CA_DATA',
    'POSTGRES_DB',
  ]);
});

test('what a template reads tells whether a key may be absent', () => {
  const data = {
    A: '{{ .needed }}',
    B: '{{ index . "maybe" | default "" }}',
    C: '{{ index . "level" | default "info" }}',
    D: '{{ .meant | default "" }}',
    E: '{{ if hasKey (. | toJson | fromJson) "tls-key" }}{{ index . "tls-key" }}{{ else }}{{ fail "gone" }}{{ end }}',
    F: 'postgres://{{ .needed }}',
  };
  expect(keys(`  target: { template: { data: ${JSON.stringify(data)} } }`)).toBe(
    `Expected keys (3 required, 2 optional):

| Key | Needed |
| --- | --- |
| \`meant\` | **required**: the template means it to be optional, but External Secrets fails without it (\`missingkey=error\`) |
| \`needed\` | required |
| \`tls-key\` | required |
| \`level\` | optional: \`info\` where it is absent |
| \`maybe\` | optional: empty where it is absent |`,
  );
});

test('without a template, the keys are those that something reads by name', () => {
  const reader = object(
    'apps/v1',
    'Deployment',
    'shop',
    'spec: { template: { spec: { containers: [{ name: shop, env: [{ name: T, valueFrom: { secretKeyRef: { name: config, key: token } } }, { name: U, valueFrom: { secretKeyRef: { name: config, key: user, optional: true } } }] }] } } }',
  );
  expect(keys('', reader)).toBe(
    `Expected keys (1 required, 1 optional):

| Key | Needed |
| --- | --- |
| \`token\` | required |
| \`user\` | optional |

Each of its keys becomes a key of the Secret, because there is no template; this list has those that something in the tree reads by name.`,
  );
});

test('a template that cannot be read, or takes everything, says so', () => {
  expect(keys('  target: { template: { data: { A: "{{ .a " } } }')).toBe(
    'One of the templates cannot be read: `espalier check` says why.',
  );
  expect(keys('  target: { template: { mergePolicy: Merge, data: { A: "{{ .a }}" } } }')).toContain(
    'All its other keys also become keys of the Secret (`mergePolicy: Merge`).',
  );
});

test('what keys are for is shown where the annotation says it', () => {
  const page = pageOf({
    'clusters/home/shop.yaml': fluxKustomization('shop', './apps/shop', '', 'shop'),
    'apps/shop/all.yaml': `${store}---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: config
  namespace: shop
  annotations:
    espalier/keys: |
      b: from the \`console\` of | the provider
      a: by hand
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: vault }
  dataFrom: [{ extract: { key: shop } }]
  target: { template: { data: { A: "{{ .a }}{{ .b }}{{ .c }}" } } }
`,
  });
  expect(
    section(page, '### `kv/shop`'),
  ).toContain(`| \`b\` | required | from the <code>console</code> of &#124; the provider |
| \`a\` | required | by hand |
| \`c\` | required |  |`);
});

test('single properties of one secret in Vault are one table', () => {
  const data = ['user', 'token'].map((property) => ({ secretKey: property, remoteRef: { key: 'shop', property } }));
  const text = keys(
    `  data: ${JSON.stringify(data)}\n  target: { template: { data: { A: "{{ .user }}{{ .more }}" } } }`,
  );
  expect(text).toBe(`Expected keys, all of them required:

| Key | Needed |
| --- | --- |
| \`more\` | required |
| \`token\` | required |
| \`user\` | required |`);
});
