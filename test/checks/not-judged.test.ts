import { makeBuild } from '../../lib/tree/kustomize';
import { fluxKustomization, object } from '../graph/graph';
import { memory } from '../tree/kustomize/memory';
import { type CheckTreeOptions, checkTree } from './check-tree';

const reading = (name: string, namespace: string, secret: string) =>
  object(
    'v1',
    'Pod',
    name,
    `spec: { containers: [{ name: a, image: "a:1", envFrom: [{ secretRef: { name: ${secret} } }] }] }`,
    namespace,
  );

function check(texts: Record<string, string>, options: CheckTreeOptions = {}) {
  const source = memory(texts);
  return checkTree(source, makeBuild(source), options);
}

it('a missing file hides what lies beside it, and what it hides is counted', () => {
  const { findings, notJudged, unknowns } = check({
    'flux/all.yaml': [fluxKustomization('a', './a'), fluxKustomization('b', './b')].join(''),
    'a/kustomization.yaml': 'kind: Kustomization\nnamespace: a\nresources: [pod.yaml, gone.yaml]\n',
    'a/pod.yaml': reading('x', 'a', 'hidden'),
    'b/pod.yaml': reading('y', 'b', 'nope'),
    'b/namespace.yaml': object('v1', 'Namespace', 'b', '', ''),
  });
  const errors = findings.filter(({ rule }) => !rule.startsWith('schema/')).map(({ message }) => message);
  expect(errors).toEqual(['a/gone.yaml does not exist; add it, or correct the entry', 'nothing creates Secret b/nope']);
  expect(notJudged.filter(({ kind }) => kind === 'Secret')).toEqual([
    {
      rule: 'secrets/missing',
      kind: 'Secret',
      namespace: 'a',
      name: 'hidden',
      object: 'Pod a/x',
      file: 'a/pod.yaml',
      line: 5,
      column: 78,
      why: 'a/kustomization.yaml, which cannot be built, may bring it',
      clusters: [],
    },
  ]);
  expect(unknowns.map(({ message }) => message)).toContain(
    '2 references are right only if something that the tree does not show provides it: a/kustomization.yaml, which cannot be built, may bring it (2) (--format json lists them)',
  );
});

it('a file that cannot be read hides what the namespaces that it names lack, and nothing else', () => {
  const broken = [
    'apiVersion: kustomize.toolkit.fluxcd.io/v1',
    'kind: Kustomization',
    'metadata:',
    '  name: c',
    'spec:',
    '  path: ./c',
    '  targetNamespace: &ns c',
    '  dependsOn: [{ name: *gone, namespace: a }]',
    '',
  ].join('\n');
  const texts = (file: string) => ({
    'flux/all.yaml': fluxKustomization('root', './root'),
    'root/kustomization.yaml': 'kind: Kustomization\nresources: [a.yaml, c.yaml, broken.yaml]\n',
    'root/a.yaml': reading('x', 'a', 'nope'),
    'root/c.yaml': reading('x', 'c', 'hidden'),
    'root/broken.yaml': file,
  });
  const open = (file: string) =>
    check(texts(file)).notJudged.flatMap(({ kind, name }) => (kind === 'Secret' ? name : []));
  expect(open(broken)).toEqual(['hidden']);
  // Its folder may hold whatever namespace.
  expect(open(broken.replace(/.*targetNamespace.*\n/, ''))).toEqual(['nope', 'hidden']);
});

it('only what the rules that are asked for leave open is counted', () => {
  const texts = {
    'flux/all.yaml': fluxKustomization('a', './a'),
    'a/kustomization.yaml': 'kind: Kustomization\nresources: [pod.yaml, gone.yaml]\n',
    'a/pod.yaml': reading('x', 'a', 'hidden'),
  };
  const said = (rule: string) => check(texts, { only: new Set([rule]) }).unknowns.map(({ message }) => message);
  const open = 'right only if something that the tree does not show provides it';
  expect(said('secrets/missing').filter((message) => message.includes(open))).toHaveLength(1);
  expect(said('schema/type').filter((message) => message.includes(open))).toEqual([]);
});

it('counts what a Role lets a workload make itself', () => {
  const { findings, notJudged } = check({
    'flux/all.yaml': fluxKustomization('apps', './apps'),
    'apps/pod.yaml': reading('x', 'default', 'drawn'),
    'apps/role.yaml': [
      object(
        'rbac.authorization.k8s.io/v1',
        'Role',
        'draw',
        'rules: [{ apiGroups: [""], resources: [secrets], verbs: [create] }]',
        'default',
      ),
      object(
        'rbac.authorization.k8s.io/v1',
        'RoleBinding',
        'draw',
        'roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: draw }\nsubjects: [{ kind: ServiceAccount, name: default }]',
        'default',
      ),
    ].join(''),
  });
  expect(findings.filter(({ rule }) => rule.startsWith('secrets/'))).toEqual([]);
  expect(notJudged.map(({ name, why }) => [name, why])).toEqual([['drawn', 'Role default/draw may make it']]);
});

it('a dashboard excuses no Secret that is called like it', () => {
  const { findings } = check({
    'flux/all.yaml': fluxKustomization('apps', './apps'),
    'apps/pod.yaml': reading('x', 'default', 'web-oidc'),
    'apps/dashboard.yaml': object('grafana.integreatly.org/v1beta1', 'GrafanaDashboard', 'web', 'spec: {}', 'default'),
  });
  expect(findings.map(({ message }) => message)).toContain('nothing creates Secret default/web-oidc');
});

