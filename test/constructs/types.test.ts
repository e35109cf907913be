import { compile } from './compile';

/** A text with a place, what is right in it, and what is wrong. */
const slips: Record<string, [text: string, right: string, wrong: string][]> = {
  'a key': [
    ['db.key(§)', "'password'", "'pasword'"],
    ['app.key(§)', "'API_TOKEN'", "'API_TOKN'"],
    ['ecr.key(§)', "'proxy_endpoint'", "'endpoint'"],
    ['tls.key(§)', "'tls.crt'", "'tls.cert'"],
    ['sops.key(§)', "'TOKEN'", "'TOKN'"],
    ['settings.key(§)', "'LEVEL'", "'LEVL'"],
    [
      "new ExternalSecret(on, 'a', { ...from, template: (k) => ({ data: { URL: `x${§}` } }) })",
      'k.API_TOKEN',
      'k.API_TOKN',
    ],
    ["new Worker(on, 'a', { ...runs, env: { TOKEN: db.key(§) } })", "'password'", "'host'"],
  ],
  'a store form': [
    ["aws.at('shop/db', { § })", "property: 'password'", "propery: 'password'"],
    ['onepassword.at(§)', "'item/field'", "'item/field', { version: '2' }"],
    ['doppler.at(§)', "'TOKEN'", "'TOKEN', { property: 'a' }"],
    ['scaleway.at(§)', "'name:db'", "'db'"],
    ["new ExternalSecret(on, 'a', { store: doppler, data: { A: §.at('a') } })", 'doppler', 'aws'],
    ["new ExternalSecret(on, 'a', { store: vault, template: null, extract: § })", "vault.path('a')", "'a'"],
    [
      "new SecretStore(on, 'a', { § })",
      "doppler: { auth: { secretRef: { dopplerToken: db.key('password') } } }",
      'doppler: { auth: { secretRef: { dopplerToken: db } } }',
    ],
    ["new SecretStore(on, 'a', { aws: { service: 'SecretsManager', § } })", "region: 'a'", "regoin: 'a'"],
  ],
  'a chart value': [
    ["new HelmRelease(on, 'a', { chart, values: { § } })", 'replicas: 2', "replicas: '2'"],
    ["new HelmRelease(on, 'a', { chart, values: { § } })", 'replicas: 2', 'replica: 2'],
    [
      "new HelmRelease(on, 'a', { chart, values: { auth: { § } } })",
      "key: db.key('password')",
      "key: db.key('pasword')",
    ],
    ["new HelmRelease(on, 'a', { chart, values: { § } })", "mode: 'single'", "mode: 'double'"],
  ],
  'an enum': [
    ["new FluxKustomization(on, 'a', { deletionPolicy: § })", "'Orphan'", "'Keep'"],
    ["new HelmRelease(on, 'a', { chart, spec: { install: { crds: § } } })", "'Skip'", "'None'"],
    ["new HelmRelease(on, 'a', { chart, valuesFrom: [{ kind: §, name: db }] })", "'Secret'", "'Secrets'"],
    ["new ExternalSecret(on, 'a', { ...from, refreshPolicy: § })", "'OnChange'", "'Changed'"],
    ["new PushSecret(on, 'a', { secret: db, store: doppler, to: 'A', updatePolicy: § })", "'IfNotExists'", "'Never'"],
    ["new ClusterSecretStore(on, 'a', { aws: { region: 'a', service: § } })", "'ParameterStore'", "'Parameters'"],
    ["new CronTask(on, 'a', { ...runs, schedule: '@daily', concurrencyPolicy: § })", "'Forbid'", "'Deny'"],
    [
      "new Certificate(on, 'a', { spec: { secretName: 'a', issuerRef: { name: 'a' }, privateKey: { algorithm: § } } })",
      "'ECDSA'",
      "'DSA'",
    ],
    ["new Provider(on, 'a', { spec: { type: § } })", "'slack'", "'slak'"],
    ["new Pooler(on, 'a', { spec: { cluster: { name: 'a' }, pgbouncer: { poolMode: § } } })", "'session'", "'sesion'"],
  ],
};

