import { ApiObject } from 'cdk8s';
import { Construct, DependencyGroup } from 'constructs';
import { type App, Application, Cluster, FluxKustomization } from '../../lib';
import { collect } from '../../lib/constructs/collect';
import type { JsonObject } from '../../lib/tree/tree';
import { emptyCluster, reader, refusal } from './synthesize';

/** What each Kustomization waits for, by name: `namespace/name`. */
function waits(app: App): Record<string, string[]> {
  const all: Record<string, string[]> = {};
  for (const { documents } of app.tree().files) {
    for (const document of documents as JsonObject[]) {
      if (document.apiVersion !== 'kustomize.toolkit.fluxcd.io/v1') continue;
      const { name, namespace } = document.metadata as Record<string, string>;
      const { dependsOn = [] } = document.spec as { dependsOn?: Record<string, string>[] };
      all[`${namespace}/${name}`] = dependsOn.map((reference) => `${reference.namespace}/${reference.name}`);
    }
  }
  return all;
}

function configMap(scope: Construct, id: string): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id } });
}

/** Two apps, each in a namespace of its name. */
function twoApps() {
  const { app, cluster } = emptyCluster();
  return { app, cluster, shop: new Application(cluster, 'shop'), bank: new Application(cluster, 'bank') };
}

const shopWaits = { 'flux-system/cluster-apps': [], 'shop/shop': ['bank/bank'], 'bank/bank': [] };
const nothingWaits = { 'flux-system/cluster-apps': [], 'shop/shop': [], 'bank/bank': [] };

describe('dependsOn follows from dependencies', () => {
  test('between objects of two apps, across namespaces', () => {
    const { app, shop, bank } = twoApps();
    configMap(shop.directory, 'a').node.addDependency(configMap(bank.directory, 'b'));
    expect(waits(app)).toEqual(shopWaits);
  });

  test('between constructs that objects are nested in', () => {
    const { app, shop, bank } = twoApps();
    const outer = new Construct(new Construct(shop.directory, 'outer'), 'inner');
    const target = new Construct(bank.directory, 'target');
    configMap(new Construct(target, 'deep'), 'b');
    outer.node.addDependency(target);
    expect(waits(app)).toEqual(shopWaits);
  });

  test('on a group of constructs', () => {
    const { app, shop, bank } = twoApps();
    const group = new DependencyGroup(configMap(bank.directory, 'b'), configMap(bank.directory, 'c'));
    configMap(shop.directory, 'a').node.addDependency(group);
    expect(waits(app)).toEqual(shopWaits);
  });

  test('between applications', () => {
    const { app, shop, bank } = twoApps();
    shop.node.addDependency(bank);
    expect(waits(app)).toEqual(shopWaits);
  });

  test('between Flux Kustomizations', () => {
    const { app, shop, bank } = twoApps();
    shop.kustomization.node.addDependency(bank.kustomization);
    expect(waits(app)).toEqual(shopWaits);
  });

  test('on a namespace, which means on every Kustomization in it', () => {
    const { app, cluster, shop } = twoApps();
    new Application(cluster, 'vault', { namespace: 'bank' });
    shop.node.addDependency(cluster.inNamespace('bank'));
    expect(waits(app)).toEqual({ ...shopWaits, 'shop/shop': ['bank/bank', 'bank/vault'], 'bank/vault': [] });
  });

  test('sorted by namespace and name, each once, whatever the order of the references', () => {
    const { app, cluster, shop, bank } = twoApps();
    const alpha = new Application(cluster, 'alpha');
    const early = new Application(cluster, 'early', { namespace: 'bank' });
    for (const target of [early, bank, alpha, bank]) shop.directory.node.addDependency(target);
    expect(waits(app)['shop/shop']).toEqual(['alpha/alpha', 'bank/bank', 'bank/early']);
  });

  test('those that were given come first, and win over derived ones', () => {
    const { app, cluster } = emptyCluster();
    const bank = new Application(cluster, 'bank');
    const given = [
      { name: 'cilium', namespace: 'kube-system' },
      { name: 'bank', namespace: 'bank', readyExpr: 'dep.x' },
    ];
    const shop = new Application(cluster, 'shop', { kustomization: { dependsOn: given } });
    shop.node.addDependency(bank, new Application(cluster, 'mail'));
    const spec = reader(app.tree()).find('Kustomization', 'shop').spec as JsonObject;
    expect(spec.dependsOn).toEqual([...given, { name: 'mail', namespace: 'mail' }]);
  });

  test('a second synthesis yields the same', () => {
    const { app, shop, bank } = twoApps();
    shop.node.addDependency(bank);
    expect(waits(app)).toEqual(waits(app));
  });
});

describe('nobody waits', () => {
  test('for itself', () => {
    const { app, shop } = twoApps();
    configMap(shop.directory, 'a').node.addDependency(configMap(shop.directory, 'b'), shop, shop.kustomization);
    expect(waits(app)).toEqual(nothingWaits);
  });

  test('for the root, whose objects are there before its members are', () => {
    const { app, cluster, shop, bank } = twoApps();
    shop.node.addDependency(cluster.root, bank.namespaceFolder.resource as ApiObject);
    expect(waits(app)).toEqual(nothingWaits);
  });
});

