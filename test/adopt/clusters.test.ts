import { fluxKustomization, object } from '../graph/graph';
import { adopted } from './adopted';

const configMap = (name: string) => object('v1', 'ConfigMap', name, 'data: { colour: blue }');
const listing = (...entries: string[]) =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [${entries.join(', ')}]\n`;

const monorepo = {
  'clusters/production/apps.yaml': fluxKustomization('apps', './apps/production'),
  'clusters/staging/apps.yaml': fluxKustomization('apps', './apps/staging'),
  'apps/base/kustomization.yaml': listing('shop.yaml'),
  'apps/base/shop.yaml': configMap('shop'),
  'apps/production/kustomization.yaml': listing('../base', 'production.yaml'),
  'apps/production/production.yaml': configMap('production'),
  'apps/staging/kustomization.yaml': listing('../base'),
};

describe('the Clusters of adopted code', () => {
  it('are those of the tree, and one for what several of them apply', () => {
    const { main } = adopted(monorepo);
    expect(main).toContain(`const settings = { sourceRoot: '.', root: null, defaults: false, vaultPolicies: false };
// What several clusters apply.
const shared = new Cluster(app, 'shared', settings);
const production = new Cluster(app, 'production', settings);
const staging = new Cluster(app, 'staging', settings);
`);
    expect(main).toMatch(/^appsBase\(shared\);$/m);
    expect(main).toMatch(/= appsProduction\(production\);$/m);
    expect(main).toMatch(/= appsStaging\(staging\);$/m);
  });

  it('are one where one is named', () => {
    const { main } = adopted(monorepo, { cluster: 'home' });
    expect(main.match(/new Cluster\(app, '[^']*'/g)).toEqual(["new Cluster(app, 'home'"]);
    expect(main).toMatch(/^appsBase\(cluster\);$/m);
  });

  it('name each other’s objects by plain texts', () => {
    const reading = (name: string) =>
      object(
        'v1',
        'Pod',
        name,
        'spec: { containers: [{ name: a, image: a, envFrom: [{ configMapRef: { name: shop } }] }] }',
      );
    const { code, result } = adopted({
      ...monorepo,
      'apps/production/production.yaml': reading('production'),
      'apps/base/kustomization.yaml': listing('shop.yaml', 'other.yaml'),
      'apps/base/other.yaml': reading('other'),
    });
    expect(result.left).toEqual([]);
    expect(code.get('apps/production.ts')).toContain("configMapRef: { name: 'shop' }");
    expect(code.get('apps/base.ts')).toContain('configMapRef: { name: configMap }');
  });

  it('have files of their own with the calls where there are many, in which names need not tell clusters apart', () => {
    const apps = (cluster: string, count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, i) => [
          [`${cluster}/apps/app${i}/ks.yaml`, fluxKustomization(`app${i}`, `./${cluster}/apps/app${i}/app`)],
          [`${cluster}/apps/app${i}/app/shop.yaml`, configMap(`shop${i}`)],
        ]).flat(),
      );
    const { main, code } = adopted({
      'home/flux/apps.yaml': fluxKustomization('apps', './home/apps'),
      'test/flux/apps.yaml': fluxKustomization('apps', './test/apps'),
      ...apps('home', 20),
      ...apps('test', 2),
    });
    expect(main.slice(main.indexOf('const home'))).toBe(`const home = new Cluster(app, 'home', settings);
const test = new Cluster(app, 'test', settings);
homeCluster(home);
testCluster(test);

app.synth();
`);
    expect(main).toContain("import { testCluster } from './src/clusters/test';\n");
    expect(code.get('clusters/test.ts')).toBe(`import type { Cluster } from 'cdk8s-espalier';
import { app0 } from '../test/apps/app0';
import { app1 } from '../test/apps/app1';
import { flux } from '../test/flux';

export function testCluster(cluster: Cluster) {
  flux(cluster);
  app0(cluster);
  app1(cluster);
}
`);
  });

  it.each([
    [
      'sourceRef: { kind: OCIRepository, name: fleet }',
      "source: { kind: 'OCIRepository', name: 'fleet', namespace: null }",
    ],
    ['', 'source: null'],
  ])('have the source that their Kustomizations say: %s', (said, source) => {
    const ks = (name: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec: { path: ./apps/${name}/app, prune: true, interval: 1h, ${said} }
`;
    const names = ['a', 'b', 'c'];
    const { main, code, result } = adopted(
      Object.fromEntries(
        names.flatMap((name) => [
          [`apps/${name}/ks.yaml`, ks(name)],
          [`apps/${name}/app/shop.yaml`, configMap('shop')],
        ]),
      ),
      { cluster: 'home' },
    );
    expect([...result.reasons.values()]).toEqual([]);
    expect(main).toContain(source);
    expect([...code.values()].join('')).not.toContain('sourceRef');
  });

  it('have what nothing applies with what lies nearest', () => {
    const { main } = adopted({
      'kubernetes/main/flux/apps.yaml': fluxKustomization('apps', './kubernetes/main/apps'),
      'kubernetes/test/flux/apps.yaml': fluxKustomization('apps', './kubernetes/test/apps'),
      'kubernetes/main/apps/shop.yaml': configMap('shop'),
      'kubernetes/test/apps/kustomization.yaml': listing('shop.yaml'),
      'kubernetes/test/apps/shop.yaml': configMap('shop'),
      'kubernetes/main/components/unused/kustomization.yaml': listing('none.yaml'),
    });
    expect(main).toContain("const main = new Cluster(app, 'main', settings);");
    expect(main).toContain("const test = new Cluster(app, 'test', settings);");
    expect(main).not.toContain('shared');
  });
});
