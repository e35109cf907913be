import { ApiObject } from 'cdk8s';
import { Construct, DependencyGroup } from 'constructs';
import { type App, Application, Cluster, FluxKustomization } from '../../lib';
import { dependsOn } from '../../lib/constructs/order';
import type { JsonObject } from '../../lib/json/json';
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
        'soyo: the dependencies (dependsOn) form a circle, so Flux would never apply it: shop/shop → bank/bank → mail/mail → shop/shop.',
        '  shop/shop waits for bank/bank: soyo/apps/shop/shop/app/prices needs soyo/apps/bank/bank/app/rates',
        '  bank/bank waits for mail/mail: soyo/bank needs soyo/mail',
        '  mail/mail waits for shop/shop: soyo/apps/mail/mail needs soyo/apps/shop/shop',
        'Remove one of these references, or move what both sides need into a separate Kustomization.',
      ].join('\n'),
    );
  });

  test('a cycle of which others only wait: they are not printed', () => {
    const { app, cluster, shop, bank } = twoApps();
    new Application(cluster, 'after').node.addDependency(shop);
    shop.node.addDependency(bank, new Application(cluster, 'before'));
    bank.node.addDependency(shop);
    expect(refusal(() => app.tree()).split('\n')[0]).toMatch(
      /^soyo: the dependencies \(dependsOn\) form a circle, so Flux would never apply it: (shop\/shop → bank\/bank → shop\/shop|bank\/bank → shop\/shop → bank\/bank)\.$/,
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
      'soyo/apps/bank/namespace: dependency is "soyo/shop". Allowed: a dependency between apps: the root Kustomization applies both, so it would wait for itself. Example: add the dependency to the FluxKustomization that needs it.',
    );
  });

  test('a dependency of a whole cluster', () => {
    const { app, cluster, shop } = twoApps();
    cluster.node.addDependency(shop);
    expect(refusal(() => app.tree())).toBe(
      'soyo: dependency is "soyo/shop". Allowed: a dependency of an app, a Flux Kustomization or a construct in one: a whole cluster cannot wait.',
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
    'soyo: the dependencies (dependsOn) form a circle, so Flux would never apply it: shop/shop → bank/bank → shop/shop.',
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

test('of the circles that a Kustomization is in, the shortest is printed', () => {
  const { app, all } = many(6);
  for (let i = 1; i < all.length; i++) all[i]?.node.addDependency(all[i - 1] as FluxKustomization);
  all[0]?.node.addDependency(all[5] as FluxKustomization, all[2] as FluxKustomization);
  expect(refusal(() => app.tree()).split('\n')[0]).toBe(
    'soyo: the dependencies (dependsOn) form a circle, so Flux would never apply it: apps/app-0 → apps/app-2 → apps/app-1 → apps/app-0.',
  );
});

test('a namespace of many that many objects of an app depend on counts once', () => {
  const { app, cluster, all } = many(2000);
  const shop = new Application(cluster, 'shop');
  for (let i = 0; i < 2000; i++) {
    new Construct(shop.directory, `object-${i}`).node.addDependency(cluster.inNamespace('apps'));
  }
  expect(dependsOn(app.node.findAll()).get(shop.kustomization)).toHaveLength(all.length);
});

/** Kustomizations in one namespace: `apps/app-0`, … */
function many(count: number) {
  const { app, cluster } = emptyCluster();
  const apps = cluster.inNamespace('apps');
  const all = Array.from({ length: count }, (_, i) => new FluxKustomization(apps, `app-${i}`));
  return { app, cluster, all };
}

type Shape = (all: readonly FluxKustomization[]) => void;

const below = (all: readonly FluxKustomization[], i: number) => all.slice(Math.max(0, i - (i % 4) - 4), i - (i % 4));
const layers: Shape = (all) => {
  for (const [i, { node }] of all.entries()) node.addDependency(...below(all, i));
};

/** What cdk8s' own order does not survive: it goes along every path, of which 13 layers of four have 67 million. */
const shapes: Record<string, Shape> = {
  'layers of four, each waiting for its whole layer below': layers,
  'one chain': (all) => {
    for (const [i, { node }] of all.entries()) node.addDependency(...all.slice(Math.max(0, i - 1), i));
  },
  'one that waits for all others': ([first, ...others]) => first?.node.addDependency(...others),
  'one that all others wait for': ([first, ...others]) => {
    for (const { node } of others) node.addDependency(first as FluxKustomization);
  },
  'layers whose first waits for the last': (all) => {
    layers(all);
    all[0]?.node.addDependency(all.at(-1) as FluxKustomization);
  },
};

describe('order of thousands of Kustomizations', () => {
  /** How often a construct is looked at while the order is made of so many Kustomizations. */
  function looks(count: number, shape: Shape): number {
    const { app, all } = many(count);
    shape(all);
    const constructs = app.node.findAll();
    let looked = 0;
    for (const construct of constructs) {
      const { node } = construct;
      const get = () => {
        looked++;
        return node;
      };
      Object.defineProperty(construct, 'node', { get });
    }
    try {
      dependsOn(constructs);
    } catch {
      // the circle
    }
    return looked;
  }

  test.each(Object.entries(shapes))('%s: ten times the constructs are ten times the work', (_, shape) => {
    expect(looks(2000, shape) / looks(200, shape)).toBeLessThan(10.5);
  });

  test('the tree of layers has each layer waiting for the one below', () => {
    const { app, all } = many(2000);
    layers(all);
    const tree = reader(app.tree());
    const spec = (i: number) => tree.document(`kubernetes/apps/apps/app-${i}/ks.yaml`).spec as JsonObject;
    const waitedFor = (i: number) => [0, 1, 2, 3].map((j) => ({ name: `app-${i + j}`, namespace: 'apps' }));
    expect(spec(3).dependsOn).toBeUndefined();
    expect(spec(7).dependsOn).toEqual(waitedFor(0));
    expect(spec(1999).dependsOn).toEqual(waitedFor(1992));
  });

  test('a chain of which the first waits for the last is printed by its ends', () => {
    const { app, all } = many(10_000);
    shapes['one chain']?.(all);
    all[0]?.node.addDependency(all.at(-1) as FluxKustomization);
    const lines = refusal(() => app.tree()).split('\n');
    expect(lines[0]).toBe(
      'soyo: the dependencies (dependsOn) form a circle, so Flux would never apply it: apps/app-0 → apps/app-9999 → apps/app-9998 → apps/app-9997 → apps/app-9996 → apps/app-9995 → … (9989 more) … → apps/app-5 → apps/app-4 → apps/app-3 → apps/app-2 → apps/app-1 → apps/app-0.',
    );
    expect(lines).toHaveLength(1 + 6 + 1 + 6 + 1);
    expect(lines.slice(6, 9)).toEqual([
      '  apps/app-9995 waits for apps/app-9994: soyo/apps/apps/app-9995 needs soyo/apps/apps/app-9994',
      '  … and 9988 more',
      '  apps/app-6 waits for apps/app-5: soyo/apps/apps/app-6 needs soyo/apps/apps/app-5',
    ]);
  });
});
