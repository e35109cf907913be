import { ApiObject } from 'cdk8s';
import { KustomizationSpecPostBuildSubstituteStrategy } from '../../../imports/flux-kustomization';
import {
  Application,
  Cluster,
  type ClusterProps,
  Directory,
  ExternalSecret,
  FluxKustomization,
  type FluxKustomizationProps,
  Secret,
} from '../../../lib';
import { outputOf } from '../../../lib/constructs/output';
import type { JsonObject } from '../../../lib/json/json';
import { emptyCluster, reader, refusal, stage } from '../synthesize';

const folder = 'kubernetes/apps/shop';

/** The spec of a Kustomization with these properties, and these objects in its folder. */
function specOf(
  props: FluxKustomizationProps,
  kinds: [string, string][] = [],
  cluster: Partial<ClusterProps> = {},
): JsonObject {
  const on = emptyCluster(cluster);
  const { directory } = new FluxKustomization(on.cluster.inNamespace('shop'), 'shop', props);
  for (const [apiVersion, kind] of kinds) {
    new ApiObject(directory, `${kind}-of-${apiVersion.replace('/', '-')}`, {
      apiVersion,
      kind,
      metadata: { name: 'x' },
    });
  }
  return reader(on.app.tree()).document(`${folder}/shop/ks.yaml`).spec as JsonObject;
}

function refused(props: FluxKustomizationProps, cluster: Partial<ClusterProps> = {}): string {
  return refusal(() => new FluxKustomization(emptyCluster(cluster).cluster.inNamespace('shop'), 'shop', props));
}

const defaults = {
  interval: '1h',
  retryInterval: '2m',
  timeout: '5m',
  path: './dist/kubernetes/apps/shop/shop/app',
  prune: true,
  wait: true,
  sourceRef: { kind: 'GitRepository', name: 'flux-system', namespace: 'flux-system' },
};
const ready = "has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')";

describe('spec', () => {
  test('of one without settings', () => {
    expect(specOf({})).toEqual(defaults);
  });

  test('of one with all of them', () => {
    const props: FluxKustomizationProps = {
      directory: 'manifests',
      interval: '30m',
      retryInterval: '1m',
      timeout: '10m30s',
      prune: false,
      wait: false,
      suspend: true,
      force: true,
      healthChecks: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop', namespace: 'shop' }],
      healthCheckExprs: [
        { apiVersion: 'example.org/v1', kind: 'Thing', current: 'true', inProgress: 'false', failed: 'false' },
      ],
      dependsOn: [{ name: 'cilium', namespace: 'kube-system', readyExpr: 'dep.status.x == 1' }],
      targetNamespace: 'shop',
      postBuild: {
        substitute: { domain: 'example.org' },
        substituteFrom: [{ kind: 'ConfigMap', name: 'settings', optional: true }],
      },
      decryption: { provider: 'sops', secretRef: { name: 'age' } },
      deletionPolicy: 'WaitForTermination',
      patches: [{ patch: '- op: remove\n  path: /spec', target: { kind: 'ConfigMap' } }],
      components: ['../components/x'],
      sourceRef: { kind: 'Bucket', name: 'b', namespace: 'sources' },
      spec: { serviceAccountName: 'shop-deployer' },
    };
    const { directory, ...fields } = props;
    expect(specOf(props)).toEqual({
      ...fields,
      spec: undefined,
      path: './dist/kubernetes/apps/shop/shop/manifests',
      serviceAccountName: 'shop-deployer',
    });
  });

  test('names the Secret of SOPS by its handle, in a field of the API as well', () => {
    const age = Secret.named('age');
    const secretRef = { name: 'age' };
    expect(specOf({ decryption: { provider: 'sops', secretRef: age } }).decryption).toMatchObject({ secretRef });
    expect(specOf({ decryption: { provider: 'sops', secretRef: { name: age } } }).decryption).toMatchObject({
      secretRef,
    });
  });

  test('reads what its name, labels and annotations are from its properties', () => {
    const { app, cluster } = emptyCluster();
    const props = { name: 'shop-prod', labels: { a: 'b' }, annotations: { c: 'd' } };
    new FluxKustomization(cluster.inNamespace('shop'), 'shop', props);
    expect(reader(app.tree()).document(`${folder}/shop/ks.yaml`).metadata).toEqual({
      name: 'shop-prod',
      namespace: 'shop',
      labels: { a: 'b' },
      annotations: { c: 'd' },
    });
  });

  test('is overridden field by field by `spec`, lists and what is derived included', () => {
    const spec = specOf({ spec: { interval: '3m', dependsOn: [], healthCheckExprs: [] } }, [
      ['external-secrets.io/v1', 'ExternalSecret'],
    ]);
    expect(spec).toEqual({ ...defaults, interval: '3m' });
  });
});