test.each(Object.entries(slips))(
  '%s that is wrong does not compile, and the right one in its place does',
  (_, each) => {
    const prelude = [
      "import { Certificate, ClusterGenerator, ClusterSecretStore, ConfigMap, CronTask, type Directory, ExternalSecret, FluxKustomization, HelmRelease, type HelmText, type ImportedChart, Pooler, Provider, PushSecret, Secret, SecretStore, VaultStore, Worker, YamlFile } from '../../../lib';",
      "declare const on: Directory; const db = Secret.named('db', { keys: ['password'] });",
      "const aws = SecretStore.named('aws', { provider: 'aws' }), onepassword = SecretStore.named('op', { provider: 'onepasswordSDK' }), doppler = SecretStore.named('doppler', { provider: 'doppler' }), scaleway = SecretStore.named('scaleway', { provider: 'scaleway' }), vault = VaultStore.named('vault');",
      "const from = { store: vault, extract: vault.path('a'), required: ['API_TOKEN'] } as const, app = new ExternalSecret(on, 'app', from).secret;",
      "const ecr = ClusterGenerator.named('ecr', { kind: 'ECRAuthorizationToken' }), tls = new Certificate(on, 'tls', { spec: { secretName: 'a', issuerRef: { name: 'a' } } }).secret, sops = new YamlFile(on, 'a.yaml').secret('a', ['TOKEN']), settings = new ConfigMap(on, 'b', { data: { LEVEL: 'info' } });",
      "const runs = { image: 'a:1.0.0', resources: null };",
      "const chart: ImportedChart<{ readonly replicas?: number; readonly mode?: 'single' | 'cluster'; readonly auth?: { readonly key?: HelmText } }> = { oci: 'oci://example.org/shop', version: '1.0.0' };",
    ];
    const lines = each.flatMap(([text, ...values]) => values.map((one) => `${text.replace('§', () => one)};`));
    const refused = new Set(compile([...prelude, ...lines]).map((message) => Number(message.split(':')[0])));
    expect([...refused].map((line) => lines[line - 1 - prelude.length])).toEqual(lines.filter((_, i) => i % 2 === 1));
  },
);

