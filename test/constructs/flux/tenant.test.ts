import { ApiObject } from 'cdk8s';
import {
  App,
  Application,
  Cluster,
  type ClusterProps,
  Directory,
  HelmRelease,
  OciRepository,
  Tenant,
} from '../../../lib';
import type { JsonObject } from '../../../lib/json/json';
import { reader } from '../synthesize';

function locked(props: ClusterProps = { lockdown: true }) {
  const app = new App();
  return { app, cluster: new Cluster(app, 'fleet', props) };
}
const git = { interval: '1m', url: 'https://github.com/acme/dev-team', ref: { branch: 'main' } };
const document = (app: App, path: string) =>
  reader(app.tree()).document(path) as { metadata: JsonObject; spec: JsonObject };

describe('a cluster that is locked down', () => {
  it("has its Kustomizations beside its source, with the controller's account", () => {
    const { app, cluster } = locked();
    const shop = new Application(cluster, 'shop');
    new ApiObject(shop.directory, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } });
    for (const path of ['kubernetes/apps/shop/shop/ks.yaml', 'kubernetes/flux/cluster/ks.yaml']) {
      const { metadata, spec } = document(app, path);
      expect([path, metadata.namespace, spec.serviceAccountName]).toEqual([
        path,
        'flux-system',
        'kustomize-controller',
      ]);
    }
    expect(document(app, 'kubernetes/apps/shop/shop/app/settings.yaml').metadata.namespace).toBe('shop');
  });

  const fault = (compose: (cluster: Cluster) => void) => {
    const { app, cluster } = locked();
    compose(cluster);
    try {
      app.tree();
      return 'nothing';
    } catch (error) {
      return (error as Error).message;
    }
  };
  const chart = { spec: { interval: '15m', url: 'oci://ghcr.io/stefanprodan/charts/podinfo', ref: { tag: '6.9.0' } } };

  it('refuses a HelmRelease without a service account, and one whose chart is of another namespace', () => {
    const release = (spec: object, of = 'web') =>
      fault((cluster) => {
        const web = new Application(cluster, 'web');
        const source = new OciRepository(new Application(cluster, of === 'web' ? 'more' : of).directory, 'x', chart);
        const own = new OciRepository(web.directory, 'chart', chart);
        new HelmRelease(web.directory, 'podinfo', { chart: { ref: of === 'web' ? own : source }, spec });
      });
    expect(release({})).toContain(
      'lockdown: HelmRelease web/podinfo (fleet/apps/web/web/app/podinfo/Resource): spec.serviceAccountName: the service account that it applies with is missing',
    );
    expect(release({ serviceAccountName: 'web' }, 'other')).toContain(
      'spec.chartRef.namespace: "other": only "web", the namespace of the object itself',
    );
    expect(release({ serviceAccountName: 'web' })).toBe('nothing');
  });

  it('refuses an Alert about what is in another namespace', () => {
    const alert = (namespace: string) =>
      fault((cluster) => {
        new ApiObject(new Application(cluster, 'web').directory, 'alert', {
          apiVersion: 'notification.toolkit.fluxcd.io/v1beta3',
          kind: 'Alert',
          metadata: { name: 'alert' },
          spec: { providerRef: { name: 'chat' }, eventSources: [{ kind: 'Kustomization', name: '*', namespace }] },
        });
      });
    expect(alert('flux-system')).toContain('spec.eventSources[0].namespace: "flux-system": only "web"');
    expect(alert('web')).toBe('nothing');
  });
});

