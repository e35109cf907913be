import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';

/**
 * A tree as people write it by hand for a cluster at home or at work, of 80 apps and about 500 documents: most apps are HelmReleases with
 * components, all get patches and substitution from the cluster's Kustomization, and the generators of kustomize make their settings.
 *
 * @returns its folder, which is made once; and another in which one app has another image
 */
export function realTree(folder: string): { tree: string; changed: string } {
  const [tree, changed] = [join(folder, 'tree'), join(folder, 'changed')];
  if (existsSync(changed)) return { tree, changed };
  write(tree, filesOf('1.0.0'));
  write(changed, filesOf('1.0.1'));
  return { tree, changed };
}

const apps = 80;
const namespaces = ['media', 'home', 'tools', 'network', 'observability', 'database', 'security', 'default'];

function filesOf(tag: string): Record<string, string> {
  const files: Record<string, string> = { ...cluster, ...components };
  for (const namespace of namespaces) {
    const names = Array.from({ length: apps }, (_, i) => i).filter((i) => namespaceOf(i) === namespace);
    files[`apps/${namespace}/kustomization.yaml`] = kustomization({
      namespace,
      components: ['../../components/common'],
      resources: names.map((i) => `${nameOf(i)}/ks.yaml`),
    });
    for (const i of names) Object.assign(files, i % 4 === 3 ? plainApp(i, tag) : chartApp(i, tag));
  }
  return files;
}

const nameOf = (i: number) => `app-${i}`;
const namespaceOf = (i: number) => namespaces[i % namespaces.length] as string;
const kustomization = (fields: object) =>
  document({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', ...fields });
const component = (fields: object) =>
  document({ apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component', ...fields });

const fluxKustomization = (name: string, spec: object) => ({
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  metadata: { name, namespace: 'flux-system' },
  spec: {
    interval: '1h',
    retryInterval: '2m',
    prune: true,
    sourceRef: { kind: 'GitRepository', name: 'flux-system' },
    ...spec,
  },
});

/** What every app's Kustomization gets: the variables of the cluster, and how its HelmReleases fail. */
const patchOfApps = [
  {
    target: {
      group: 'kustomize.toolkit.fluxcd.io',
      kind: 'Kustomization',
      labelSelector: 'substitution notin (disabled)',
    },
    patch: document({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name: 'any' },
      spec: {
        retryInterval: '2m',
        timeout: '5m',
        postBuild: { substituteFrom: [{ kind: 'ConfigMap', name: 'cluster-settings' }] },
        patches: [
          {
            target: { group: 'helm.toolkit.fluxcd.io', kind: 'HelmRelease' },
            patch: document({
              apiVersion: 'helm.toolkit.fluxcd.io/v2',
              kind: 'HelmRelease',
              metadata: { name: 'any' },
              spec: {
                install: { crds: 'CreateReplace', remediation: { retries: 3 } },
                upgrade: { cleanupOnFail: true, crds: 'CreateReplace', remediation: { retries: 3 } },
              },
            }),
          },
        ],
      },
    }),
  },
];

const cluster = {
  'flux/cluster/ks.yaml': document(
    fluxKustomization('cluster-settings', { path: './flux/settings' }),
    fluxKustomization('cluster-apps', {
      path: './apps',
      dependsOn: [{ name: 'cluster-settings' }],
      patches: patchOfApps,
      postBuild: { substituteFrom: [{ kind: 'ConfigMap', name: 'cluster-settings' }] },
    }),
  ),
  'flux/settings/cluster-settings.yaml': settings('flux-system'),
  'apps/kustomization.yaml': kustomization({ resources: namespaces.map((namespace) => `./${namespace}`) }),
};

const components = {
  'components/common/kustomization.yaml': component({ resources: ['namespace.yaml', 'cluster-settings.yaml'] }),
  'components/common/cluster-settings.yaml': settings(),
  'components/common/namespace.yaml': document({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'any', annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } },
  }),
  'components/storage/kustomization.yaml': component({ resources: ['claim.yaml', 'configmap.yaml'] }),
  'components/storage/claim.yaml': document({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: '${APP}', annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '${CAPACITY:=5Gi}' } },
      storageClassName: '${STORAGE_CLASS}',
    },
  }),
  'components/storage/configmap.yaml': document({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: '${APP}-backup' },
    data: { SCHEDULE: '${SCHEDULE:-0 3 * * *}', TARGET: 's3://backups/${APP}' },
  }),
};

function appKustomization(i: number): string {
  return document({
    ...fluxKustomization(nameOf(i), {
      path: `./apps/${namespaceOf(i)}/${nameOf(i)}/app`,
      components: ['../../../../components/storage'],
      targetNamespace: namespaceOf(i),
      commonMetadata: { labels: { 'app.kubernetes.io/name': nameOf(i) } },
      // Some apps wait for it.
      wait: i % 7 === 1,
      sourceRef: { kind: 'GitRepository', name: 'flux-system', namespace: 'flux-system' },
      dependsOn: i % 7 === 6 ? [{ name: nameOf(i - 5), namespace: namespaceOf(i - 5) }] : undefined,
      postBuild: { substitute: { APP: nameOf(i), CAPACITY: `${(i % 9) + 1}Gi` } },
    }),
    metadata: { name: nameOf(i), namespace: namespaceOf(i) },
  });
}