it('of variables from an object that nothing makes, only the object is told', () => {
  const { findings } = check({
    'flux/all.yaml': fluxKustomization(
      'apps',
      './apps',
      'postBuild: { substituteFrom: [{ kind: Secret, name: vars }] }',
    ),
    'apps/settings.yaml': object('v1', 'ConfigMap', 'settings', 'data: { a: "${A}", b: "$${B}" }', 'default'),
  });
  expect(findings.filter(({ rule }) => rule.startsWith('substitution/')).map(({ rule }) => rule)).toEqual([
    'substitution/missing-object',
  ]);
});

it('judges what notifications of Flux read', () => {
  const { findings } = check({
    'flux/all.yaml': fluxKustomization('apps', './apps'),
    'apps/provider.yaml': object(
      'notification.toolkit.fluxcd.io/v1beta3',
      'Provider',
      'chat',
      'spec: { type: slack, secretRef: { name: chat } }',
      'default',
    ),
  });
  expect(findings.filter(({ rule }) => rule === 'secrets/missing').map(({ message }) => message)).toEqual([
    'nothing creates Secret default/chat',
  ]);
});

it('of a file that .sourceignore leaves out, does not say that it is not there', () => {
  const { findings } = check({
    '.sourceignore': 'apps/left.yaml\n',
    'flux/all.yaml': fluxKustomization('apps', './apps'),
    'apps/kustomization.yaml': 'kind: Kustomization\nresources: [left.yaml]\n',
    'apps/left.yaml': object('v1', 'ConfigMap', 'left', '', 'default'),
  });
  expect(findings.filter(({ rule }) => rule === 'tree/resource-missing').map(({ message }) => message)).toEqual([
    "Flux does not get apps/left.yaml: .sourceignore, the spec of its source or Flux's default exclusions exclude it; include it again with a pattern that begins with !",
  ]);
});

it('many Kustomizations whose files are unknown for one reason are told together', () => {
  const repository = (name: string) =>
    object(
      'source.toolkit.fluxcd.io/v1',
      'GitRepository',
      name,
      `spec: { interval: 1m, url: 'https://example.com/${name}.git' }`,
      'flux-system',
    );
  const from = (name: string) => fluxKustomization(name, './x').replace('name: flux-system,', 'name: theirs,');
  const { unknowns } = check({
    'flux/all.yaml': [
      repository('flux-system'),
      repository('theirs'),
      fluxKustomization('own', './own'),
      ...['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(from),
    ].join(''),
    'own/cm.yaml': object('v1', 'ConfigMap', 'own', 'data: { a: b }'),
  });
  expect(unknowns.map(({ message }) => message).filter((message) => message.includes('not known'))).toEqual([
    'what Kustomization flux-system/a and 6 more apply is not known: its files come from GitRepository flux-system/theirs',
  ]);
});

it('an object whose kind is encrypted is told, and what it may be is not missing', () => {
  const secret = (text: string) => `ENC[AES256_GCM,data:${text},iv:a,tag:b,type:str]`;
  const { findings, notJudged, unknowns } = check({
    'flux/all.yaml': fluxKustomization('a', './a', 'decryption: { provider: sops }'),
    'a/namespace.yaml': object('v1', 'Namespace', 'a', '', ''),
    'a/login.yaml': `apiVersion: ${secret('TBo=')}\nkind: ${secret('5g8R')}\nmetadata:\n  name: ${secret('luIn')}\nsops: { mac: a, version: 3.9.0 }\n`,
    'a/pod.yaml': reading('x', 'a', 'login'),
  });
  expect(findings.filter(({ rule }) => rule.startsWith('secrets/'))).toEqual([]);
  expect(notJudged.map(({ name, why }) => [name, why])).toEqual([
    ['login', 'a/login.yaml may bring it (all of it is encrypted)'],
  ]);
  expect(unknowns.map(({ message }) => message)).toContain(
    'the object is not checked: SOPS has encrypted its kind and name, too (encrypted_regex leaves them)',
  );
});

it('a Service whose pods a chart may run is counted', () => {
  const { findings, notJudged } = check({
    'flux/all.yaml': fluxKustomization('a', './a'),
    'a/namespace.yaml': object('v1', 'Namespace', 'a', '', ''),
    'a/pod.yaml': object('v1', 'Pod', 'x', 'spec: { containers: [{ name: a, image: "a:1" }] }', 'a'),
    'a/service.yaml': object('v1', 'Service', 's', 'spec: { selector: { app: s }, ports: [{ port: 80 }] }', 'a'),
    'a/release.yaml': object(
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'r',
      'spec: { interval: 1h, chart: { spec: { chart: r, sourceRef: { kind: HelmRepository, name: r } } } }',
      'a',
    ),
  });
  expect(findings.filter(({ rule }) => rule.startsWith('workload/service'))).toEqual([]);
  expect(notJudged.filter(({ kind }) => kind === 'Pod').map(({ name, why }) => [name, why])).toEqual([
    ['app: s', 'HelmRelease a/r may make it'],
  ]);
});