test('the compiler knows the keys of Secrets, and what each construct takes', () => {
  const text = [
    "import { Application, type Cluster, ClusterGenerator, dockerConfig, ECRAuthorizationTokenGenerator, type ExternalSecrets, ExternalSecret, GeneratedSecret, PasswordGenerator, PushSecret, Secret, SSHKeyGenerator, tls, type VaultStore } from '../../../lib';",
    'declare const cluster: Cluster, eso: ExternalSecrets, vault: VaultStore, generator: PasswordGenerator;',
    "const shop = new Application(cluster, 'shop').directory;",
    "const db = new GeneratedSecret(shop, 'db', { operator: eso, generator, username: 'shop' }).secret;",
    "db.key('password');",
    "db.key('pasword');",
    "const config = new ExternalSecret(shop, 'a', { store: vault, extract: vault.app('shop', 'a'), required: ['A'], optional: ['B'], defaults: { C: 'x' }, data: { D: vault.path('d').property('d') } }).secret;",
    "config.key('A'), config.key('B'), config.key('C'), config.key('D');",
    "config.key('E');",
    "Secret.named('tls', { keys: ['tls.crt'] }).key('tls.key');",
    "new PushSecret(shop, 'p', { secret: db, store: vault, to: vault.app('shop', 'db'), properties: { password: 'pw' } });",
    "new PushSecret(shop, 'q', { secret: db, store: vault, to: vault.app('shop', 'db'), properties: { pasword: 'pw' } });",
    'const any: Secret = db;',
    "const described = new ExternalSecret(shop, 'e', { store: vault, extract: vault.app('shop', 'a'), required: { A: 'what A is for' }, optional: ['B'] }).secret;",
    "described.key('A'), described.key('B');",
    "described.key('length');",
    "const fewer: Secret<'password'> = db;",
    "const more: Secret<'password' | 'host'> = db;",
    "const app = { store: vault, extract: vault.app('shop', 'a'), required: ['user'], optional: { opt: 'what it is for' }, data: { pw: vault.path('b').property('c') } } as const;",
    "new ExternalSecret(shop, 'f', { ...app, template: (k) => ({ data: { URL: `${k.user}${k.pw.urlEncode}${k.opt}`, user: k.user } }) }).secret.key('URL');",
    "new ExternalSecret(shop, 'g', { ...app, template: (k) => ({ data: { URL: `${k.usr}` } }) });",
    "new ExternalSecret(shop, 'h', { ...app, template: (k) => ({ data: { URL: `${k.user}` } }) }).secret.key('user');",
    "new ExternalSecret(shop, 'i', { ...app, template: (k) => dockerConfig({ registry: 'a.io', username: k.user, password: k.pw }) }).secret.key('.dockerconfigjson');",
    "new ExternalSecret(shop, 'j', { ...app, template: (k) => tls({ certificate: k.user, key: k.pw }) }).secret.key('tls.pem');",
    "const ssh = new SSHKeyGenerator(shop, 'l', { spec: { keyType: 'ed25519', comment: 'a' } }), ecr = ClusterGenerator.named('ecr', { kind: 'ECRAuthorizationToken' });",
    "new ExternalSecret(shop, 'm', { store: null, data: { a: ssh.key('privateKey'), b: ecr.key('password') }, template: (k) => ({ data: { c: k.a, d: k.b } }) }).secret.key('c');",
    "ssh.key('privatekey'), generator.key('password'), new PasswordGenerator(shop, 'n', { secretKeys: ['pin'] }).key('pin');",
    "ecr.key('pasword');",
    "new SSHKeyGenerator(shop, 'o', { spec: { keyTyp: 'rsa' } });",
    "new ECRAuthorizationTokenGenerator(shop, 'p');",
    "new ClusterGenerator(shop, 'q', { kind: 'MFA', spec: { secret: { name: db, key: db.key('password') }, lenght: 6 } });",
    "new ClusterGenerator(shop, 'r', { kind: 'Mfa', spec: {} });",
    "const into = new ExternalSecret(shop, 's', { store: vault, into: db, data: { url: vault.path('b').property('c') } }).secret;",
    "into.key('url'), into.key('password'), into.key('pasword');",
    "new PushSecret(shop, 't', { secret: db, store: vault, to: vault.app('shop', 'db'), template: (k) => ({ data: { url: `${k.password}` } }), properties: { url: 'dsn', password: 'pw' } });",
    "new PushSecret(shop, 'u', { secret: db, store: vault, to: vault.app('shop', 'db'), template: (k) => ({ data: { url: `${k.pasword}` } }) });",
    "new PushSecret(shop, 'v', { secret: ssh, store: vault, to: vault.app('shop', 'db'), properties: { public: 'a' } });",
  ];
  const found = compile(text).map((message) => message.replace(/'(\{ readonly|"ACR).*?'(?=\.)/, '…'));
  expect(found).toEqual([
    `6: TS2345: Argument of type '"pasword"' is not assignable to parameter of type '"password" | "username"'.`,
    `9: TS2345: Argument of type '"E"' is not assignable to parameter of type '"A" | "B" | "C" | "D"'.`,
    `10: TS2345: Argument of type '"tls.key"' is not assignable to parameter of type '"tls.crt"'.`,
    `12: TS2561: Object literal may only specify known properties, but 'pasword' does not exist in type 'Readonly<Partial<Record<"password" | "username", string>>>'. Did you mean to write 'password'?`,
    `16: TS2345: Argument of type '"length"' is not assignable to parameter of type '"A" | "B"'.`,
    `18: TS2322: Type 'Secret<"password" | "username">' is not assignable to type 'Secret<"host" | "password">'.`,
    `21: TS2551: Property 'usr' does not exist on type 'TemplateValues<"opt" | "pw" | "user">'. Did you mean 'user'?`,
    `22: TS2345: Argument of type '"user"' is not assignable to parameter of type '"URL"'.`,
    `24: TS2345: Argument of type '"tls.pem"' is not assignable to parameter of type '"tls.crt" | "tls.key"'.`,
    `27: TS2345: Argument of type '"privatekey"' is not assignable to parameter of type '"privateKey" | "publicKey"'.`,
    `28: TS2345: Argument of type '"pasword"' is not assignable to parameter of type '"expires_at" | "password" | "proxy_endpoint" | "username"'.`,
    `29: TS2561: Object literal may only specify known properties, but 'keyTyp' does not exist in type …. Did you mean to write 'keyType'?`,
    `30: TS2554: Expected 3 arguments, but got 2.`,
    `31: TS2561: Object literal may only specify known properties, but 'lenght' does not exist in type …. Did you mean to write 'length'?`,
    `32: TS2820: Type '"Mfa"' is not assignable to type …. Did you mean '"MFA"'?`,
    `34: TS2345: Argument of type '"pasword"' is not assignable to parameter of type '"password" | "url" | "username"'.`,
    `36: TS2551: Property 'pasword' does not exist on type 'TemplateValues<"password" | "username">'. Did you mean 'password'?`,
    `37: TS2353: Object literal may only specify known properties, and 'public' does not exist in type 'Readonly<Partial<Record<"privateKey" | "publicKey", string>>>'.`,
  ]);
});

