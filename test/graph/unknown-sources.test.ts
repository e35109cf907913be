import { fluxKustomization, graphOf, object } from './graph';

const repository = (name: string, spec: string) =>
  object('source.toolkit.fluxcd.io/v1', 'GitRepository', name, `spec: ${spec}`, 'flux-system');
const own = repository('flux-system', '{ url: "https://github.com/acme/home-ops" }');
const from = (name: string, more = '') =>
  fluxKustomization(name, './deploy', more).replace('name: flux-system, namespace', `name: ${name}, namespace`);

/** What is known of each object, as `Kind/namespace/name`, in a cluster with these objects among those of the app shop. */
function known(objects: readonly string[], texts: Record<string, string> = {}, flux: readonly string[] = []) {
  const [cluster] = graphOf({
    'flux/all.yaml': [own, fluxKustomization('shop', './shop'), ...flux].join(''),
    'shop/all.yaml': [object('v1', 'ConfigMap', 'there'), ...objects].join(''),
    ...texts,
  }).clusters;
  return (of: string) => {
    const [kind = '', namespace = '', name = ''] = of.split('/');
    return cluster?.lookup({ group: '', kind, namespace, name }).state;
  };
}

/** Of some objects, those that may be there. */
const open = (lookup: (of: string) => string | undefined, ...objects: string[]) =>
  objects.filter((of) => lookup(of) === 'unknown');

const asked = ['Secret/shop/db', 'Secret/other/db', 'Secret/shop/gone', 'Service/shop/gone'];

it('another repository of one’s own may bring anything, unless it has a namespace', () => {
  const apps = repository('apps', '{ url: "https://github.com/acme/apps" }');
  expect(open(known([], {}, [apps, from('apps')]), ...asked)).toEqual(asked);
  expect(open(known([], {}, [apps, from('apps', 'targetNamespace: other')]), ...asked)).toEqual(['Secret/other/db']);
});

it('software of others brings no Secrets but those of its own words', () => {
  const software = repository('snapshots', '{ url: "https://github.com/kubernetes-csi/external-snapshotter" }');
  const lookup = known([], {}, [software, from('snapshots')]);
  expect(open(lookup, ...asked, 'Secret/kube-storage/snapshotter-tls')).toEqual([
    'Service/shop/gone',
    'Secret/kube-storage/snapshotter-tls',
  ]);
});

it('a folder of definitions brings nothing else, and software of others no claims', () => {
  const software = repository('gateway', '{ url: "https://github.com/kubernetes-sigs/gateway-api" }');
  const of = (path: string) => known([], {}, [software, from('gateway').replace('./deploy', path)]);
  const wanted = ['Service/shop/gone', 'PersistentVolumeClaim/shop/data'];
  expect(open(of('./config/crd'), ...wanted)).toEqual([]);
  expect(open(of('./config'), ...wanted)).toEqual(['Service/shop/gone']);
});

it('a repository that needs credentials is not somebody’s software', () => {
  const secret = repository('x', '{ url: "https://github.com/other/x", secretRef: { name: x } }');
  expect(open(known([], {}, [secret, from('x')]), ...asked)).toEqual(asked);
});

it('definitions that are fetched bring nothing else', () => {
  const resources = '[https://github.com/x/y/releases/download/v1/y.crds.yaml]';
  const lookup = known([], { 'shop/kustomization.yaml': `kind: Kustomization\nresources: ${resources}\n` });
  expect(open(lookup, ...asked)).toEqual([]);
});

it('a file that is missing may bring what lies where the rest of its folder does', () => {
  const texts = { 'shop/kustomization.yaml': 'kind: Kustomization\nresources: [all.yaml, gone.yaml]\n' };
  expect(open(known([], texts), ...asked)).toEqual(['Secret/shop/db', 'Secret/shop/gone', 'Service/shop/gone']);
  const namespace = { 'shop/kustomization.yaml': `${texts['shop/kustomization.yaml']}namespace: other\n` };
  expect(open(known([], namespace), ...asked)).toEqual(['Secret/other/db']);
});

it('a folder that is missing may bring what lies in the namespace that is called so', () => {
  const lookup = known([], {}, [fluxKustomization('other', './no-such-folder')]);
  expect(open(lookup, ...asked)).toEqual(['Secret/other/db']);
});

it('a ResourceSet makes what it lists, with what is filled in', () => {
  const spec = `spec:
  resources:
    - { apiVersion: v1, kind: Secret, metadata: { name: "<< inputs.app >>-db", namespace: shop } }
    - { apiVersion: example.com/v1, kind: Backup, metadata: { name: x }, spec: { into: named } }
  resourcesTemplate: |
    <<- range $app := inputs.apps >>
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: << $app.name >>
      namespace: << get $app "namespace" | default "default" >>
    <<- end >>`;
  const lookup = known([object('fluxcd.controlplane.io/v1', 'ResourceSet', 'apps', spec, 'shop')]);
  const all = [...asked, 'Secret/shop/a-db', 'Secret/shop/named', 'ConfigMap/other/any', 'Secret/other/a-db'];
  expect(open(lookup, ...all)).toEqual(['Secret/shop/a-db', 'Secret/shop/named', 'ConfigMap/other/any']);
});

it('a ResourceSet that lists Kustomizations may make anything', () => {
  const spec =
    'spec: { resources: [{ apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: { name: "<< inputs.app >>" }, spec: { path: "./<< inputs.app >>" } }] }';
  expect(open(known([object('fluxcd.controlplane.io/v1', 'ResourceSet', 'apps', spec)]), ...asked)).toEqual(asked);
});

it('a policy of Kyverno makes what it generates', () => {
  const rule = (generate: string) =>
    object('kyverno.io/v1', 'ClusterPolicy', 'p', `spec: { rules: [{ generate: ${generate} }] }`, '');
  const one = '{ apiVersion: v1, kind: Secret, name: db, namespace: "{{request.object.metadata.name}}" }';
  expect(open(known([rule(one)]), ...asked)).toEqual(['Secret/shop/db', 'Secret/other/db']);
  const copies = '{ namespace: shop, cloneList: { kinds: [v1/Secret] } }';
  expect(open(known([rule(copies)]), ...asked)).toEqual(['Secret/shop/db', 'Secret/shop/gone']);
});

it('what lies where Flux reads nothing may have been applied by a person', () => {
  const texts = {
    'bootstrap/secret.yaml': object('v1', 'Secret', 'db'),
    'bootstrap/helmfile.yaml': 'releases: [{ name: a, namespace: made }]\n',
    'shop/forgotten/kustomization.yaml': 'kind: Kustomization\nresources: [secret.yaml]\n',
    'shop/forgotten/secret.yaml': object('v1', 'Secret', 'gone'),
    'shop/kustomization.yaml': 'kind: Kustomization\nresources: [all.yaml]\n',
  };
  expect(open(known([], texts), ...asked, 'Namespace//made')).toEqual(['Secret/shop/db', 'Namespace//made']);
});
