import type { Draft } from '../../lib/adopt/draft';
import { camel, clusterVariable, identifiers } from '../../lib/adopt/names';
import { Handle } from '../../lib/adopt/program';

function draft(className: string, name: string, more: Partial<Draft> = {}): Draft {
  return { className, scope: undefined, id: name, props: {}, variable: camel(name), ...more };
}

/** Something that uses others. */
function user(...used: Draft[]): Draft {
  return draft('HelmRelease', 'user', { props: { values: used.map((one) => new Handle(one, 'plain')) } });
}

function module(path: string, ...constructions: Draft[]) {
  const name = camel((path.split('/').pop() as string).replace('.ts', ''));
  return { name, names: [name, camel(path.replace('.ts', ''))], constructions };
}

test('what is one of its class is called by its role, several by their objects and it', () => {
  const [one, chart, other] = ['shop', 'shop', 'shop-cache'].map((name, i) =>
    draft(i === 0 ? 'FluxKustomization' : 'OciRepository', name),
  ) as [Draft, Draft, Draft];
  const [issuer, gateway] = [
    draft('Manifest', 'letsencrypt', { props: { kind: 'ClusterIssuer' } }),
    draft('Manifest', 'web', { props: { kind: 'Gateway' } }),
  ];
  identifiers([module('shop.ts', one, chart, other, issuer, gateway, user(one, chart, other, issuer, gateway))]);
  expect([one, chart, other, issuer, gateway].map(({ variable }) => variable)).toEqual([
    'kustomization',
    'chart',
    'cacheChart',
    'issuer',
    'gateway',
  ]);
});

test('what other modules use is called by its object and its kind, and as nothing else anywhere', () => {
  const rook = draft('FluxKustomization', 'rook-ceph');
  const issuer = draft('Manifest', 'letsencrypt', { props: { kind: 'ClusterIssuer' } });
  const own = [
    draft('Manifest', 'letsencrypt', { props: { kind: 'Issuer' } }),
    draft('Manifest', 'self', { props: { kind: 'Issuer' } }),
  ] as const;
  const modules = identifiers([
    module('rook-ceph.ts', rook, issuer),
    module('shop.ts', ...own, user(rook, issuer, ...own)),
  ]);
  expect(modules.map(({ name }) => name)).toEqual(['rookCeph', 'shop']);
  expect([rook, issuer, ...own].map(({ variable }) => variable)).toEqual([
    'rookCephKustomization',
    'letsencryptIssuer',
    'letsencryptIssuer2',
    'selfIssuer',
  ]);
});

test('of two that would have one name, each says its kind whole, or its folder', () => {
  const scopes = ['lan', 'vpn'].map((folder) => draft('Directory', `apps/${folder}`));
  const files = scopes.map((scope) => draft('File', 'probes.yaml', { scope }));
  const stores = ['ClusterSecretStore', 'SecretStore'].map((className) => draft(className, 'vault'));
  identifiers([
    module('probes.ts', ...files, user(...files)),
    module('vault.ts', ...stores),
    module('a.ts', user(...stores)),
  ]);
  expect(files.map(({ variable }) => variable)).toEqual(['lanProbesFile', 'vpnProbesFile']);
  expect(stores.map(({ variable }) => variable)).toEqual(['vaultClusterSecretStore', 'vaultSecretStore']);
});

test('the kind is said once, and a long name loses words in its middle', () => {
  const ones = ['shop-secrets', 'cmangos-ptr-aiplayerbot-weights-migration'].map((name) =>
    draft('ExternalSecret', name),
  );
  identifiers([module('a.ts', ...ones), module('b.ts', user(...ones))]);
  expect(ones.map(({ variable }) => variable)).toEqual(['shopSecrets', 'cmangosWeightsMigrationSecret']);
});

test('a function is called as its folder: never as what TypeScript or the library has, nor as what main.ts has', () => {
  const paths = ['default.ts', 'default/default.ts', 'variable.ts', 'apps/shop.ts', 'clusters/shop.ts', 'mine.ts'];
  const modules = identifiers(
    paths.map((path) => module(path)),
    new Set(['mine']),
  );
  expect(modules.map(({ name }) => name)).toEqual([
    'defaultApp',
    'defaultDefault',
    'variableApp',
    'shop',
    'clustersShop',
    'mineApp',
  ]);
});

test('a Cluster is called by its name, unless that is a word of the language or of main.ts', () => {
  expect(['home-prod', 'new', 'app', 'settings'].map(clusterVariable)).toEqual([
    'homeProd',
    'newCluster',
    'appCluster',
    'settingsCluster',
  ]);
});

test('no function is called as main.ts calls its App, its Clusters or their settings', () => {
  const modules = identifiers(['app', 'cluster', 'settings'].map((name) => module(`apps/${name}.ts`)));
  expect(modules.map(({ name }) => name)).toEqual(['appsApp', 'appsCluster', 'appsSettings']);
});