test('the compiler knows the keys of stores and of templates of one’s own', () => {
  const text = [
    "import { type Directory, ClusterSecretStore, CloudNativePg, ExternalSecret, HttpRoute, PostgresCluster, PushSecret, Secret, SecretStore, VaultStore } from '../../../lib';",
    "declare const on: Directory; const db = Secret.named('db', { keys: ['password'] });",
    "const op = SecretStore.named('op', { kind: 'ClusterSecretStore' }), vault = VaultStore.named('vault', { mount: 'secret', version: 'v1' });",
    "new ExternalSecret(on, 'a', { store: op, template: null, extract: 'app' }).secret.key('whatever');",
    "new ExternalSecret(on, 'b', { store: op, extract: 'app', template: { data: { URL: '{{ .url }}' } } }).secret.key('url');",
    "new ExternalSecret(on, 'c', { store: op, target: { name: 'c', template: { data: { URL: '' } } }, extract: 'app' }).secret.key('URL');",
    "new ExternalSecret(on, 'd', { store: op, template: null, extract: 'app', keys: ['A'], data: { B: 'b' } }).secret.key('C');",
    "new ExternalSecret(on, 'e', { store: op, template: null, extract: vault.path('a') });",
    "new ExternalSecret(on, 'f', { store: vault, template: null, extract: 'app' });",
    "new ExternalSecret(on, 'g', { store: op, template: null, data: { A: { key: 'a', verion: '1' } } });",
    "new ExternalSecret(on, 'h', { store: op, template: { dat: {} }, extract: 'a' });",
    "new ExternalSecret(on, 'i', { store: op, template: null, dataFrom: [{ find: { name: { regex: 'a' } } }] });",
    "new ExternalSecret(on, 'j', { store: op, template: null, dataFrom: [{ extract: vault.path('a'), sourceRef: { storeRef: op } }] });",
    "new ExternalSecret(on, 'k', { store: null, target: null, dataFrom: [{ extract: vault.path('a'), sourceRef: { storeRef: vault } }, { sourceRef: { generatorRef: { kind: 'ClusterGenerator', name: 'a' } } }] });",
    "new ExternalSecret(on, 'l', { store: { name: 'op' }, template: null, extract: 'a' });",
    "SecretStore.named('op', { kind: 'Store' });",
    "VaultStore.named('vault', { version: 'v3' });",
    "new PushSecret(on, 'm', { secret: db, store: op, to: vault.path('a') });",
    "new PushSecret(on, 'n', { secret: db, store: [op, op], to: 'a', properties: { pasword: 'a' } });",
    "new ClusterSecretStore(on, 'o', { provider: { onepasswort: {} } });",
    "new ClusterSecretStore(on, 'p', { provider: { onepasswordSDK: { vault: 'home', auth: { serviceAccountSecretRef: { name: db, key: db.key('password') } } } } });",
    "Secret.named('any').key('whatever');",
    "const db2 = new PostgresCluster(on, 'q', { operator: CloudNativePg.named(), credentials: null, storage: null, bootstrap: { initdb: { postInitSQL: ['a'], postInitSql: ['a'] } } });",
    "db2.app.key('uri'), db2.app.key('url');",
    "new PostgresCluster(on, 'r', { operator: CloudNativePg.named(), credentials: null, storage: null, bootstrap: { recover: {} } });",
    "new HttpRoute(on, 's', { hosts: null, gateway: { name: 'a' }, service: { nme: 'a', port: 80 } });",
    "new HttpRoute(on, 't', { hosts: null, gateway: { name: 'a', sectionname: 'b' }, rules: [{ matches: [{ pth: {} }] }] });",
  ];
  const lines = new Set(compile(text).map((message) => message.split(':')[0]));
  expect([...lines]).toEqual('5 7 8 9 10 11 12 13 15 16 17 18 19 20 24 25 26 27'.split(' '));
});