describe('what Flux could never apply is refused', () => {
  test('a cycle: the message prints it, with the references that make it', () => {
    const { app, cluster, shop, bank } = twoApps();
    const mail = new Application(cluster, 'mail');
    const needed = configMap(bank.directory, 'rates');
    configMap(shop.directory, 'prices').node.addDependency(needed);
    bank.node.addDependency(mail);
    mail.kustomization.node.addDependency(shop.kustomization);
    expect(refusal(() => app.tree())).toBe(
      [
        'soyo: dependsOn goes in a circle, so Flux would never apply it: shop/shop → bank/bank → mail/mail → shop/shop.',
        '  shop/shop waits for bank/bank: soyo/apps/shop/shop/app/prices needs soyo/apps/bank/bank/app/rates',
        '  bank/bank waits for mail/mail: soyo/bank needs soyo/mail',
        '  mail/mail waits for shop/shop: soyo/apps/mail/mail needs soyo/apps/shop/shop',
        'Remove one of these references, or move what both sides need into a Kustomization of its own.',
      ].join('\n'),
    );
  });

  test('a cycle of which others only wait: they are not printed', () => {
    const { app, cluster, shop, bank } = twoApps();
    new Application(cluster, 'after').node.addDependency(shop);
    shop.node.addDependency(bank, new Application(cluster, 'before'));
    bank.node.addDependency(shop);
    expect(refusal(() => app.tree()).split('\n')[0]).toMatch(
      /^soyo: dependsOn goes in a circle, so Flux would never apply it: (shop\/shop → bank\/bank → shop\/shop|bank\/bank → shop\/shop → bank\/bank)\.$/,
    );
  });

  test('a reference into another cluster', () => {
    const { app, shop } = twoApps();
    const other = new Cluster(app, 'mars', { organisation: 'webgrip', environment: 'test', directory: 'mars' });
    shop.directory.node.addDependency(new Application(other, 'bank').kustomization);
    expect(refusal(() => app.tree())).toBe(
      'soyo/apps/shop/shop/app: dependency is "mars/apps/bank/bank". Allowed: a construct of the same cluster (soyo): Flux orders within one cluster.',
    );
  });

  test("a reference to what another cluster's root applies", () => {
    const { app, shop } = twoApps();
    const other = new Cluster(app, 'mars', { organisation: 'webgrip', environment: 'test', directory: 'mars' });
    shop.node.addDependency(other.inNamespace('bank').resource as ApiObject);
    expect(refusal(() => app.tree())).toBe(
      'soyo/shop: dependency is "mars/apps/bank/namespace". Allowed: a construct of the same cluster (soyo): Flux orders within one cluster.',
    );
  });

  test('a root that waits for what it applies', () => {
    const { app, cluster, shop } = twoApps();
    (cluster.inNamespace('bank').resource as ApiObject).node.addDependency(shop);
    expect(refusal(() => app.tree())).toBe(
      'soyo/apps/bank/namespace: dependency is "soyo/shop". Allowed: a dependency between apps: the root Kustomization applies both, and would wait for itself. Example: add the dependency to the FluxKustomization that needs it.',
    );
  });

  test('a dependency of a whole cluster', () => {
    const { app, cluster, shop } = twoApps();
    cluster.node.addDependency(shop);
    expect(refusal(() => app.tree())).toBe(
      'soyo: dependency is "soyo/shop". Allowed: a dependency of an app, a Flux Kustomization or a construct in one: a whole cluster waits for nothing.',
    );
  });

  test('a dependency on a whole cluster', () => {
    const { app, cluster, shop } = twoApps();
    shop.node.addDependency(cluster);
    expect(refusal(() => app.tree())).toBe(
      'soyo/shop: dependency is "soyo". Allowed: an app, a Flux Kustomization or a construct in one, not a whole cluster.',
    );
  });
});

test('a named dependsOn on a Kustomization of this app counts for a cycle', () => {
  const { app, cluster } = emptyCluster();
  const shop = new Application(cluster, 'shop', {
    kustomization: { dependsOn: [{ name: 'bank', namespace: 'bank' }] },
  });
  new Application(cluster, 'bank').node.addDependency(shop);
  expect(refusal(() => app.tree())).toContain(
    'soyo: dependsOn goes in a circle, so Flux would never apply it: shop/shop → bank/bank → shop/shop.',
  );
});

test('a Kustomization in the folder of one that waits cannot wait for that one', () => {
  const nested = (wait: boolean) => {
    const { app, cluster } = emptyCluster();
    const shop = new Application(cluster, 'shop', { kustomization: { wait } });
    const inner = new FluxKustomization(shop.directory, 'inner');
    inner.node.addDependency(shop);
    return app;
  };
  expect(refusal(() => nested(true).tree())).toContain(
    'shop/shop waits for shop/inner: soyo/apps/shop/shop/app needs soyo/apps/shop/shop/app/inner',
  );
  const { spec } = reader(nested(false).tree()).find('Kustomization', 'shop') as { spec: JsonObject };
  expect(spec.dependsOn).toBeUndefined();
});

test('2,000 Kustomizations in layers of four, each waiting for its whole layer below, are ordered', () => {
  const { app, cluster } = emptyCluster();
  let below: FluxKustomization[] = [];
  for (let layer = 0; layer < 500; layer++) {
    const layerOf4 = [0, 1, 2, 3].map((i) => new Application(cluster, `app-${layer}-${i}`, { namespace: 'apps' }));
    for (const { node } of layerOf4) node.addDependency(...below);
    below = layerOf4.map(({ kustomization }) => kustomization);
  }
  const tree = reader(collect(app));
  expect((tree.find('Kustomization', 'app-499-3').spec as JsonObject).dependsOn).toEqual(
    [0, 1, 2, 3].map((i) => ({ name: `app-498-${i}`, namespace: 'apps' })),
  );
});
