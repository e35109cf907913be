import { foundByRenovate } from '../../systems/renovate';
import { adopted } from '../adopted';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const kustomization = (path: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${path}, namespace: flux-system }
spec: { interval: 1h, path: ./${path}, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
`;
const source = (kind: string, name: string, spec: string) => `apiVersion: source.toolkit.fluxcd.io/v1
kind: ${kind}
metadata: { name: ${name}, namespace: flux-system }
spec: ${spec}
`;
const release = (name: string, chart: string, values = '{}') => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${name}, namespace: shop }
spec: { interval: 1h, ${chart}, values: ${values} }
`;
const chart = (name: string, version: string, repository: string, more = '') =>
  `chart: { ${more} spec: { chart: ${name}, version: ${version}, sourceRef: { kind: HelmRepository, name: ${repository}, namespace: flux-system } } }`;

const tree = {
  'clusters/home/apps.yaml': kustomization('apps'),
  'clusters/home/charts.yaml': kustomization('charts'),
  'charts/acme.yaml': source('HelmRepository', 'acme', '{ interval: 1h, url: https://charts.acme.example/ }'),
  'charts/registry.yaml': source(
    'HelmRepository',
    'registry',
    '{ interval: 1h, type: oci, url: oci://ghcr.io/acme/charts }',
  ),
  'charts/web.yaml': source(
    'OCIRepository',
    'web',
    '{ interval: 1h, layerSelector: { mediaType: application/vnd.cncf.helm.chart.content.v1.tar+gzip, operation: copy }, ref: { tag: 5.1.0 }, url: oci://ghcr.io/acme/web }',
  ),
  'apps/web.yaml': release(
    'web',
    'chartRef: { kind: OCIRepository, name: web, namespace: flux-system }',
    `{ image: { repository: ghcr.io/acme/shop, tag: 1.4.2@${digest} }, cache: { image: { tag: 7.0.1, pullPolicy: Always, repository: redis } } }`,
  ),
  'apps/database.yaml': release('database', chart('database', '1.2.3', 'acme')),
  'apps/queue.yaml': release('queue', chart('queue', '4.5.6', 'registry')),
  'apps/plain.yaml': release('plain', chart('plain', '7.8.9', 'acme', 'metadata: { labels: { a: b } },')),
  'apps/range.yaml': release('range', chart('range', '">=1.0.0"', 'acme')),
  'apps/pod.yaml': `apiVersion: v1
kind: Pod
metadata: { name: pod, namespace: shop }
spec:
  containers:
    - name: pod
      # why this one
      image: ghcr.io/acme/job:0.9.0
      env:
        # renovate: datasource=github-releases depName=acme/tool
        - { name: TOOL, value: v3.2.1 }
        - name: OTHER
          # renovate: datasource=github-releases depName=acme/other
          value: v6.5.4
`,
};

const found = (renovate: boolean) => [...adopted(tree, { renovate }).code.values()].flatMap(foundByRenovate);

test('Renovate finds in the code what it found in the YAML', () => {
  const all = found(true);
  expect(all).toHaveLength(8);
  expect(all).toEqual(
    expect.arrayContaining([
      { datasource: 'docker', depName: 'ghcr.io/acme/web', currentValue: '5.1.0' },
      { datasource: 'docker', depName: 'ghcr.io/acme/shop', currentValue: '1.4.2', currentDigest: digest },
      { datasource: 'docker', depName: 'redis', currentValue: '7.0.1' },
      {
        ...{ datasource: 'helm', depName: 'database', currentValue: '1.2.3' },
        registryUrl: 'https://charts.acme.example',
      },
      { datasource: 'docker', depName: 'ghcr.io/acme/charts/queue', currentValue: '4.5.6' },
      { datasource: 'helm', depName: 'plain', currentValue: '7.8.9', registryUrl: 'https://charts.acme.example' },
      { datasource: 'docker', depName: 'ghcr.io/acme/job', currentValue: '0.9.0' },
      { datasource: 'github-releases', depName: 'acme/other', currentValue: 'v6.5.4' },
    ]),
  );
});

test('without Renovate, nothing is said of it', () => {
  const code = [...adopted(tree).code.values()].join('\n');
  expect(code).not.toContain('registryUrl');
  expect(code).toContain("version: '1.2.3'");
});
