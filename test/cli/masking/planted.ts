/** Files by path. */
export type Texts = { readonly [path: string]: string };

/** What stands at each place where a credential may, told from all else by how it begins. */
export type Plant = (place: string) => string;

/** In every planted value, and in its base64. */
export const marks = /Zq7x|ZQ7X|WnE3e|Zqmark/;

/** One of two generations of values, so that a comparison finds each changed. */
export const plant =
  (generation: 'a' | 'b'): Plant =>
  (place) =>
    `Zq7x${generation}${place.replace(/\W/g, '')}9K`;

/** As long as a token is. */
const long = (text: string) => text.padEnd(40, 'Q4w');

const object = (kind: string, name: string, fields: string, apiVersion = 'v1') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: shop\n${fields}`;

/** A ConfigMap with a fault before and behind what it holds, whose lines are shown. */
const map = (name: string, entry: string) =>
  object('ConfigMap', name, `data:\n  BEFORE: 1\n  ${entry.replaceAll('\n', '\n  ')}\n  BEHIND: 2\n`);

const pod = (name: string, fields: string) =>
  object(
    'Pod',
    name,
    `spec:\n  containers:\n    - name: main\n      image: x\n      ${fields.replaceAll('\n', '\n      ')}\n      misfit: 1\n`,
  );

const release = (name: string, values: string) =>
  object(
    'HelmRelease',
    name,
    `spec:\n  interval: 1h\n  chart: { spec: { chart: x, sourceRef: { kind: HelmRepository, name: x } } }\n  values:\n    ${values.replaceAll('\n', '\n    ')}\n  suspend: "yes"\n`,
    'helm.toolkit.fluxcd.io/v2',
  );

/** An object for each place, by name. */
export function planted(of: Plant): Texts {
  const texts: { [name: string]: string } = {
    'key-password': map('key-password', `DB_PASSWORD: ${of('kp')}`),
    'key-api': map('key-api', `SIGNING_KEY: ${of('ka')}`),
    'key-any': map('key-any', `FOO_KEY: ${of('kn')}`),
    'key-pw': map('key-pw', `ADMIN_PW: ${of('kw')}`),
    'key-number': map('key-number', `PASSWORD_2: ${of('k2')}`),
    'key-camel': release('key-camel', `adminPassword: ${of('kc')}`),
    'key-list': release('key-list', `tokens:\n  - ${of('kl')}`),
    'key-value': release('key-value', `adminPassword:\n  value: ${of('kv')}`),
    'key-secrets': release('key-secrets', `secrets:\n  db: ${of('ks')}\n  more:\n    any: ${of('kt')}`),
    'values-string-data': release('values-string-data', `extra:\n  - stringData:\n      any: ${of('vs')}`),
    'values-secret': release(
      'values-secret',
      `extraObjects:\n  - apiVersion: v1\n    kind: Secret\n    metadata: { name: x }\n    data:\n      any: ${of('vo')}`,
    ),
    'values-text': release(
      'values-text',
      `text: |\n  apiVersion: v1\n  kind: Secret\n  metadata: { name: x }\n  stringData:\n    any: ${of('vt')}`,
    ),
    'values-quoted': release('values-quoted', `password: "${of('vq')}\n  ${of('vr')}"`),
    'values-folded': release('values-folded', `password: >-\n  ${of('vf')}\n  ${of('vg')}`),
    'value-comment': map('value-comment', `a: b # password: ${of('vc')}`),
    env: pod('env', `env:\n  - name: DB_PASSWORD\n    value: ${of('en')}\n    valeu: 1`),
    args: pod('args', `args:\n  - --verbose\n  - --password\n  - ${of('ar')}\n  - 3`),
    'args-joined': pod('args-joined', `args:\n  - --db-password=${of('aj')}\n  - 3`),
    'args-short': pod('args-short', `command:\n  - mysql\n  - -p${of('as')}\n  - 3`),
    'args-user': pod('args-user', `command:\n  - curl\n  - -u\n  - app:${of('au')}\n  - 3`),
    shell: pod(
      'shell',
      `command:\n  - sh\n  - -c\n  - |\n    export API_KEY=${of('sh')}\n    curl -u app:${of('sc')} http://x\n    mysql -p${of('sm')} -h db\n    psql -c "ALTER USER a PASSWORD '${of('sp')}'"\n    run --password ${of('sl')} --token=${of('st')}\n    sshpass -p ${of('ss')} ssh x\n    echo ${of('se')} | docker login --password-stdin\n  - 3`,
    ),
    header: pod(
      'header',
      `livenessProbe:\n  httpGet:\n    port: 1\n    path: /health?token=${of('hp')}\n    httpHeaders:\n      - name: Authorization\n        value: Bearer ${of('he')}\n        misfit: 1`,
    ),
    'args-pair': pod('args-pair', `command:\n  - curl\n  - --user\n  - app:${of('ap')}\n  - 3`),
    'args-client': pod('args-client', `command:\n  - /bin/mysqldump\n  - -pZqmark${of('ac').charAt(4)}word\n  - 3`),
    xml: map(
      'xml',
      `x.xml: |\n  <db><password>${of('xp')}</password></db>\n  <property name="db.password" value="${of('xa')}"/>`,
    ),
    php: map('php', `x.php: |\n  define('DB_PASSWORD', '${of('ph')}');`),
    words: map('words', `x.conf: |\n  smtp_password ${of('wo')};\n  port 25`),
    'templated-secret': map(
      'templated-secret',
      `x.tpl: |\n  {{- if .x }}\n  apiVersion: v1\n  data:\n    any: ${of('ts')}\n  kind: Secret\n  {{- end }}`,
    ),
    default: map(
      'default',
      `x: \${DB_PASSWORD:=${of('de')}}\ny: \${DB_PASSWORD:-${of('df')}} and more\nz: \${ ${of('dg').slice(0, 0)}}`,
    ),
    sql: map(
      'sql',
      `init.sql: |\n  CREATE USER app IDENTIFIED BY '${of('sq')}';\n  ALTER ROLE app WITH ENCRYPTED PASSWORD '${of('sr')}';`,
    ),
    redis: map('redis', `redis.conf: |\n  requirepass ${of('rd')}\n  port 6379`),
    netrc: map('netrc', `netrc: |\n  machine x login y password ${of('nr')}`),
    properties: map('properties', `app.properties: |\n  spring.datasource.password=${of('pr')}\n  host=db`),
    ini: map('ini', `app.ini: |\n  [db]\n  password = ${of('in')} and more\n  host = db`),
    'json-text': map(
      'json-text',
      `app.json: '{"db": {"password": "${of('jt')}", "host": "db"}, "env": [{"name": "TOKEN", "value": "${of('ju')}"}]}'`,
    ),
    'yaml-text': map(
      'yaml-text',
      `app.yaml: |\n  db:\n    password: ${of('yt')}\n  env:\n    - name: API_TOKEN\n      value: ${of('yu')}\n  secrets:\n    any: ${of('yv')}`,
    ),
    docker: map('docker', `config.json: '{"auths": {"x.io": {"auth": "${of('dk')}"}}}'`),
    url: map('url', `url: postgres://app:${of('ur')}@db/shop`),
    dsn: map('dsn', `dsn: app:${of('ds')}@tcp(db:3306)/shop`),
    jdbc: map('jdbc', `jdbc: jdbc:postgresql://db/shop?user=app&password=${of('jd')}`),
    ado: map('ado', `ado: Server=db;User=app;Password=${of('ad')};Database=x`),
    query: map('query', `hook: https://x.example/in?token=${of('qu')}&a=b`),
    slack: map('slack', `hook: https://hooks.slack.com/services/T000/B000/${of('sk')}`),
    discord: map('discord', `hook: https://discord.com/api/webhooks/123456/${of('di')}`),
    pem: map(
      'pem',
      `k: |\n  -----BEGIN RSA PRIVATE KEY-----\n  ${of('p1')}\n  ${of('p2')}\n  -----END RSA PRIVATE KEY-----`,
    ),
    'pem-quoted': map('pem-quoted', `k: "-----BEGIN PRIVATE KEY-----\n  ${of('p3')}\n  ${of('p4')}"`),
    jwt: map('jwt', `note: 'as eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.${of('jw')} says'`),
    github: map('github', `note: see ghp_${long(of('gh'))}`),
    'github-pat': map('github-pat', `note: see github_pat_${long(of('gp'))}`),
    gitlab: map('gitlab', `note: see glpat-${long(of('gl'))}`),
    'slack-token': map('slack-token', `note: see xoxb-${long(of('sx'))}`),
    openai: map('openai', `note: see sk-proj-${long(of('oa'))}`),
    vault: map('vault', `note: see hvs.${long(of('va'))}`),
    npm: map('npm', `note: see npm_${long(of('np'))}`),
    'docker-pat': map('docker-pat', `note: see dckr_pat_${long(of('dp'))}`),
    google: map('google', `note: see AIza${long(of('go'))}`),
    age: map('age', `note: AGE-SECRET-KEY-1${long(of('ag')).toUpperCase()}`),
    secret: object(
      'Secret',
      'secret',
      `stringData:\n  any: ${of('se1')}\ndata:\n  other: ${Buffer.from(of('se2')).toString('base64')}\nmisfit: 1\n`,
    ),
    'secret-annotated': `apiVersion: v1\nkind: Secret\nmetadata:\n  name: annotated\n  namespace: shop\n  annotations:\n    note: ${of('sa')}\n  labels:\n    note: ${of('sb')}\nmisfit: 1\n`,
    'secret-misspelt': object('Secert', 'misspelt', `stringData:\n  any: ${of('sy')}\ndata:\n  other: ${of('sz')}\n`),
    sops: object(
      'ConfigMap',
      'sops',
      `data:\n  any: ENC[AES256_GCM,data:${of('so')},iv:x,tag:y,type:str]\n  BEHIND: 2\nsops:\n  mac: ENC[AES256_GCM,data:${of('sp2')},type:str]\n  version: 3.9.0\n`,
    ),
    sealed: object(
      'SealedSecret',
      'sealed',
      `spec:\n  encryptedData:\n    any: ${of('sd')}\n  misfit: 1\n`,
      'bitnami.com/v1alpha1',
    ),
    binary: object(
      'ConfigMap',
      'binary',
      `binaryData:\n  any: ${Buffer.from(of('bi')).toString('base64')}\ndata:\n  BEHIND: 2\n`,
    ),
    applied: object('ConfigMap', 'applied', `data:\n  BEHIND: 2\n`).replace(
      '  namespace',
      `  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: '{"data":{"any":"${of('la')}"}}'\n  namespace`,
    ),
    fake: object(
      'Fake',
      'fake',
      `spec:\n  data:\n    any: ${of('fa')}\n  misfit: 1\n`,
      'generators.external-secrets.io/v1alpha1',
    ),
    'cluster-generator': object(
      'ClusterGenerator',
      'cluster-generator',
      `spec:\n  kind: Fake\n  generator:\n    fakeSpec:\n      data:\n        any: ${of('cg')}\n  misfit: 1\n`,
      'generators.external-secrets.io/v1alpha1',
    ),
    'fake-store': object(
      'SecretStore',
      'fake-store',
      `spec:\n  provider:\n    fake:\n      data:\n        - key: a\n          value: ${of('fs')}\n  misfit: 1\n`,
      'external-secrets.io/v1',
    ),
    'vault-store': object(
      'SecretStore',
      'vault-store',
      `spec:\n  provider:\n    vault:\n      server: https://bot:${of('vu')}@vault.example\n      path: kv\n      auth: { kubernetes: { mountPath: kubernetes, role: shop } }\n  misfit: 1\n`,
      'external-secrets.io/v1',
    ),
    external: object(
      'ExternalSecret',
      'external',
      `spec:\n  secretStoreRef: { name: vault-store }\n  data:\n    - secretKey: a\n      remoteRef: { key: shop, property: a }\n  target:\n    name: external\n    template:\n      data:\n        password: "${of('et')}{{ .a }}"\n        token: '{{ index . "a" | default "${of('ed')}" }}'\n  misfit: 1\n`,
      'external-secrets.io/v1',
    ),
    'patched-by-flux': object(
      'Kustomization',
      'patched',
      `spec:\n  interval: 1h\n  path: ./none\n  prune: true\n  sourceRef: { kind: GitRepository, name: x }\n  patches:\n    - target: { kind: Secret }\n      patch: |\n        - op: replace\n          path: /data/any\n          value: ${of('pf')}\n    - target: { kind: HelmRelease }\n      patch: |\n        - op: replace\n          path: /spec/values/adminPassword\n          value: ${of('pg')}\n  misfit: 1\n`,
      'kustomize.toolkit.fluxcd.io/v1',
    ),
    filled: map(
      'filled',
      `dsn: "user:\${FILLED_PASSWORD}@x"\n\${FILLED_PASSWORD}: \${FILLED_PASSWORD}\nnumber: \${FILLED_PASSWORD}\nloud: \${FILLED_PASSWORD^^}\ncut: \${FILLED_PASSWORD:0:7}`,
    ),
    source: object(
      'GitRepository',
      'x',
      `spec:\n  interval: 1h\n  url: https://bot:${of('gr')}@git.example/x\n  misfit: 1\n`,
      'source.toolkit.fluxcd.io/v1',
    ),
  };
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [`app/${name}.yaml`, text]));
}