describe('defaults that null takes away', () => {
  test.each(['interval', 'retryInterval', 'timeout', 'prune', 'wait', 'sourceRef'] as const)('%s', (field) => {
    const { [field]: _, ...others } = defaults;
    expect(specOf({ [field]: null })).toEqual(others);
    expect(specOf({ spec: { [field]: null } })).toEqual(others);
  });

  test('of fields that have none, null is nothing', () => {
    const none = { suspend: null, force: null, healthChecks: null, targetNamespace: null, decryption: null } as const;
    expect(specOf({ ...none, deletionPolicy: null, patches: null, components: null })).toEqual(defaults);
  });

  test("the namespace of the cluster's source", () => {
    expect(specOf({ sourceRef: { namespace: null } }).sourceRef).toEqual({
      kind: 'GitRepository',
      name: 'flux-system',
    });
    expect(specOf({ sourceRef: { kind: 'OCIRepository', name: 'apps', namespace: null } }).sourceRef).toEqual({
      kind: 'OCIRepository',
      name: 'apps',
    });
    const own = { sourceRef: { kind: 'OCIRepository', name: 'apps', namespace: null } } as const;
    expect(specOf(own, [], { source: null }).sourceRef).toEqual({ kind: 'OCIRepository', name: 'apps' });
  });

  test("the cluster's variables, and the strategy that follows from where they are", () => {
    const substitutions = { substituteFrom: [{ kind: 'Secret', name: 'cluster', optional: true }] } as const;
    expect(specOf({ postBuild: null }, [], { substitutions })).toEqual(defaults);
    expect(specOf({ postBuild: { substituteStrategy: null } }, [], { substitutions }).postBuild).toEqual(substitutions);
    expect(specOf({ postBuild: { substituteStrategy: 'WithVariables' } }, [], { substitutions }).postBuild).toEqual({
      ...substitutions,
      substituteStrategy: 'WithVariables',
    });
  });

  test('health checks that follow from kinds', () => {
    const kinds: [string, string][] = [['postgresql.cnpg.io/v1', 'Cluster']];
    expect(specOf({ healthCheckExprs: null }, kinds)).toEqual(defaults);
    expect(specOf({ spec: { healthCheckExprs: null } }, kinds)).toEqual(defaults);
    const healthCheckExprs = [{ apiVersion: 'example.org/v1', kind: 'Thing', current: 'true' }];
    expect(specOf({ healthCheckExprs, wait: false }).healthCheckExprs).toEqual(healthCheckExprs);
  });
});