function chartApp(i: number, tag: string): Record<string, string> {
  const at = `apps/${namespaceOf(i)}/${nameOf(i)}`;
  return {
    [`${at}/ks.yaml`]: appKustomization(i),
    [`${at}/app/kustomization.yaml`]: kustomization({
      resources: ['ocirepository.yaml', 'helmrelease.yaml', 'route.yaml', 'policy.yaml'],
      configMapGenerator: [{ name: `${nameOf(i)}-config`, files: ['config.yaml=./resources/config.yaml'] }],
      generatorOptions: { disableNameSuffixHash: true },
    }),
    [`${at}/app/resources/config.yaml`]: `server:\n  port: 8080\n  base: https://${nameOf(i)}.\${DOMAIN}\nlog: info\n`,
    [`${at}/app/ocirepository.yaml`]: document({
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'OCIRepository',
      metadata: { name: nameOf(i) },
      spec: {
        interval: '1h',
        layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
        ref: { tag: '4.2.0' },
        url: 'oci://registry.example.org/charts/app',
      },
    }),
    [`${at}/app/helmrelease.yaml`]: document({
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      metadata: { name: nameOf(i) },
      spec: {
        interval: '1h',
        chartRef: { kind: 'OCIRepository', name: nameOf(i) },
        values: {
          controllers: {
            main: {
              annotations: { 'reloader.stakater.com/auto': 'true' },
              containers: {
                main: {
                  image: { repository: `registry.example.org/${nameOf(i)}`, tag: i === apps / 2 ? tag : '1.0.0' },
                  env: { TZ: '${TIMEZONE}', HOST: `${nameOf(i)}.\${DOMAIN}`, PORT: 8080 },
                  probes: { liveness: { enabled: true }, readiness: { enabled: true } },
                  resources: { requests: { cpu: '10m', memory: '128Mi' }, limits: { memory: '1Gi' } },
                  securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
                },
              },
            },
          },
          service: { main: { ports: { http: { port: 8080 } } } },
          persistence: {
            data: { existingClaim: nameOf(i) },
            config: { type: 'configMap', name: `${nameOf(i)}-config` },
            tmp: { type: 'emptyDir' },
          },
        },
      },
    }),
    [`${at}/app/route.yaml`]: document({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: nameOf(i) },
      spec: {
        rules: [
          {
            host: `${nameOf(i)}.\${DOMAIN}`,
            http: {
              paths: [
                { path: '/', pathType: 'Prefix', backend: { service: { name: nameOf(i), port: { number: 8080 } } } },
              ],
            },
          },
        ],
      },
    }),
    [`${at}/app/policy.yaml`]: networkPolicy(i),
  };
}

function plainApp(i: number, tag: string): Record<string, string> {
  const at = `apps/${namespaceOf(i)}/${nameOf(i)}`;
  const labels = { app: nameOf(i) };
  return {
    [`${at}/ks.yaml`]: appKustomization(i),
    [`${at}/app/kustomization.yaml`]: kustomization({
      resources: ['deployment.yaml', 'service.yaml', 'policy.yaml'],
      images: [{ name: 'app', newName: `registry.example.org/${nameOf(i)}`, newTag: i === apps / 2 ? tag : '1.0.0' }],
      configMapGenerator: [{ name: `${nameOf(i)}-env`, literals: ['LOG_LEVEL=info', `HOST=${nameOf(i)}.\${DOMAIN}`] }],
      patches: [
        {
          target: { kind: 'Deployment' },
          patch: '- op: add\n  path: /spec/template/spec/priorityClassName\n  value: system-cluster-critical\n',
        },
        { path: 'resources.yaml' },
      ],
    }),
    [`${at}/app/resources.yaml`]: document({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: nameOf(i) },
      spec: { template: { spec: { containers: [{ name: 'app', resources: { limits: { memory: '256Mi' } } }] } } },
    }),
    [`${at}/app/deployment.yaml`]: document({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: nameOf(i) },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            containers: [
              {
                name: 'app',
                image: 'app',
                ports: [{ name: 'http', containerPort: 8080 }],
                envFrom: [{ configMapRef: { name: `${nameOf(i)}-env` } }, { configMapRef: { name: '${APP}-backup' } }],
                volumeMounts: [{ name: 'data', mountPath: '/data' }],
              },
            ],
            volumes: [{ name: 'data', persistentVolumeClaim: { claimName: '${APP}' } }],
          },
        },
      },
    }),
    [`${at}/app/service.yaml`]: document({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: nameOf(i) },
      spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
    }),
    [`${at}/app/policy.yaml`]: networkPolicy(i),
  };
}

/** The variables of the cluster: a Kustomization takes them from its own namespace. */
function settings(namespace?: string): string {
  return document({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'cluster-settings', namespace },
    data: { DOMAIN: 'example.org', TIMEZONE: 'Etc/UTC', STORAGE_CLASS: 'fast' },
  });
}

function networkPolicy(i: number): string {
  return document({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: nameOf(i) },
    spec: {
      podSelector: { matchLabels: { 'app.kubernetes.io/name': nameOf(i) } },
      policyTypes: ['Ingress'],
      ingress: [{ ports: [{ port: 8080 }] }],
    },
  });
}

export function document(...objects: readonly object[]): string {
  return objects.map((object) => `---\n${stringify(object, { lineWidth: 0 })}`).join('');
}

export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