/** The same where no object can be read: a mistake before and behind what each holds. */
export function broken(of: Plant): Texts {
  return Object.fromEntries(
    Object.entries(planted(of)).flatMap(([path, text]) => [
      [
        path.replace('.yaml', '-first.yaml'),
        text.replace(/\n(\s*)(data|stringData|spec|metadata):/, '\n$1a: b: c\n$1$2:'),
      ],
      [path.replace('.yaml', '-last.yaml'), `${text}  a: b: c\n`],
      [path.replace('.yaml', '-quote.yaml'), `${text}"a": "b\n`],
      // Each line in its turn begins a little further in than it should.
      ...text
        .split('\n')
        .slice(5, 12)
        .map((_, i) => [
          path.replace('.yaml', `-${i}.yaml`),
          text
            .split('\n')
            .map((line, at) => (at === i + 5 ? ` ${line}` : line))
            .join('\n'),
        ]),
    ]),
  );
}

/** What Flux applies the objects by, and a folder that does not build. */
export function surroundings(of: Plant): Texts {
  return {
    'ks.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec:
  interval: 1h
  prune: true
  path: ./app
  sourceRef: { kind: GitRepository, name: flux-system }
  postBuild:
    substitute:
      FILLED_PASSWORD: ${of('fi')}
      OTHER: postgres://app:${of('fo')}@db
  misfit: 1
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: gen, namespace: flux-system }
spec: { interval: 1h, prune: true, path: ./gen, sourceRef: { kind: GitRepository, name: flux-system } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: failing, namespace: flux-system }
spec: { interval: 1h, prune: true, path: ./failing, sourceRef: { kind: GitRepository, name: flux-system } }
`,
    'gen/kustomization.yaml': `namespace: shop
secretGenerator:
  - name: literal
    literals:
      - any=${of('ge')}
      - more=${of('gf')}
  - name: read
    files: [login.txt]
  - name: envs
    envs: [login.env]
configMapGenerator:
  - name: settings
    literals:
      - DB_PASSWORD=${of('gm')}
      - url=postgres://a:${of('gu')}@db
misfit: 1
`,
    'gen/login.txt': `${of('gt')}\n`,
    'gen/login.env': `ANY=${of('gv')}\n`,
    'failing/kustomization.yaml': `resources: [none.yaml, "https://bot:${of('fr')}@git.example/base"]
configMapGenerator:
  - name: a
    literals:
      - DB_PASSWORD=${of('fl')}
      - ${of('fm').slice(0, 0)}nope
secretGenerator:
  - name: b
    literals:
      - any=${of('fn')}
      - nope
patches:
  - target: { kind: Secret }
    patch: |
      - op: replace
        path: /stringData/any
        value: ${of('fp')}
      - op: nope
`,
  };
}