test('the compiler knows the values of an imported chart, and that another needs a version', () => {
  const text = [
    "import { type Cluster, HelmRelease, type HelmText, type ImportedChart, type PostgresCluster, Secret } from '../../../lib';",
    'declare const on: Cluster, db: PostgresCluster;',
    'interface Values { readonly replicas?: number | null; readonly auth?: { readonly secret?: HelmText; readonly host?: HelmText } }',
    "const chart: ImportedChart<Values> = { oci: 'oci://example.org/charts/shop', version: '1.0.0' };",
    "const secret = Secret.named('shop', { keys: ['password'] });",
    "new HelmRelease(on, 'a', { chart, values: { replicas: 2, auth: { secret, host: db.host('rw') } } });",
    "new HelmRelease(on, 'b', { chart, version: '1.0.1', values: { replicas: null, auth: { secret: secret.key('password') } } });",
    "new HelmRelease(on, 'c', { chart, values: { replicas: '2' } });",
    "new HelmRelease(on, 'd', { chart, values: { replica: 2 } });",
    "new HelmRelease(on, 'e', { chart, values: { auth: { secret: 5 } } });",
    "new HelmRelease(on, 'f', { chart, values: { auth: { secret: secret.key('pasword') } } });",
    "new HelmRelease(on, 'g', { chart, values: {}, spec: { values: { what: 'the types do not know' } } });",
    "new HelmRelease(on, 'h', { chart: { repository: 'https://example.org', name: 'shop' }, version: '1.0.0', values: { any: [secret] } });",
    "new HelmRelease(on, 'i', { chart: { repository: 'https://example.org', name: 'shop' }, values: { any: [secret] } });",
  ];
  const found = compile(text);
  expect(found.filter((message) => !message.includes(': TS2345') || /pasword/.test(message))).toEqual([
    "8: TS2322: Type 'string' is not assignable to type 'number'.",
    "9: TS2561: Object literal may only specify known properties, but 'replica' does not exist in type 'Values'. Did you mean to write 'replicas'?",
    "10: TS2322: Type 'number' is not assignable to type 'HelmText | undefined'.",
    `11: TS2345: Argument of type '"pasword"' is not assignable to parameter of type '"password"'.`,
  ]);
  expect(found.map((message) => message.split(':')[0])).toEqual(['8', '9', '10', '11', '14']);
});

