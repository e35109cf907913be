import { espalier, run } from '../../repository';
import { apps, orphaned, others, read, repository, source } from './tree';

const tenants = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: tenants }\n';

const move = (cwd: string, ...args: string[]) =>
  espalier(['rename', 'flux-system/apps', 'tenants/workloads', ...args], { cwd });

/** Both steps in the files. */
async function moved(folder: string, ...args: string[]) {
  const first = await move(folder, '--write', ...args);
  if (first.code !== 0) return first;
  run('git', ['commit', '-qam', 'step 1'], { cwd: folder });
  return move(folder, '--write', '--reconciled', ...args);
}

it('moves it to another namespace, and all that means it follows', async () => {
  const base = { 'clusters/prod/tenants.yaml': tenants };
  const folder = repository(base);
  const { code, stdout } = await moved(folder);
  expect(stdout).toContain('Kustomization flux-system/apps becomes tenants/workloads: the last step');
  expect(code).toBe(0);
  expect(read(folder, 'clusters/prod/apps.yaml')).toBe(
    apps
      .replace('name: apps', 'name: workloads')
      .replace('namespace: flux-system', 'namespace: tenants')
      .replace('name: flux-system }', 'name: flux-system, namespace: flux-system }'),
  );
  expect(read(folder, 'clusters/prod/others.yaml')).toBe(
    others
      .replace('- name: apps # first', '- name: workloads # first\n      namespace: tenants')
      .replace('name: apps, namespace: flux-system', 'name: workloads, namespace: tenants')
      .replace('name: apps\n', 'name: workloads\n      namespace: tenants\n'),
  );
  run('git', ['commit', '-qam', 'step 2'], { cwd: folder });
  const diff = await espalier(['diff', 'HEAD~1', 'HEAD'], { cwd: folder });
  expect(diff.stdout).toContain('Danger: low');
  expect(diff.stdout).toContain(
    'default/data stays in the cluster: Kustomization tenants/workloads applies it from now on',
  );
});

it('makes explicit what it waits for, and leaves what says its namespace', async () => {
  const waiting = apps.replace(
    'spec:\n',
    'spec:\n  dependsOn:\n    - name: base\n    - { name: crds, namespace: tenants }\n',
  );
  const other = (name: string, namespace: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: ${namespace} }
spec: { interval: 10m, path: ./${name}, prune: true, ${source.replace('system }', 'system, namespace: flux-system }')} }
`;
  const folder = repository({
    'clusters/prod/tenants.yaml': tenants,
    'clusters/prod/apps.yaml': waiting,
    'clusters/prod/base.yaml': other('base', 'flux-system'),
    'clusters/prod/crds.yaml': other('crds', 'tenants'),
    'base/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: default }\n',
    'crds/b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: b, namespace: default }\n',
  });
  const { stdout } = await moved(folder);
  expect(stdout).toContain(
    '+    - name: base\n+      namespace: flux-system\n     - { name: crds, namespace: tenants }\n'.slice(20),
  );
  expect(read(folder, 'clusters/prod/apps.yaml')).toContain(
    '    - name: base\n      namespace: flux-system\n    - { name: crds, namespace: tenants }\n',
  );
});

it('says first what must be in the new namespace, of what the tree does not show', async () => {
  const local = apps.replace(
    'spec:\n',
    `spec:
  decryption: { provider: sops, secretRef: { name: sops-age } }
  serviceAccountName: deployer
  postBuild:
    substituteFrom:
      - { kind: Secret, name: vars, optional: true }
`,
  );
  const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: deployer, namespace: tenants }\n';
  const rights = (namespace: string) => `---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: deployer-${namespace} }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }
subjects: [{ kind: ServiceAccount, name: deployer, namespace: ${namespace} }]
`;
  const folder = repository({
    'clusters/prod/tenants.yaml': `${tenants}---\n${account}`,
    'clusters/prod/rights.yaml': rights('tenants') + rights('flux-system'),
    'clusters/prod/apps.yaml': local,
  });
  const { stdout } = await move(folder);
  expect(stdout).toContain(
    'Before step 2, these must be in the cluster; the tree does not show them:\n  Secret tenants/sops-age (spec.decryption.secretRef.name)\n',
  );
  expect(stdout).not.toContain('ServiceAccount');
  const again = await moved(folder);
  expect(again.code).toBe(0);
});

it('refuses where what it needs is missing in the tree', async () => {
  const folder = repository({
    'clusters/prod/tenants.yaml': tenants,
    'clusters/prod/apps.yaml': apps.replace('spec:\n', 'spec:\n  serviceAccountName: deployer\n'),
    'clusters/prod/account.yaml':
      'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: deployer, namespace: flux-system }\n',
  });
  const { code, stdout } = await move(folder, '--write');
  expect(stdout).toContain(
    'ServiceAccount tenants/deployer (spec.serviceAccountName), with the rights of flux-system/deployer',
  );
  expect(stdout).toContain('A step does more than it should (above): nothing is written.');
  expect(code).toBe(1);
});

it('refuses a namespace that locked down controllers do not let it refer from', async () => {
  const lockdown = `resources: [gotk-sync.yaml]
patches:
  - patch: |
      - { op: add, path: /spec/template/spec/containers/0/args/-, value: --no-cross-namespace-refs=true }
    target: { kind: Deployment, name: "(kustomize-controller|notification-controller)" }
