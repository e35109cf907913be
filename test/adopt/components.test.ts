import { adopted } from './adopted';

const kustomization = (kind: string, fields = '') =>
  `apiVersion: kustomize.config.k8s.io/${kind === 'Component' ? 'v1alpha1' : 'v1beta1'}\nkind: ${kind}\n${fields}`;
const ks = (path: string, components: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec:
  interval: 1h
  prune: true
  path: ${path}
  sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }
  components:
${components}`;
const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { a: b }\n';
const texts = {
  'apps/shop/ks.yaml': ks(
    './apps/shop/app',
    '    - ../../../components/backup # each night\n    - ../../../components/backup/\n',
  ),
  'apps/shop/app/kustomization.yaml': kustomization(
    'Kustomization',
    'resources: [./config.yaml]\ncomponents: [../../../components/alerts]\n',
  ),
  'apps/shop/app/config.yaml': config,
  'components/alerts/kustomization.yaml': kustomization('Component', 'resources: [./a.yaml]\n'),
  'components/alerts/a.yaml': config.replace('name: a', 'name: alerts'),
  'components/backup/kustomization.yaml': kustomization('Component', 'resources: [./a.yaml]\n'),
  'components/backup/a.yaml': config.replace('name: a', 'name: backup'),
};

test('Components are named by their folders, under their comments; what is written otherwise than derived stays as it is', () => {
  const { code, yaml } = adopted(texts);
  const all = [...code.values()].join('\n');
  expect(all).toContain("components: [Directory.named('components/alerts')]");
  expect(all).toContain(
    "components: [commented(Directory.named('components/backup'), 'each night', 'end'), '../../../components/backup/']",
  );
  expect(yaml.get('apps/shop/app/kustomization.yaml')).toContain('- ../../../components/alerts\n');
  expect(yaml.get('apps/shop/ks.yaml')).toContain('- ../../../components/backup # each night\n');
});