test('the compiler takes null for every default of places and metadata, and nothing of another type', () => {
  const text = [
    "import { type App, Cluster, ConfigMap, Directory, File, type FluxKustomization, Namespace } from '../../../lib';",
    'declare const app: App;',
    "const bare = new Cluster(app, 'bare');",
    "const home = new Cluster(app, 'home', { sourceRoot: '.', root: null, writeNamespace: false });",
    "new Cluster(app, 'other', { organisation: 'a', environment: 'b', root: { annotations: { 'espalier/cluster': null } } });",
    'const organisation: string = bare.organisation, root: FluxKustomization = bare.root;',
    "const media = new Directory(home, 'apps/media', { kustomizationFile: null, namespace: 'media', writeNamespace: false, listed: false });",
    "home.inNamespace('web', { path: 'frontends', kustomizationFile: null, annotations: { 'kustomize.toolkit.fluxcd.io/prune': null } });",
    "const file = new File(media, 'jobs/all.yaml', { listed: false, comment: 'All jobs' });",
    "new ConfigMap(file, 'a', { data: { A: 'b' }, namespace: null, labels: { team: null }, annotations: { owner: null } });",
    "new ConfigMap(file, 'b', { data: { A: 'b' }, namespace: 5 });",
    "new ConfigMap(file, 'c', { data: { A: 'b' }, labels: { team: 5 } });",
    "new Directory(home, 'd', { kustomizationFile: 'none' });",
    "new Namespace(media, 'e', { namespace: 'f' });",
  ];
  const found = compile(text);
  expect(found).toEqual([
    expect.stringContaining("11: TS2322: Type 'number' is not assignable to type 'string'"),
    expect.stringContaining("12: TS2322: Type 'number' is not assignable to type 'string'"),
    expect.stringContaining("13: TS2322: Type 'string' is not assignable to type"),
    expect.stringContaining(
      "14: TS2353: Object literal may only specify known properties, and 'namespace' does not exist",
    ),
  ]);
});

test('a variable is of the type that its field has', () => {
  const text = [
    "import { type Directory, type HelmReleaseProps, PasswordGenerator, variable } from '../../../lib';",
    'declare const on: Directory;',
    "new PasswordGenerator(on, 'a', { length: variable('LENGTH'), digits: 5, noUpper: variable('NO_UPPER') });",
    "const host: string = `a.${variable('DOMAIN')}`;",
    "const props: HelmReleaseProps = { chart: null, spec: { suspend: variable('S'), chartRef: { kind: variable('K'), name: variable('N') } } };",
    "const text = variable('DOMAIN');",
    'text.length;',
    "const list: string[] = variable('DOMAIN');",
  ];
  expect(compile(text)).toEqual(["8: TS2322: Type 'string | number | boolean' is not assignable to type 'string[]'."]);
});

test('null takes a default away at any depth, and a chart of a source needs no version', () => {
  const text = [
    "import { CloudNativePg, type Cluster, ExternalSecrets, FluxKustomization, HelmRelease, OciRepository } from '../../../lib';",
    'declare const on: Cluster;',
    "new FluxKustomization(on, 'a', { interval: null, wait: null, dependsOn: { exactly: [on, { name: on, namespace: null }] } });",
    "new FluxKustomization(on, 'b', { spec: { sourceRef: { namespace: null }, healthCheckExprs: null } });",
    "new HelmRelease(on, 'c', { chart: { ref: OciRepository.named('x') }, spec: { install: null, upgrade: { crds: null } } });",
    "new HelmRelease(on, 'd', { chart: { oci: 'oci://x/y' }, version: { range: '1.x' } });",
    "new FluxKustomization(on, 'e', { dependsOn: { exactly: ['name'] } });",
    "new OciRepository(on, 'f', { spec: { interval: '1h' } });",
    "new CloudNativePg(on, { version: '0.29.0', description: null, values: null });",
    "new ExternalSecrets(on, { version: '2.9.0', description: null, values: { crds: null } });",
  ];
  expect(compile(text).map((message) => message.slice(0, 9))).toEqual(['7: TS2322', '8: TS2741']);
});