`;
  const folder = repository({
    'clusters/prod/tenants.yaml': tenants,
    'clusters/prod/flux-system/kustomization.yaml': lockdown,
  });
  const { code, stdout } = await move(folder);
  expect(stdout).toContain(
    'refers to namespace flux-system, and kustomize-controller runs with --no-cross-namespace-refs',
  );
  expect(code).toBe(1);
});

it('refuses a namespace that nothing of the file gives', async () => {
  const folder = repository({
    'clusters/prod/tenants.yaml': tenants,
    'clusters/prod/kustomization.yaml': 'resources: [flux-system, tenants.yaml, others.yaml, apps]\n',
    'clusters/prod/flux-system/kustomization.yaml': 'resources: [gotk-sync.yaml]\n',
    'clusters/prod/apps.yaml': '',
    'clusters/prod/apps/kustomization.yaml': 'namespace: flux-system\nresources: [apps.yaml]\n',
    'clusters/prod/apps/apps.yaml': apps.replace('  namespace: flux-system\n', ''),
  });
  const { code, stderr } = await move(folder);
  expect(stderr).toContain(
    'Kustomization flux-system/apps has its namespace from namespace in clusters/prod/apps/kustomization.yaml, whatever its file says.',
  );
  expect(code).toBe(2);
});

it('changes selectors of the labels that its objects get, and names those that may mean more', async () => {
  const selects = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: p, namespace: default }
spec:
  podSelector:
    matchLabels:
      kustomize.toolkit.fluxcd.io/name: apps
      kustomize.toolkit.fluxcd.io/namespace: flux-system
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: q, namespace: default }
spec:
  podSelector:
    matchExpressions:
      - { key: kustomize.toolkit.fluxcd.io/name, operator: In, values: [apps, more] }
---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Alert
metadata: { name: all, namespace: flux-system }
spec:
  providerRef: { name: chat }
  eventSources:
    - { kind: Kustomization, name: '*' }
`;
  const folder = repository({
    'clusters/prod/tenants.yaml': tenants,
    'more/settings.yaml': selects.slice(0, selects.indexOf('---\napiVersion: notification')),
    'clusters/prod/alert.yaml': selects.slice(selects.indexOf('apiVersion: notification')),
  });
  const { stdout } = await moved(folder);
  expect(read(folder, 'more/settings.yaml')).toContain(
    '      kustomize.toolkit.fluxcd.io/name: workloads\n      kustomize.toolkit.fluxcd.io/namespace: tenants\n',
  );
  expect(stdout).toContain(`Left as it is:
  Alert flux-system/all means every Kustomization of namespace flux-system (spec.eventSources[0]), and not this one any more: add one for namespace tenants if it shall.
  NetworkPolicy default/q selects by the labels of kustomize.toolkit.fluxcd.io (spec.podSelector.matchExpressions[0]): change it by hand if it means this one.
`);
});

it('refuses to lose what a patch gives it by its old name', async () => {
  const folder = repository({
    'clusters/prod/kustomization.yaml': `resources: [apps.yaml, others.yaml, flux-system]
patches:
  - patch: '[{ "op": "add", "path": "/spec/timeout", "value": "5m" }]'
    target: { kind: Kustomization, name: "ap.*" }
`,
    'clusters/prod/flux-system/kustomization.yaml': 'resources: [gotk-sync.yaml]\n',
  });
  const { code, stdout } = await espalier(['rename', 'flux-system/apps', 'workloads'], { cwd: folder });
  expect(stdout).toContain(
    'more than the step: Kustomization flux-system/workloads would say something else in spec.timeout',
  );
  expect(code).toBe(1);
});

it('refuses to change a policy that a patch gives to more than one', async () => {
  const folder = repository({
    'clusters/prod/kustomization.yaml': `resources: [apps.yaml, others.yaml, flux-system]
patches:
  - patch: '[{ "op": "add", "path": "/spec/deletionPolicy", "value": "WaitForTermination" }]'
    target: { kind: Kustomization }
`,
    'clusters/prod/flux-system/kustomization.yaml': 'resources: [gotk-sync.yaml]\n',
  });
  const { code, stderr } = await espalier(['rename', 'flux-system/apps', 'workloads'], { cwd: folder });
  expect(stderr).toContain(
    'Kustomization flux-system/apps has its spec.deletionPolicy from a patch in clusters/prod/kustomization.yaml, which may be for others, too.',
  );
  expect(code).toBe(2);
});

it('writes the plan for programs', async () => {
  const folder = repository({ 'clusters/prod/apps.yaml': orphaned });
  const { stdout } = await move(folder, '--format', 'json');
  const plan = JSON.parse(stdout);
  expect(plan).toMatchObject({ kustomization: 'flux-system/apps', name: 'workloads', namespace: 'tenants' });
  expect(plan.needed).toEqual(['Namespace tenants']);
});

it('needs no namespace that every cluster has, and keeps what a ResourceSet goes on making', async () => {
  const set = `apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata: { name: sets, namespace: default }
spec:
  inputs: [{ name: one }]
  resources:
    - apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: { name: 'of-<< inputs.name >>', namespace: default }
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
`;
  const folder = repository({ 'clusters/prod/apps.yaml': orphaned, 'apps/set.yaml': set });
  const { stdout } = await espalier(['rename', 'flux-system/apps', 'default/apps'], { cwd: folder });
  expect(stdout).not.toContain('Before step 2');
  expect(stdout).toContain('Nothing is written.');
});

it('refuses wrong namespaces', async () => {
  const folder = repository();
  const of = async (...args: string[]) => (await espalier(['rename', ...args], { cwd: folder })).stderr;
  expect(await of('flux-system/apps', 'A/b')).toContain('The namespace of NAME "A/b" must be a DNS label');
  expect(await of('flux-system/apps', 'a/b/c')).toContain('NAME "a/b/c" must be a DNS subdomain');
  expect(await of('flux-system/apps', 'tenants/')).toContain('NAME "tenants/" must be a DNS subdomain');
  expect(await of('flux-system/apps', 'flux-system/apps')).toContain('is called that already');
});
