import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { espalier, temporaryFolder } from '../repository';

const top = temporaryFolder();
let number = 0;

/** A folder with an app in it, applied by Flux, and these files. */
function folder(objects: readonly object[], others: Readonly<Record<string, string>> = {}, spec: object = {}): string {
  number += 1;
  const cwd = join(top, String(number));
  const kustomization = {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'apps', namespace: 'flux-system' },
    spec: {
      interval: '10m',
      path: './tree/app',
      prune: true,
      sourceRef: { kind: 'GitRepository', name: 'flux-system' },
      ...spec,
    },
  };
  const yaml = (all: readonly object[]) => all.map((each) => stringify(each)).join('---\n');
  const files = { 'tree/ks.yaml': yaml([kustomization]), 'tree/app/app.yaml': yaml(objects), ...others };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
  return cwd;
}

const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { tier: 'prod' } } };
const settings = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', namespace: 'shop' },
  data: { level: 'debug' },
};
const admission = 'admissionregistration.k8s.io/v1';

/** A policy about ConfigMaps, and its binding. */
function policy(expression: string, more: object = {}, bound: object = {}): object[] {
  const resourceRules = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }];
  return [
    {
      apiVersion: admission,
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: 'level' },
      spec: { matchConstraints: { resourceRules }, validations: [{ expression, message: 'not so loud' }], ...more },
    },
    {
      apiVersion: admission,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: 'bound' },
      spec: { policyName: 'level', validationActions: ['Deny'], ...bound },
    },
  ];
}

/** What is found of policies, and what is not judged. */
async function said(
  cwd: string,
): Promise<{ readonly findings: readonly string[]; readonly unknowns: readonly string[] }> {
  const { stdout } = await espalier(['check', 'tree', '--only', 'policy', '--format', 'json'], { cwd });
  const report = JSON.parse(stdout) as Record<
    'findings' | 'unknowns',
    readonly { severity: string; message: string; file?: string }[]
  >;
  return {
    findings: report.findings.map(({ severity, message }) => `${severity} ${message}`),
    unknowns: report.unknowns.map(({ message }) => message).filter((message) => message.includes('Policy')),
  };
}

const refused = 'ValidatingAdmissionPolicy level refuses ConfigMap shop/settings: not so loud';
const loud = "object.data.level != 'debug'";

test('a policy without a binding does nothing', async () => {
  const [alone = {}] = policy(loud);
  expect(await said(folder([namespace, settings, alone]))).toEqual({ findings: [], unknowns: [] });
});

test.each([
  [['Deny'], `error ${refused}`],
  [['Warn', 'Audit'], `warning ${refused.replace('refuses', 'warns of')}`],
  [['Audit'], `info ${refused.replace('refuses', 'notes')}`],
])('validationActions %j', async (validationActions, message) => {
  expect(await said(folder([namespace, settings, ...policy(loud, {}, { validationActions })]))).toEqual({
    findings: [message],
    unknowns: [],
  });
});

test('policies of a folder that the configuration names count in every cluster, with their parameters', async () => {
  const param = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'limits', namespace: 'platform' },
    data: { level: 'debug' },
  };
  const paramRef = { name: 'limits', namespace: 'platform', parameterNotFoundAction: 'Deny' };
  const own = policy(
    'object.data.level != params.data.level',
    { paramKind: { apiVersion: 'v1', kind: 'ConfigMap' } },
    { paramRef },
  );
  const files = {
    'policies/level.yaml': [...own, param].map((each) => stringify(each)).join('---\n'),
    'espalier.config.json': '{ "policies": ["policies"] }',
  };
  expect(await said(folder([namespace, settings], files))).toEqual({ findings: [`error ${refused}`], unknowns: [] });
});

test.each([
  [
    'Deny',
    [
      'error ValidatingAdmissionPolicy level refuses ConfigMap shop/settings: no params found for policy binding with `Deny` parameterNotFoundAction: there is no ConfigMap limits',
    ],
  ],
  ['Allow', []],
])('parameters that are not there, with the action %s', async (parameterNotFoundAction, findings) => {
  const more = { paramKind: { apiVersion: 'v1', kind: 'ConfigMap' } };
  const own = policy('false', more, { paramRef: { name: 'limits', namespace: 'platform', parameterNotFoundAction } });
  expect(await said(folder([namespace, settings, ...own]))).toEqual({ findings, unknowns: [] });
});

test('every object that a selector finds is a parameter', async () => {
  const param = (name: string, level: string) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'shop', labels: { of: 'level' } },
    data: { level },
  });
  const more = {
    paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
    matchConditions: [{ name: 'x', expression: '!has(object.metadata.labels)' }],
  };
  const own = policy('object.data.level != params.data.level', more, {
    paramRef: { selector: { matchLabels: { of: 'level' } }, parameterNotFoundAction: 'Deny' },
  });
  expect(await said(folder([namespace, settings, param('a', 'info'), param('b', 'debug'), ...own]))).toMatchObject({
    findings: [`error ${refused}`],
  });
});