describe('where it stands, and what it applies', () => {
  function ks(props: FluxKustomizationProps, outer: Partial<ClusterProps> = {}) {
    const { app, cluster } = emptyCluster(outer);
    new FluxKustomization(cluster.inNamespace('shop'), 'jobs', props);
    const tree = reader(app.tree());
    const paths = tree.paths().filter((path) => /jobs|shop\/shop/.test(path));
    const listed = tree.document(`${folder}/kustomization.yaml`).resources;
    return { paths, listed, path: (tree.find('Kustomization', 'jobs').spec as JsonObject).path };
  }

  test.each(['./apps/shop', 'apps/shop', './', '.', './kubernetes/apps/other/app', '/clusters/home'])(
    "the path %j, of a folder that is its author's, is written as it is",
    (applies) => {
      expect(ks({ applies })).toEqual({
        paths: [`${folder}/jobs/ks.yaml`],
        listed: ['./namespace.yaml', './jobs/ks.yaml'],
        path: applies,
      });
    },
  );

  test('of such a folder nothing is known: what belongs into it is refused', () => {
    const { cluster } = emptyCluster();
    const { kustomization } = new Application(cluster, 'shop', { kustomization: { applies: './own' } });
    expect(refusal(() => kustomization.directory)).toContain(
      'soyo/apps/shop/shop: directory. Allowed: a Kustomization that applies a Directory',
    );
  });

  test('no path at all', () => {
    expect(ks({ applies: null }).path).toBeUndefined();
  });

  test.each<[FluxKustomizationProps, string, string]>([
    [{ file: 'ks-jobs.yaml' }, 'jobs/ks-jobs.yaml', 'jobs/app'],
    [{ folder: 'shop', file: 'ks-jobs.yaml', directory: 'jobs' }, 'shop/ks-jobs.yaml', 'shop/jobs'],
    [{ folder: 'tools/shop', directory: 'jobs' }, 'tools/shop/ks.yaml', 'tools/shop/jobs'],
    [{ folder: '.', file: 'jobs.yaml', directory: 'jobs' }, 'jobs.yaml', 'jobs'],
  ])('%j', (props, file, applied) => {
    const { paths, listed, path } = ks(props);
    expect(path).toBe(`./dist/${folder}/${applied}`);
    expect(listed).toEqual(['./namespace.yaml', `./${file}`]);
    if (file.includes('jobs')) expect(paths).toContain(`${folder}/${file}`);
  });
});

test('the namespace is left out where null says so, in the file of another one, too', () => {
  const { app, cluster } = emptyCluster();
  const shop = cluster.inNamespace('shop');
  const { file } = new FluxKustomization(shop, 'a', { namespace: null });
  new FluxKustomization(shop, 'b', { file, folder: 'a', directory: 'b', namespace: null });
  new FluxKustomization(shop, 'c', { file, folder: 'a', directory: 'c', namespace: 'other' });
  const tree = reader(app.tree());
  expect(['a', 'b', 'c'].map((name) => tree.find('Kustomization', name).metadata)).toEqual([
    { name: 'a' },
    { name: 'b' },
    { name: 'c', namespace: 'other' },
  ]);
});

