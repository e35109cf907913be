import {
  Application,
  b64enc,
  basicAuth,
  dockerConfig,
  ExternalSecret,
  type ExternalSecretProps,
  sshAuth,
  type TemplateValues,
  tls,
  toJson,
  VaultStore,
} from '../../../lib';
import type { JsonObject } from '../../../lib/json/json';
import { emptyCluster, reader, refusal } from '../synthesize';

/*
 * Every text below went through the engine of External Secrets 2.9 (runtime/template/v2), with values that have quotes, line breaks, braces,
 * `$`, `%`, characters beyond ASCII and none at all: 6,735 renderings, each equal to what JavaScript makes of the same values.
 */

const vault = VaultStore.named('vault', { mount: 'kv' });
type Compose = (k: TemplateValues<string>) => { readonly type?: string; readonly data: Record<string, unknown> };

const keys = { required: ['user', 'password', 'tls-key'], optional: ['opt'], defaults: { level: 'in"fo' } };

function composed(template: Compose, more: object = {}, substitute?: Record<string, string>): JsonObject {
  const { app, cluster } = emptyCluster();
  const { directory } = new Application(
    cluster,
    'shop',
    substitute && { kustomization: { spec: { postBuild: { substitute } } } },
  );
  const props = { store: vault, extract: vault.path('shop'), ...keys, ...more, template };
  const { secret } = new ExternalSecret(
    directory,
    'it',
    props as unknown as ExternalSecretProps<'a', 'b', 'c', 'd', 'e'>,
  );
  const made = reader(app.tree()).find('ExternalSecret', 'it') as { spec: { target: { template: JsonObject } } };
  const written = made.spec.target.template;
  expect([...secret.keys].sort()).toEqual(Object.keys(written.data as JsonObject).sort());
  return written;
}

/** The text that one key gets. */
function text(make: (k: TemplateValues<string>) => unknown): unknown {
  return (composed((k) => ({ data: { made: make(k) } })).data as JsonObject).made;
}

test('a key is made of several: the Secret holds what the function returns, and no others', () => {
  expect(
    composed((k) => ({
      data: { DATABASE_URL: `postgres://${k.user?.urlEncode}:${k.password?.urlEncode}@db:5432/shop` },
    })),
  ).toEqual({
    engineVersion: 'v2',
    mergePolicy: 'Replace',
    data: {
      DATABASE_URL:
        'postgres://{{ .user | urlquery | replace "+" "%20" }}:{{ .password | urlquery | replace "+" "%20" }}@db:5432/shop',
    },
  });
});

const missing = '(or (hasKey (. | toJson | fromJson) "tls-key") (fail "key tls-key is missing"))';

test.each<[what: string, make: (k: TemplateValues<string>) => unknown, written: string]>([
  ['a value alone', (k) => k.user, '{{ .user }}'],
  ['values and texts', (k) => `${k.user}:${k.password}`, '{{ .user }}:{{ .password }}'],
  ['a key that is no identifier, and must be there', (k) => k['tls-key'], `{{ and ${missing} (index . "tls-key") }}`],
  ['a key that may be missing', (k) => k.opt, '{{ index . "opt" | default "" }}'],
  ['a key with a default', (k) => `${k.level}`, '{{ index . "level" | default "in\\"fo" }}'],
  ['base64 of a value', (k) => k.user?.b64enc, '{{ .user | b64enc }}'],
  [
    'base64 of several',
    (k) => b64enc(`${k.user}:${k.opt}`),
    '{{ print .user ":" (index . "opt" | default "") | b64enc }}',
  ],
  ['base64 of a text alone', () => b64enc('a'), '{{ "a" | b64enc }}'],
  ['one function after another', (k) => k.user?.b64dec.trim.toJson, '{{ .user | b64dec | trim | toJson }}'],
  ['any other function', (k) => k.user?.pipe('trunc 8'), '{{ .user | trunc 8 }}'],
  ['what looks like a template', () => 'a {{ .user }} {{{', 'a {{ "{{" }} .user }} {{ "{{{" }}'],
  ['a brace before a value', (k) => `{${k.user}}`, '{{ "{" }}{{ .user }}}'],
  ['braces before a value', (k) => `{{{${k.user}}}`, '{{ "{{{" }}{{ .user }}}}'],
  [
    'JSON',
    (k) => toJson({ a: k.user, b: [`x${k.opt}"`, 1, null, undefined], c: undefined }),
    '{"a":{{ .user | toJson }},"b":[{{ print "x" (index . "opt" | default "") "\\"" | toJson }},1,null,null]}',
  ],
  ['JSON whose names are values', (k) => toJson({ [`${k.user}`]: {} }), '{{ "{" }}{{ .user | toJson }}:{}}'],
  ['JSON without values', () => toJson({ '{{': { '"': '}}' } }), '{"{{ "{{" }}":{"\\"":"}}"}}'],
])('%s', (_, make, written) => {
  expect(text(make)).toBe(written);
});