test('who applies an object is known where its Kustomization names a service account', async () => {
  const own = policy("request.userInfo.username == 'system:serviceaccount:flux-system:shop'");
  expect(await said(folder([namespace, settings, ...own]))).toEqual({
    findings: [],
    unknowns: ['ValidatingAdmissionPolicy level is not judged for 1 object: the expression reads who applies it'],
  });
  expect(await said(folder([namespace, settings, ...own], {}, { serviceAccountName: 'shop' }))).toEqual({
    findings: [],
    unknowns: [],
  });
  expect(await said(folder([namespace, settings, ...own], {}, { serviceAccountName: 'other' }))).toMatchObject({
    findings: [`error ${refused}`],
  });
});

test('labels of a namespace that the tree does not have are not guessed, but for its name', async () => {
  const bound = (namespaceSelector: object) => policy(loud, {}, { matchResources: { namespaceSelector } });
  expect(await said(folder([settings, ...bound({ matchLabels: { tier: 'prod' } })]))).toEqual({
    findings: [],
    unknowns: [
      'ValidatingAdmissionPolicy level is not judged for 1 object: nobody knows whether it is about it: that depends on labels, or a conversion, that the tree does not show',
    ],
  });
  const byName = bound({
    matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['shop'] }],
  });
  expect(await said(folder([settings, ...byName]))).toMatchObject({ findings: [`error ${refused}`], unknowns: [] });
  expect(await said(folder([namespace, settings, ...bound({ matchLabels: { tier: 'test' } })]))).toEqual({
    findings: [],
    unknowns: [],
  });
});

test('what a variable of a Secret puts into an object is not guessed', async () => {
  const unknown = { ...settings, data: { level: '${LEVEL}' } };
  const spec = { postBuild: { substituteFrom: [{ kind: 'Secret', name: 'other' }] } };
  const own = policy("object.data.level == 'info'");
  expect(await said(folder([namespace, unknown, ...own], {}, spec))).toMatchObject({
    findings: [],
    unknowns: ['ValidatingAdmissionPolicy level is not judged for 1 object: reads what is not known of the object'],
  });
});

test('an expression that cannot be read is not judged', async () => {
  const { findings, unknowns } = await said(folder([namespace, settings, ...policy("semver('1.0.0').major() == 1")]));
  expect(findings).toEqual([]);
  expect(unknowns).toEqual([
    expect.stringMatching(
      /^ValidatingAdmissionPolicy level is not judged for 1 object: the expression cannot be evaluated: /,
    ),
  ]);
});

test('a policy of which a variable reads a later one is refused, as the API server does, and judges nothing', async () => {
  const variables = [
    { name: 'a', expression: 'variables.b' },
    { name: 'b', expression: 'variables.a' },
  ];
  const cwd = folder([namespace, settings, ...policy('variables.a', { variables })]);
  expect(await said(cwd)).toEqual({
    findings: [],
    unknowns: [
      'ValidatingAdmissionPolicy level is not judged for 1 object: the expression reads variable a, which reads variables.b, which nothing declares before it',
    ],
  });
  expect((await espalier(['check', 'tree'], { cwd })).stdout).toContain(
    '`spec.variables[0].expression` must be an expression that does not read variables.b, which is not declared before this one ("undefined field \'b\'")',
  );
});

test('variables read those before them', async () => {
  const variables = [
    { name: 'level', expression: 'object.data.level' },
    { name: 'loud', expression: "variables.level == 'debug'" },
  ];
  expect(await said(folder([namespace, settings, ...policy('!variables.loud', { variables })]))).toEqual({
    findings: [`error ${refused}`],
    unknowns: [],
  });
});

test('what a policy computes of a Secret is not told: a part of a value is not recognized as one', async () => {
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'db', namespace: 'shop' },
    data: { password: 'aHVudGVyMnN1cGVyc2VjcmV0' },
  };
  const resourceRules = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['secrets'] }];
  const validations = [
    { expression: 'false', message: 'too short', messageExpression: 'string(object.data.password).substring(0, 6)' },
    { expression: 'duration(string(object.data.password).substring(0, 6)) > duration("1s")' },
    { expression: '{"a": 1}[string(object.data.password).substring(0, 6)] > 0' },
  ];
  const all = policy('true', { matchConstraints: { resourceRules }, validations });
  const { findings, unknowns } = await said(folder([namespace, secret, ...all]));
  expect(unknowns).toEqual([
    'ValidatingAdmissionPolicy level is not judged for 1 object: the expression cannot be evaluated',
  ]);
  expect(findings).toEqual([
    `error ValidatingAdmissionPolicy level refuses Secret shop/db: expression '{"a": 1}[string(object.data.password).substring(0, 6)] > 0' resulted in error`,
    'error ValidatingAdmissionPolicy level refuses Secret shop/db: too short',
  ]);
});

test('an annotation of the object suppresses it', async () => {
  const metadata = {
    ...settings.metadata,
    annotations: { 'espalier/ignore': 'policy/violated: agreed with the platform team' },
  };
  expect(await said(folder([namespace, { ...settings, metadata }, ...policy(loud)]))).toEqual({
    findings: [],
    unknowns: [],
  });
});

test('a folder of policies outside of the repository is refused in a configuration that is data', async () => {
  const cwd = folder([settings], { 'espalier.config.json': '{ "policies": ["/etc"] }' });
  expect(await espalier(['check', 'tree'], { cwd })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('policies: /etc lies outside of'),
  });
});