describe('a tenant', () => {
  it('applies its own source into its namespace, with the rights that its account has there', () => {
    const { app, cluster } = locked();
    new Tenant(cluster, 'dev-team', { namespace: 'apps', git });
    const folder = 'kubernetes/apps/apps/dev-team';
    expect(document(app, `${folder}/ks.yaml`).metadata).toEqual({ name: 'tenant-dev-team', namespace: 'flux-system' });
    const sync = document(app, `${folder}/app/sync.yaml`);
    expect(sync.metadata).toEqual({
      name: 'dev-team',
      namespace: 'apps',
      labels: { 'toolkit.fluxcd.io/tenant': 'dev-team' },
    });
    expect(sync.spec).toMatchObject({
      path: './',
      serviceAccountName: 'dev-team',
      sourceRef: { kind: 'GitRepository', name: 'dev-team' },
      targetNamespace: 'apps',
    });
    expect(document(app, `${folder}/app/source.yaml`)).toMatchObject({
      kind: 'GitRepository',
      metadata: { name: 'dev-team', namespace: 'apps' },
      spec: git,
    });
    expect(document(app, `${folder}/app/rolebinding.yaml`)).toMatchObject({
      metadata: { namespace: 'apps' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'admin' },
      subjects: [{ kind: 'ServiceAccount', name: 'dev-team', namespace: 'apps' }],
    });
  });

  it('keeps its account and namespace whatever its Kustomization is given', () => {
    const { app, cluster } = locked({});
    new Tenant(cluster, 'dev-team', {
      git,
      role: 'edit',
      kustomization: { interval: '5m', spec: { serviceAccountName: 'kustomize-controller' } },
    });
    expect(document(app, 'kubernetes/apps/dev-team/dev-team/app/sync.yaml').spec).toMatchObject({
      interval: '5m',
      serviceAccountName: 'dev-team',
    });
  });

  it('may have a namespace of its name, where two Kustomizations stand: its own, and the one that applies that', () => {
    const { app, cluster } = locked({});
    new Tenant(cluster, 'dev-team', { git });
    const folder = 'kubernetes/apps/dev-team/dev-team';
    const names = ['ks.yaml', 'app/sync.yaml'].map((file) => document(app, `${folder}/${file}`).metadata);
    expect(names).toMatchObject([
      { name: 'tenant-dev-team', namespace: 'dev-team' },
      { name: 'dev-team', namespace: 'dev-team' },
    ]);
  });

  const rights = (app: App, folder = 'kubernetes/apps/dev-team/dev-team/app') => {
    const binding = document(app, `${folder}/rolebinding.yaml`) as unknown as { roleRef: JsonObject };
    return [binding.roleRef, (document(app, `${folder}/role.yaml`) as unknown as { rules: unknown }).rules];
  };
  const all = ['create', 'delete', 'get', 'list', 'patch', 'watch'];
  const read = ['get', 'list', 'watch'];
  const own = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'dev-team-reconciler' };

  it('has the rights to apply the kinds that it is given, and to read what tells whether they are ready', () => {
    const { app, cluster } = locked();
    new Tenant(cluster, 'dev-team', {
      git,
      kinds: ['ConfigMap', 'Service', 'apps/Deployment', 'policy/PodDisruptionBudget'],
    });
    expect(rights(app)).toEqual([
      own,
      [
        { apiGroups: [''], resources: ['configmaps', 'services'], verbs: all },
        { apiGroups: ['apps'], resources: ['deployments'], verbs: all },
        { apiGroups: ['policy'], resources: ['poddisruptionbudgets'], verbs: all },
        { apiGroups: [''], resources: ['pods'], verbs: read },
        { apiGroups: ['apps'], resources: ['replicasets'], verbs: read },
      ],
    ]);
  });

  it('applies a Directory of this program, with the rights that follow from what is in it', () => {
    const { app, cluster } = locked();
    const kustomizationFile = { configMapGenerator: [{ name: 'x', literals: ['A=b'] }] };
    const folder = new Directory(cluster, 'tenants/dev-team', { namespace: 'dev-team', kustomizationFile });
    new Tenant(cluster, 'dev-team', { git, path: folder, kinds: ['batch/Job'] });
    const object = (kind: string, apiVersion: string, more: object) =>
      new ApiObject(folder, kind.toLowerCase(), { apiVersion, kind, metadata: { name: 'web' }, ...more });
    const group = 'rbac.authorization.k8s.io';
    object('NetworkPolicy', 'networking.k8s.io/v1', { spec: { podSelector: {} } });
    object('Role', `${group}/v1`, { rules: [{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'] }] });
    object('RoleBinding', `${group}/v1`, { roleRef: { apiGroup: group, kind: 'Role', name: 'web' }, subjects: [] });
    expect(rights(app)).toEqual([
      own,
      [
        { apiGroups: [''], resources: ['configmaps'], verbs: all },
        { apiGroups: ['batch'], resources: ['jobs'], verbs: all },
        { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: all },
        { apiGroups: [group], resources: ['roles', 'rolebindings'], verbs: all },
        { apiGroups: [group], resources: ['roles'], resourceNames: ['web'], verbs: ['bind'] },
        { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'] },
      ],
    ]);
    expect(document(app, 'kubernetes/apps/dev-team/dev-team/app/sync.yaml').spec).toMatchObject({
      path: './dist/tenants/dev-team',
      sourceRef: { kind: 'GitRepository', name: 'dev-team' },
    });
  });

  it('is refused what no rights in its namespace allow', () => {
    const { cluster } = locked();
    expect(() => new Tenant(cluster, 'a', { git, kinds: ['Namespace'] })).toThrow('a kind of objects in a namespace');
    const other = locked();
    expect(() => new Tenant(other.cluster, 'a', { git, kinds: ['apps/v1/Deployment'] })).toThrow(
      '"apps/v1/Deployment"',
    );
    const both = locked();
    expect(() => new Tenant(both.cluster, 'a', { git, kinds: ['ConfigMap'], role: 'edit' })).toThrow(
      'none beside role',
    );
    const core = locked();
    expect(() => new Tenant(core.cluster, 'a', { git, kinds: ['Deployment'] })).toThrow(
      'fleet/tenant-a: kinds is "Deployment". Allowed: a kind of objects in a namespace, with its API group unless that is the core\'s.',
    );
    const none = locked();
    expect(() => new Tenant(none.cluster, 'a', { git, kinds: [] })).toThrow('kinds is []. Allowed: at least one kind.');
    const derived = locked();
    const folder = new Directory(derived.cluster, 'tenants/a', { namespace: 'a' });
    new Tenant(derived.cluster, 'a', { git, path: folder });
    new ApiObject(folder, 'class', { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'x' } });
    expect(() => derived.app.tree()).toThrow(
      'path: tenants/a has a StorageClass, which is in no namespace; a tenant has rights in its own alone.',
    );
  });

  it('is kept out of the namespace that applies the cluster', () => {
    const { cluster } = locked();
    expect(() => new Tenant(cluster, 'a', { git, namespace: 'flux-system' })).toThrow(
      'namespace is "flux-system". Allowed: another one than that of the cluster\'s source',
    );
  });

  it('applies a path or a Directory', () => {
    const { cluster } = locked();
    const app = new Application(cluster, 'shop');
    expect(() => new Tenant(cluster, 'a', { git, path: app as never })).toThrow(
      'fleet/tenant-a: path. Allowed: a path of the source, or a Directory of this program.',
    );
  });

  it('has one source', () => {
    const { cluster } = locked();
    expect(() => new Tenant(cluster, 'dev-team', {})).toThrow("the tenant's source: either git or oci");
  });
});