describe('dependsOn', () => {
  function three(dependsOn: (parts: { bank: Application; mail: Application }) => FluxKustomizationProps['dependsOn']) {
    const { app, cluster } = emptyCluster();
    const bank = new Application(cluster, 'bank');
    const mail = new Application(cluster, 'mail', { namespace: 'shop' });
    const shop = new Application(cluster, 'shop', { kustomization: { dependsOn: dependsOn({ bank, mail }) } });
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
    new ApiObject(shop.directory, 'a', object).node.addDependency(new Application(cluster, 'referred'));
    return () => (reader(app.tree()).find('Kustomization', 'shop').spec as JsonObject).dependsOn;
  }

  test('constructs are waited for as if they were referred to', () => {
    expect(three(({ bank, mail }) => [mail.directory, { name: 'dns' }, bank.kustomization])()).toEqual([
      { name: 'dns' },
      { name: 'bank', namespace: 'bank' },
      { name: 'referred', namespace: 'referred' },
      { name: 'mail', namespace: 'shop' },
    ]);
  });

  test('a construct with an expression is written before what follows from references', () => {
    expect(three(({ bank }) => [{ name: bank, readyExpr: 'dep.status.x == 1' }])()).toEqual([
      { name: 'bank', namespace: 'bank', readyExpr: 'dep.status.x == 1' },
      { name: 'referred', namespace: 'referred' },
    ]);
  });

  test('exactly these, in their order and with their fields', () => {
    expect(
      three(({ bank, mail }) => ({
        exactly: [{ name: 'dns', namespace: 'net' }, { name: mail, namespace: null }, bank.directory, { name: 'z' }],
      }))(),
    ).toEqual([
      { name: 'dns', namespace: 'net' },
      { name: 'mail' },
      { name: 'bank', namespace: 'bank' },
      { name: 'z' },
    ]);
  });

  test('exactly none, however that is said', () => {
    expect([three(() => ({ exactly: [] }))(), three(() => null)()]).toEqual([undefined, undefined]);
  });

  test('references that nobody waits for make no circle; those that are written do', () => {
    const circle = (exact: boolean) => {
      const { app, cluster } = emptyCluster();
      const a = new Application(cluster, 'a');
      const b = new Application(cluster, 'b', {
        kustomization: { dependsOn: exact ? { exactly: [{ name: 'other' }] } : [] },
      });
      a.node.addDependency(b);
      b.node.addDependency(a);
      return app;
    };
    expect(() => circle(true).tree()).not.toThrow();
    expect(refusal(() => circle(false).tree())).toContain('form a circle');
  });

  test('what cannot be waited for is refused', () => {
    expect(refusal(() => three(({ bank }) => ({ exactly: [{ name: bank, namespace: null }] })))).toBe(
      'soyo/apps/shop/shop: dependsOn[].namespace is null. Allowed: "bank", where soyo/apps/bank/bank is: without it, Flux looks in shop. Example: no namespace: it is written then.',
    );
    expect(
      refusal(() => three(({ bank }) => ({ exactly: [bank.namespaceFolder.node.scope?.node.scope as Cluster] }))),
    ).toContain('soyo/apps/shop/shop: dependsOn is "soyo". Allowed: Applications, FluxKustomizations');
    expect(refusal(() => three(() => ({ exactly: [{ name: 'shop' }] })))).toContain('dependsOn is "shop/shop"');
  });
});