test('a `$` reaches the cluster as it stands, where Flux replaces variables, too', () => {
  const make: Compose = (k) => ({ data: { made: `\${HOME} $$ ${k.user}` }, metadata: { annotations: { a: '${b}' } } });
  expect(composed(make)).toMatchObject({ data: { made: '${HOME} $$ {{ .user }}' } });
  expect(composed(make, {}, { CLUSTER: 'soyo' })).toMatchObject({
    data: { made: '$${HOME} $$$$ {{ .user }}' },
    metadata: { annotations: { a: '$${b}' } },
  });
});

test.each<[what: string, make: Compose, template: JsonObject]>([
  [
    'a login to a registry',
    (k) => dockerConfig({ registry: 'ghcr.io', username: 'acme-bot', password: k.password as never }),
    {
      type: 'kubernetes.io/dockerconfigjson',
      data: {
        '.dockerconfigjson':
          '{"auths":{"ghcr.io":{"username":"acme-bot","password":{{ .password | toJson }},"auth":{{ print "acme-bot:" .password | b64enc | toJson }}}}}',
      },
    },
  ],
  [
    'logins to several, one as Quay’s generator yields it',
    (k) =>
      dockerConfig(
        { registry: 'a.io', username: k.user as never, password: 'x' },
        { registry: k.user as never, auth: k.password as never },
      ),
    {
      type: 'kubernetes.io/dockerconfigjson',
      data: {
        '.dockerconfigjson':
          '{"auths":{"a.io":{"username":{{ .user | toJson }},"password":"x","auth":{{ print .user ":x" | b64enc | toJson }}},{{ .user | toJson }}:{"auth":{{ .password | toJson }}}}}',
      },
    },
  ],
  [
    'a certificate of two keys',
    (k) => tls({ certificate: k.user as never, key: k.password as never }),
    { type: 'kubernetes.io/tls', data: { 'tls.crt': '{{ .user }}', 'tls.key': '{{ .password }}' } },
  ],
  [
    'a certificate of one text of PEM, whatever its key is',
    (k) => tls({ pem: k.user as never }),
    {
      type: 'kubernetes.io/tls',
      data: {
        'tls.crt': '{{ or (filterPEM "CERTIFICATE" .user) (fail "no certificate in the PEM") }}',
        'tls.key':
          '{{ or (regexFind "(?s)-----BEGIN (RSA |EC )?PRIVATE KEY-----.*?-----END (RSA |EC )?PRIVATE KEY-----" .user) (fail "no private key in the PEM") }}',
      },
    },
  ],
  [
    'a certificate of a PKCS #12 archive',
    (k) => tls({ pkcs12: k.user?.b64dec as never }),
    {
      type: 'kubernetes.io/tls',
      data: {
        'tls.crt': '{{ pkcs12certPass "" (.user | b64dec) }}',
        'tls.key': '{{ pkcs12keyPass "" (.user | b64dec) }}',
      },
    },
  ],
  [
    'a certificate of a PKCS #12 archive with a password',
    (k) => tls({ pkcs12: k.user as never, password: k.password as never }),
    {
      type: 'kubernetes.io/tls',
      data: { 'tls.crt': '{{ pkcs12certPass .password .user }}', 'tls.key': '{{ pkcs12keyPass .password .user }}' },
    },
  ],
  [
    'a user and a password',
    (k) => basicAuth({ username: 'shop', password: k.password as never }),
    { type: 'kubernetes.io/basic-auth', data: { username: 'shop', password: '{{ .password }}' } },
  ],
  [
    'a key of SSH',
    (k) => sshAuth(k.password as never),
    { type: 'kubernetes.io/ssh-auth', data: { 'ssh-privatekey': '{{ .password }}' } },
  ],
])('a Secret of a type: %s', (_, make, template) => {
  expect(composed(make)).toEqual({ engineVersion: 'v2', mergePolicy: 'Replace', ...template });
});

