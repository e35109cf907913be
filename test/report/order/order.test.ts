import { startOf } from '../../../lib/graph/start';
import { orderFormats } from '../../../lib/report/order';
import { toldOrder } from '../../../lib/report/order/told';
import { fluxKustomization, graphOf, object } from '../../graph/graph';

const ks = (name: string, more = '') => fluxKustomization(name, `./${name}`, more);
const graph = graphOf({
  'flux/ks.yaml':
    ks('one') + ks('two') + ks('app', 'dependsOn: [{ name: one }, { name: two }]') + ks('off', 'suspend: true'),
  'one/a.yaml': object('v1', 'ConfigMap', 'one', 'data: {}'),
  'two/a.yaml': object('v1', 'ConfigMap', 'two', 'data: {}'),
  'off/a.yaml': object('v1', 'ConfigMap', 'off', 'data: {}'),
  'app/a.yaml':
    object(
      'external-secrets.io/v1',
      'SecretStore',
      'v',
      'spec: { provider: { vault: { server: "https://v.example.org", path: kv } } }',
    ) +
    object(
      'external-secrets.io/v1',
      'ExternalSecret',
      'login',
      'spec: { secretStoreRef: { name: v }, data: [{ secretKey: a, remoteRef: { key: it is/here, property: user } }] }',
    ) +
    ['a', 'b', 'c']
      .map((name) =>
        object('gateway.networking.k8s.io/v1', 'HTTPRoute', name, `spec: { hostnames: [${name}.example.org] }`),
      )
      .join('') +
    object(
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'external-dns',
      'spec: { chart: { spec: { chart: external-dns, sourceRef: { kind: HelmRepository, name: c } } } }',
    ),
});
const orders = graph.clusters.map((cluster) => toldOrder('home', startOf(cluster, graph), graph));
const options = { color: false };

test('text is a list to work down, with what is true of all said once', () => {
  expect(orderFormats.text.render(orders, options)).toBe(`Cluster home
6 things to see to before, then 3 Kustomizations in 2 waves; 1 never starts.

Flux and the repositories that it reads (1)
  [ ] GitRepository flux-system/flux-system: Flux reads this tree from it; its address is not in the tree: flux bootstrap or the Flux Operator is given it; for Kustomization flux-system/one, from wave 0 on

Stores, and the logins to them (1)
  [ ] Vault at https://v.example.org for SecretStore shop/v: KV version 2 mounted at kv; for SecretStore shop/v, ExternalSecret shop/login, from wave 1 on

Values in the stores (1)
  What the tree reads there and nothing in it writes.
  [ ] vault:kv/it is/here: with \`user\`; for ExternalSecret shop/login, from wave 1 on
      $ vault kv get -mount=kv 'it is/here'

DNS (3)
  Records of these hosts must lead to the cluster; \`dig +short HOST\` shows them.
  HelmRelease shop/external-dns may write its record.
  [ ] a.example.org: for HTTPRoute shop/a, from wave 1 on
  [ ] b.example.org: for HTTPRoute shop/b, from wave 1 on
  [ ] c.example.org: for HTTPRoute shop/c, from wave 1 on

Order
  Within each Kustomization Flux applies definitions, Namespaces, ClusterRoles and classes first, then the rest; what the API server refuses meanwhile, it tries again.
  Begun by hand or by bootstrap: Kustomization flux-system/one, Kustomization flux-system/two, Kustomization flux-system/app, Kustomization flux-system/off.

  Wave 0 (2)
    flux-system/one, flux-system/two: ready as soon as it is applied

  Wave 1 (1)
    flux-system/app: after flux-system/one, flux-system/two; ready as soon as it is applied

Never starts
  flux-system/off is suspended until somebody resumes it
`);
});

test('markdown has boxes to tick', () => {
  const text = orderFormats.markdown.render(orders, options);
  expect(text).toContain(`### Values in the stores

What the tree reads there and nothing in it writes.

- [ ] **vault:kv/it is/here**: with <code>user</code>; for ExternalSecret shop/login, from wave 1 on<br><code>vault kv get -mount=kv 'it is/here'</code>
`);
  expect(text).toContain(`- [ ] **Wave 0**
  - [ ] **flux-system/one, flux-system/two**: ready as soon as it is applied
- [ ] **Wave 1**
  - [ ] **flux-system/app**: after flux-system/one, flux-system/two; ready as soon as it is applied

### Never starts

- **flux-system/off** is suspended until somebody resumes it
`);
});

test('JSON has files and lines, and commands that show what is there', () => {
  const [home] = JSON.parse(orderFormats.json.render(orders, options)).clusters;
  expect(home.before.find(({ kind }: { kind: string }) => kind === 'value')).toEqual({
    kind: 'value',
    what: 'vault:kv/it is/here',
    keys: ['user'],
    notes: [],
    check: "vault kv get -mount=kv 'it is/here'",
    neededBy: ['ExternalSecret shop/login'],
    wave: 1,
    file: 'app/a.yaml',
    line: 10,
  });
  expect(home.waves[1]).toEqual([
    {
      kustomization: 'flux-system/app',
      file: 'flux/ks.yaml',
      line: 20,
      objects: 6,
      after: ['flux-system/one', 'flux-system/two'],
      ready: ['ready as soon as it is applied'],
      defines: [],
      webhooks: [],
      releases: [],
      retries: [],
    },
  ]);
});

test('a name that looks like a field is shown beside what is said of it', () => {
  const one = { ...orders[0], waves: [], stuck: [], begun: [], before: [] } as never as (typeof orders)[number];
  const before = [
    { kind: 'secret' as const, what: 'Secret flux-system/ghcr-auth', keys: [], notes: ['Flux logs in'], neededBy: [] },
  ];
  expect(orderFormats.text.render([{ ...one, before }], options)).toContain(
    '[ ] Secret flux-system/ghcr-auth: Flux logs in\n',
  );
});
