import { fluxKustomization, object } from '../../graph/graph';
import { adopted } from '../adopted';

const host = 'https://schemas.example.org/{group}/{kind}-{version}.json';

const texts = {
  'clusters/home/apps.yaml': fluxKustomization('apps', './apps'),
  'apps/kustomization.yaml': `# yaml-language-server: $schema=https://json.schemastore.org/kustomization
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: shop
resources:
  # Until the chart does it
  - ./monitor.yaml
  - ./shop.yaml
  # - ./backup.yaml
images:
  - name: example.org/shop
    newTag: 1.2.3 # {"$imagepolicy": "flux-system:shop:tag"}
`,
  'apps/monitor.yaml': `---
# yaml-language-server: $schema=https://schemas.example.org/monitoring.coreos.com/podmonitor-v1.json
# What Prometheus reads
# of the shop
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata:
  name: monitor
spec:
  selector: {} # all
  podMetricsEndpoints:
    # By name
    - port: metrics
      # interval: 1m
    # - port: other
`,
  'apps/shop.yaml': `---
# yaml-language-server: $schema=https://elsewhere.example.org/shop.json
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: shop
spec:
  # Often
  interval: 1h
  chart:
    spec:
      chart: shop
      # renovate: datasource=helm depName=shop
      version: 1.2.3
      sourceRef:
        kind: HelmRepository
        name: shop
  values:
    nothing: # said of nothing
    text: |
      # no comment
    replicas: 3 # one for each zone
    # As measured
    resources:
      limits:
        memory: 1Gi
`,
};

describe('of a tree that is adopted', () => {
  const { result, main, code, yaml } = adopted(texts);
  const all = [...code.values()].join('\n');

  test('every object is said by code', () => {
    const files = Object.keys(texts).filter((path) => !path.endsWith('kustomization.yaml'));
    expect([...result.forms.keys()].map(({ file }) => file.path).sort()).toEqual(files.sort());
  });

  test('the YAML keeps what is said, on its line', () => {
    expect(yaml.get('apps/monitor.yaml')).toBe(`---
# yaml-language-server: $schema=${host.replace('{group}/{kind}-{version}', 'monitoring.coreos.com/podmonitor-v1')}
# Made by PodMonitor at apps/monitor; change the construct, not this file.
# What Prometheus reads
# of the shop
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata:
  name: monitor
spec:
  selector: {} # all
  podMetricsEndpoints:
    # By name
    - port: metrics
`);
    const shop = yaml.get('apps/shop.yaml') ?? '';
    expect(shop).toContain('# yaml-language-server: $schema=https://elsewhere.example.org/shop.json\n');
    expect(shop).toContain('  # Often\n  interval: 1h\n');
    expect(shop).toContain('      # renovate: datasource=helm depName=shop\n      version: "1.2.3"\n');
    expect(shop).toContain('    nothing: null # said of nothing\n');
    expect(shop).toContain('    replicas: 3 # one for each zone\n');
    expect(yaml.get('apps/kustomization.yaml')).toContain(
      'newTag: "1.2.3" # {"$imagepolicy": "flux-system:shop:tag"}\n',
    );
  });

  test('that something is not listed on purpose stays in the kustomization.yaml, beside its neighbour', () => {
    expect(all).toContain("'- ./backup.yaml'");
    expect(yaml.get('apps/kustomization.yaml')).toContain('  - ./shop.yaml\n  # - ./backup.yaml\n');
  });

  test('the code has what is out of use, and what is said of entries of a kustomization.yaml', () => {
    expect(all).toContain('  // Until the chart does it\n  new PodMonitor(');
    expect(all).toContain('// interval: 1m\n');
    expect(all).toContain('// - port: other\n');
  });

  test('what the YAML says is not said again', () => {
    expect(all.match(/one for each zone/g)).toHaveLength(1);
    expect(all).not.toContain('$schema');
    expect(all).toContain("resources: { ...comment('As measured'), limits: { memory: '1Gi' } }");
    expect(all).toMatch(/\.\.\.comment\('By name'\),\s+port: 'metrics',/);
    expect(all).not.toContain('schema: ');
    expect(main).toContain("'helm.toolkit.fluxcd.io/HelmRelease': 'https://elsewhere.example.org/shop.json'");
  });
});

test('entries that are out of use stay in the kustomization.yaml of a Kustomization with a folder of its own, too', () => {
  const head = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n';
  const { code, yaml } = adopted({
    'clusters/home/apps.yaml': fluxKustomization('apps', './apps'),
    'apps/kustomization.yaml': `${head}resources: [./shop/ks.yaml]`,
    'apps/shop/ks.yaml': fluxKustomization('shop', './apps/shop/app'),
    'apps/shop/app/kustomization.yaml': `${head}resources:\n  - ./config.yaml\n  # - ./secret.yaml\n`,
    'apps/shop/app/config.yaml': object('v1', 'ConfigMap', 'config', 'data: { a: b }'),
  });
  expect([...code.values()].join('')).toContain("kustomizationFile: commented({}, '- ./secret.yaml'),");
  expect(yaml.get('apps/shop/app/kustomization.yaml')).toContain('\n# - ./secret.yaml\napiVersion:');
});

test('where the list of a kustomization.yaml is said, comments stay at their entries', () => {
  const head = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n';
  const list = `resources:
  # - ./backup
  - https://example.org/a.yaml
  # QoL: all goods
  - https://example.org/b.yaml
  - https://example.org/c.yaml # the last
  # - ./restore # broken
`;
  const { code, yaml } = adopted({
    'clusters/home/apps.yaml': fluxKustomization('apps', './apps'),
    'apps/kustomization.yaml': head + list.replace('resources:', 'resources:\n  # Ours\n  - ./z.yaml'),
    'apps/z.yaml': object('v1', 'ConfigMap', 'z', 'data: { a: b }'),
  });
  const written = yaml.get('apps/kustomization.yaml') ?? '';
  expect(written).toContain(list.slice('resources:\n'.length));
  expect(written).not.toMatch(/^# [^M]/m);
  expect([...code.values()].join('')).toContain('// Ours\n');
});

test('what is out of use in a field that a construct says in its own way stands above that', () => {
  const web = fluxKustomization('web', './web');
  const { code } = adopted({
    'clusters/home/all.yaml': `${fluxKustomization('db', './db')}---\n${web.trimEnd()}\n  dependsOn:\n    - name: db\n    # - name: cache\n`,
    'db/a.yaml': object('v1', 'ConfigMap', 'a', 'data: { a: b }'),
    'web/b.yaml': object('v1', 'ConfigMap', 'b', 'data: { a: b }'),
  });
  expect([...code.values()].join('')).toMatch(/ \/\/ - name: cache\n +dependsOn: \{ exactly: \[/);
});