test('labels and the rest of the properties stay beside it', () => {
  expect(composed((k) => ({ data: { ...k } }), { secretLabels: { a: 'b' }, type: 'x/y' })).toMatchObject({
    type: 'x/y',
    metadata: { labels: { a: 'b' } },
    data: { user: '{{ .user }}', opt: '{{ index . "opt" | default "" }}' },
  });
});

describe('refused', () => {
  const refused = (template: Compose) => refusal(() => composed(template)).replace(/^soyo\S*\//, '');

  test('a key that there is not', () => {
    expect(refused((k) => ({ data: { a: `${k.pasword}` } }))).toBe(
      'it: the key "pasword" in template. Allowed: one of the keys that its sources yield: user, password, tls-key, opt, level (did you mean "password"?). Example: required: ["pasword"] for a key of extract.',
    );
  });

  test.each<[string, Compose]>([
    ['encoded for a URL', (k) => ({ data: { a: encodeURIComponent(`${k.user}`) } })],
    ['in base64', (k) => ({ data: { a: Buffer.from(`${k.user}`).toString('base64') } })],
    ['in capitals', (k) => ({ data: { a: `${k.user}`.toUpperCase() } })],
    ['cut', (k) => ({ data: { a: `${k.user}`.slice(0, 4) } })],
    ['in JSON', (k) => ({ data: { a: JSON.stringify({ a: k.user }) } })],
  ])('a value that JavaScript has %s: it does not see it', (_, make) => {
    expect(refused(make)).toContain('what JavaScript makes of it is made before there is a value');
  });

  test.each<[string, Compose, string]>([
    [
      'a function that there is not',
      (k) => ({ data: { a: `${(k.user as never as { urlEncod: string }).urlEncod}` } }),
      'it: the function urlEncod of a value. Allowed: one of urlEncode, b64enc, b64dec, toJson, trim, pipe. Example: urlEncode.',
    ],
    [
      'a function that External Secrets has not',
      (k) => ({ data: { a: k.user?.pipe('b64encode') } }),
      'it: template.data.a is "{{ .user | b64encode }}". Allowed: functions that External Secrets has: there is no b64encode. Example: b64enc.',
    ],
    [
      'a function without one of its arguments',
      (k) => ({ data: { a: k.user?.pipe('trunc') } }),
      'it: template.data.a is "{{ .user | trunc }}". Allowed: a call of trunc with 2 arguments, of which the value is the last; it has 1. ' +
        "Example: k.name.pipe('trunc 8').",
    ],
    [
      'what Go cannot read',
      (k) => ({ data: { a: k.user?.pipe('trunc (8') } }),
      'it: template.data.a is "{{ .user | trunc (8 }}". Allowed: a template that Go can read: unclosed left paren. Example: trunc 8.',
    ],
    [
      'what is no text',
      () => ({ data: { a: 5 } }),
      'it: template.data.a is 5. Allowed: a text, or the value of a key. Example: k.password.',
    ],
    [
      'a login without a user',
      (k) => dockerConfig({ registry: 'a.io', user: 'b', password: k.user } as never) as never,
      'it: dockerConfig: username is not set. Allowed: a text, or the value of a key. Example: k.password.',
    ],
    [
      'no login',
      () => dockerConfig(),
      'it: dockerConfig: registry is not set. Allowed: a text, or the value of a key. Example: k.password.',
    ],
    [
      'a certificate without a key',
      (k) => tls({ certificate: k.user } as never) as never,
      'it: tls: key is not set. Allowed: a text, or the value of a key. Example: k.password.',
    ],
  ])('%s', (_, make, message) => {
    expect(refused(make)).toBe(message);
  });

  test('a function that returns no keys', () => {
    expect(refused(() => ({ data: {} }))).toContain(
      'a function that returns a template with the keys of the Secret in data',
    );
    expect(refused(() => 'a' as never)).toContain(
      'a function that returns a template with the keys of the Secret in data',
    );
  });
});