describe('health', () => {
  test('kinds that Flux would call ready too early get an expression, each once, others none', () => {
    const { healthCheckExprs } = specOf({}, [
      ['postgresql.cnpg.io/v1', 'Cluster'],
      ['external-secrets.io/v1', 'ExternalSecret'],
      ['external-secrets.io/v1alpha1', 'PushSecret'],
      ['external-secrets.io/v1', 'SecretStore'],
      ['external-secrets.io/v1', 'ClusterSecretStore'],
      ['apps/v1', 'Deployment'],
      ['example.org/v1', 'Cluster'],
    ]);
    expect(healthCheckExprs).toEqual([
      { apiVersion: 'external-secrets.io/v1', kind: 'ClusterSecretStore', current: ready },
      { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', current: ready },
      { apiVersion: 'external-secrets.io/v1', kind: 'SecretStore', current: ready },
      { apiVersion: 'external-secrets.io/v1alpha1', kind: 'PushSecret', current: ready },
      { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', current: ready },
    ]);
  });

  test("the author's expressions come first, and replace those of the same group and kind, which Flux takes once", () => {
    const own = { apiVersion: 'external-secrets.io/v2', kind: 'ExternalSecret', current: 'true' };
    const { healthCheckExprs } = specOf({ healthCheckExprs: [own] }, [
      ['external-secrets.io/v1', 'ExternalSecret'],
      ['external-secrets.io/v1', 'SecretStore'],
    ]);
    expect(healthCheckExprs).toEqual([
      own,
      { apiVersion: 'external-secrets.io/v1', kind: 'SecretStore', current: ready },
    ]);
  });

  test('healthChecks switch waiting for everything off, as Flux would ignore them', () => {
    const healthChecks = [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' }];
    expect(specOf({ healthChecks })).toEqual({ ...defaults, wait: false, healthChecks });
    expect(specOf({ healthChecks, wait: true })).toEqual({ ...defaults, healthChecks });
  });
});

describe('postBuild', () => {
  const substitutions = {
    substitute: { domain: 'example.org', region: 'eu' },
    substituteFrom: [{ kind: 'ConfigMap', name: 'cluster', optional: true }] as const,
  };

  test("is the cluster's", () => {
    expect(specOf({}, [], { substitutions }).postBuild).toEqual(substitutions);
  });

  test("adds to the cluster's, and wins over it", () => {
    const postBuild = {
      substitute: { region: 'us', tier: '1' },
      substituteFrom: [{ kind: 'Secret', name: 'own' }] as const,
    };
    expect(specOf({ postBuild }, [], { substitutions }).postBuild).toEqual({
      substitute: { domain: 'example.org', region: 'us', tier: '1' },
      substituteFrom: [
        { kind: 'ConfigMap', name: 'cluster', optional: true },
        { kind: 'Secret', name: 'own' },
      ],
    });
  });

  test('is left out where there are no variables', () => {
    expect(specOf({ postBuild: { substitute: {}, substituteFrom: [] } })).toEqual(defaults);
  });

  test('variables that all come from elsewhere are replaced always: their objects may be empty, the escapes are there', () => {
    const substituteFrom = [{ kind: 'ConfigMap', name: 'settings', optional: true }] as const;
    expect(specOf({ postBuild: { substituteFrom } }).postBuild).toEqual({
      substituteFrom,
      substituteStrategy: 'Always',
    });
  });

  test.each<[FluxKustomizationProps, boolean]>([
    [{}, false],
    [{ postBuild: { substitute: { a: 'b' } } }, true],
    [{ postBuild: { substituteFrom: [{ kind: 'Secret', name: 's' }] } }, true],
    [{ spec: { postBuild: { substitute: { a: 'b' } } } }, true],
    [{ spec: { postBuild: { substituteStrategy: KustomizationSpecPostBuildSubstituteStrategy.ALWAYS } } }, true],
    [
      { spec: { postBuild: { substituteStrategy: KustomizationSpecPostBuildSubstituteStrategy.WITH_VARIABLES } } },
      false,
    ],
  ])('%j: Flux replaces something: %s', (props, substitutes) => {
    expect(new FluxKustomization(emptyCluster().cluster.inNamespace('shop'), 'shop', props).substitutes).toBe(
      substitutes,
    );
  });

  test.each(['cluster-domain', 'cluster.domain', '1st', ''])(
    'the variable %j, which fails the whole build, is refused',
    (name) => {
      expect(refused({ postBuild: { substitute: { [name]: 'x' } } })).toBe(
        `soyo/apps/shop/shop: a name in postBuild.substitute is ${JSON.stringify(name)}. Allowed: letters, digits and "_", not beginning with a digit: Flux fails the whole build otherwise. Example: "cluster_domain".`,
      );
    },
  );

  test('a value that is no string is refused', () => {
    expect(refused({ postBuild: { substitute: { replicas: 3 as unknown as string } } })).toBe(
      'soyo/apps/shop/shop: postBuild.substitute.replicas is 3. Allowed: a string. Example: "3".',
    );
  });

  test('a bad variable of the cluster is refused there', () => {
    expect(refusal(() => emptyCluster({ substitutions: { substitute: { 'a-b': 'x' } } }))).toMatch(
      /^soyo: a name in postBuild\.substitute is "a-b"\./,
    );
  });
});

describe('several Kustomizations', () => {
  test('in one ks.yaml, which is listed once', () => {
    const { app, cluster } = emptyCluster();
    const first = new FluxKustomization(cluster.inNamespace('shop'), 'shop');
    const applies = new Directory(first, 'database');
    new ApiObject(applies, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } });
    const second = new FluxKustomization(cluster.inNamespace('shop'), 'shop-database', { file: first.file, applies });
    first.node.addDependency(second);
    const tree = reader(app.tree());
    expect(tree.paths().filter((path) => path.startsWith(`${folder}/shop`))).toEqual([
      `${folder}/shop/app/kustomization.yaml`,
      `${folder}/shop/database/kustomization.yaml`,
      `${folder}/shop/database/settings.yaml`,
      `${folder}/shop/ks.yaml`,
    ]);
    expect(
      tree
        .documents(`${folder}/shop/ks.yaml`)
        .map(({ metadata, spec }) => [
          (metadata as JsonObject).name,
          (spec as JsonObject).path,
          (spec as JsonObject).dependsOn,
        ]),
    ).toEqual([
      ['shop', './dist/kubernetes/apps/shop/shop/app', [{ name: 'shop-database', namespace: 'shop' }]],
      ['shop-database', './dist/kubernetes/apps/shop/shop/database', undefined],
    ]);
    expect(tree.document(`${folder}/kustomization.yaml`).resources).toEqual(['./namespace.yaml', './shop/ks.yaml']);
  });

  test('of which one applies a folder in the folder of another: that one does not apply it as well', () => {
    const { app, cluster } = emptyCluster();
    const first = new FluxKustomization(cluster.inNamespace('shop'), 'shop');
    new FluxKustomization(cluster.inNamespace('shop'), 'base', { applies: new Directory(first.directory, 'base') });
    expect(reader(app.tree()).document(`${folder}/shop/app/kustomization.yaml`).resources).toEqual([]);
  });

  test('that apply one folder wait for the same, check the same, and are a finding', () => {
    const { app, cluster, vault } = stage({ vaultPolicies: false });
    const { directory } = new Application(cluster, 'shop');
    new FluxKustomization(cluster.inNamespace('shop'), 'second', { applies: directory });
    new ExternalSecret(directory, 'secret', { store: vault, extract: vault.app('shop', 'app'), required: ['A'] });
    const tree = app.tree();
    const specs = ['shop', 'second'].map((name) => reader(tree).find('Kustomization', name).spec as JsonObject);
    expect(specs[0]?.dependsOn).toHaveLength(2);
    expect(specs[1]).toEqual(specs[0]);
    const { result } = outputOf(tree, { outdir: 'dist', check: {} });
    expect(result?.findings.map(({ rule, message }) => [rule, message])).toEqual([
      ['flux/object-twice', expect.stringContaining('is applied by both Kustomization shop/shop and shop/second')],
    ]);
  });
});

describe('what is refused', () => {
  test.each(['interval', 'retryInterval', 'timeout'])('%s in words', (field) => {
    expect(refused({ [field]: '1 hour' })).toBe(
      `soyo/apps/shop/shop: ${field} is "1 hour". Allowed: a duration of numbers with the units ms, s, m or h, without spaces. Example: "1h" or "2m30s".`,
    );
  });

  test.each(['..', 'a/b', '../app', ''])('the directory %j', (directory) => {
    expect(refused({ directory })).toBe(
      `soyo/apps/shop/shop: directory is ${JSON.stringify(directory)}. Allowed: a name for a file or folder: letters, digits, "-", "_" and ".", not beginning with ".". Example: "secret-externalsecret".`,
    );
  });

  test.each<[FluxKustomizationProps, string]>([
    [{ name: 'My_App' }, 'name is "My_App"'],
    [{ targetNamespace: 'my.ns' }, 'targetNamespace is "my.ns"'],
    [{ dependsOn: [{ name: 'My_App' }] }, 'dependsOn[].name is "My_App"'],
    [{ dependsOn: [{ name: 'a', namespace: 'b.c' }] }, 'dependsOn[].namespace is "b.c"'],
    [{ postBuild: { substituteFrom: [{ kind: 'Secret', name: '' }] } }, 'postBuild.substituteFrom[].name is ""'],
  ])('%j', (props, message) => {
    expect(refused(props)).toContain(`soyo/apps/shop/shop: ${message}. Allowed: a DNS `);
  });
});

describe('a spec is checked however it was given', () => {
  test.each<[FluxKustomizationProps, string]>([
    [{ spec: { interval: '1 hour' } }, 'interval is "1 hour"'],
    [{ spec: { timeout: '5 minutes' } }, 'timeout is "5 minutes"'],
    [{ spec: { path: '../../x' } }, 'path is "../../x"'],
    [{ spec: { path: './a/../../x' } }, 'path is "./a/../../x"'],
    [{ spec: { postBuild: { substitute: { 'a-b': 'c' } } } }, 'a name in postBuild.substitute is "a-b"'],
    [
      { postBuild: { substitute: { a: 'one\ntwo' } } },
      'postBuild.substitute.a. Allowed: a text of one line: Flux removes every line break',
    ],
    [{ spec: { targetNamespace: 'My_App' } }, 'targetNamespace is "My_App"'],
    [{ healthChecks: [{ apiVersion: 'v1', kind: '', name: 'x' }] }, 'healthChecks[].kind is ""'],
    [{ healthChecks: [{ apiVersion: 'v1', kind: 'Pod', name: 'Bad Name' }] }, 'healthChecks[].name is "Bad Name"'],
    [{ sourceRef: { kind: 'Bucket', name: 'A b', namespace: 'x' } }, 'sourceRef.name is "A b"'],
    [
      { name: 'y'.repeat(64) },
      `name is "${'y'.repeat(64)}". Allowed: a DNS subdomain: a-z, 0-9, "-" and ".", beginning and ending with a letter or digit, at most 63`,
    ],
    [{ dependsOn: [{ name: 'a' }, { name: 'a', namespace: 'shop' }] }, 'dependsOn is "shop/a"'],
    [{ dependsOn: [{ name: 'shop' }] }, 'dependsOn is "shop/shop"'],
  ])('%j', (props, message) => {
    expect(refused(props)).toContain(`soyo/apps/shop/shop: ${message}`);
  });

  test('targetNamespace in `spec` moves objects as the property does', () => {
    const { app, cluster } = emptyCluster();
    const shop = new FluxKustomization(cluster.inNamespace('shop'), 'shop', { spec: { targetNamespace: 'other' } });
    new ApiObject(shop.directory, 'a', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } });
    expect(refusal(() => app.tree())).toContain('metadata.namespace is "shop". Allowed: "other"');
  });

  test('an empty list of health checks is none: it waits for everything', () => {
    expect(specOf({ healthChecks: [] })).toEqual(defaults);
  });

  test('expressions are left out where nothing uses them', () => {
    expect(specOf({ wait: false }, [['external-secrets.io/v1', 'ExternalSecret']])).toEqual({
      ...defaults,
      wait: false,
    });
  });

  test('names in `spec.dependsOn` are added to the derived ones', () => {
    const { app, cluster } = emptyCluster();
    const shop = new Application(cluster, 'shop', {
      kustomization: { spec: { dependsOn: [{ name: 'dns', namespace: 'net' }] } },
    });
    shop.node.addDependency(new Application(cluster, 'bank'));
    expect((reader(app.tree()).find('Kustomization', 'shop').spec as JsonObject).dependsOn).toEqual([
      { name: 'dns', namespace: 'net' },
      { name: 'bank', namespace: 'bank' },
    ]);
  });

  test('a folder or a file of another cluster', () => {
    const { app, cluster } = emptyCluster();
    const mars = new Cluster(app, 'mars', { organisation: 'webgrip', environment: 'test', directory: 'mars' });
    const { kustomization } = new Application(mars, 'bank');
    expect(refusal(() => new FluxKustomization(cluster.inNamespace('shop'), 'a', { file: kustomization.file }))).toBe(
      'soyo/apps/shop/a: file is "mars/apps/bank/bank/ks.yaml". Allowed: one of the same cluster (soyo).',
    );
    expect(
      refusal(() => new FluxKustomization(cluster.inNamespace('shop'), 'b', { applies: kustomization.directory })),
    ).toBe('soyo/apps/shop/b: applies is "mars/apps/bank/bank/app". Allowed: one of the same cluster (soyo).');
  });
});
