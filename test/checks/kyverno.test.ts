import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { espalier, has, temporaryFolder } from '../repository';

const folder = temporaryFolder();
const bin = join(folder, 'bin');
const path = process.env.PATH ?? '';

const tree = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: require-owner }
spec:
  validationFailureAction: Enforce
  rules:
    - name: owner
      match: { any: [{ resources: { kinds: [Deployment, ConfigMap] } }] }
      validate:
        message: the label owner is required
        pattern: { metadata: { labels: { owner: "?*" } } }
---
apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: no-latest }
spec:
  rules:
    - name: tag
      match: { any: [{ resources: { kinds: [Pod] } }] }
      validate:
        failureAction: Audit
        message: name a version
        pattern: { spec: { containers: [{ image: "!*:latest" }] } }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: nginx:latest
---
apiVersion: v1
kind: ConfigMap
metadata: { name: ok, namespace: shop, labels: { owner: shop } }
`;

/** What Kyverno 1.14.4 prints of it, but for properties and timestamps. */
const report = `
Applying 4 policy rule(s) to 2 resource(s)...
apiVersion: wgpolicyk8s.io/v1alpha2
kind: ClusterPolicyReport
metadata:
  name: merged
results:
- message: 'validation error: name a version. rule autogen-tag failed at path /spec/template/spec/containers/0/image/'
  policy: no-latest
  resources:
  - { apiVersion: apps/v1, kind: Deployment, name: web, namespace: shop }
  result: warn
  rule: autogen-tag
- message: validation rule 'owner' passed.
  policy: require-owner
  resources:
  - { apiVersion: v1, kind: ConfigMap, name: ok, namespace: shop }
  result: pass
  rule: owner
- message: 'validation error: the label owner is required. rule owner failed at path
    /metadata/labels/'
  policy: require-owner
  resources:
  - { apiVersion: apps/v1, kind: Deployment, name: web, namespace: shop }
  result: fail
  rule: owner
summary: { error: 0, fail: 1, pass: 1, skip: 0, warn: 1 }
`;

/** A program that keeps what it is called with, and answers with a text. */
function fake(text: string, code: number): void {
  mkdirSync(bin, { recursive: true });
  const script = `#!/bin/sh\necho "$@" > '${folder}/called'\ncat "$2" "$4" > '${folder}/given'\ncat <<'END'\n${text}\nEND\nexit ${code}\n`;
  writeFileSync(join(bin, 'kyverno'), script);
  chmodSync(join(bin, 'kyverno'), 0o755);
}

beforeAll(() => {
  mkdirSync(join(folder, 'tree'));
  writeFileSync(join(folder, 'tree', 'all.yaml'), tree);
});
afterEach(() => {
  process.env.PATH = path;
});

const told = [
  'tree/all.yaml:27 error Kyverno policy require-owner refuses Deployment shop/web: the label owner is required',
  'tree/all.yaml:37 warning Kyverno policy no-latest notes Deployment shop/web: name a version',
];

async function found(...args: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await espalier(['check', 'tree', '--only', 'policy', '--format', 'json', ...args], {
    cwd: folder,
  });
  const { findings } = JSON.parse(stdout) as {
    findings: readonly { file: string; line: number; severity: string; message: string }[];
  };
  return findings.map(({ file, line, severity, message }) => `${file}:${line} ${severity} ${message}`);
}

test('policies of Kyverno are not evaluated unless it is asked for, and that is told', async () => {
  const { stdout } = await espalier(['check', 'tree'], { cwd: folder });
  expect(stdout).toContain('Not judged: 2 policies of Kyverno are not evaluated: run with --kyverno');
});

const ofShell = process.platform === 'win32' ? test.skip : test;

ofShell('--kyverno has the kyverno on the PATH evaluate them on all objects', async () => {
  fake(report, 1);
  process.env.PATH = `${bin}${delimiter}${path}`;
  expect(await found('--kyverno')).toEqual(told);
  expect(readFileSync(join(folder, 'called'), 'utf8')).toMatch(
    /^apply \S+\/policies\.yaml --resource \S+\/objects\.yaml --policy-report --audit-warn --continue-on-fail --remove-color\n$/,
  );
  const given = readFileSync(join(folder, 'given'), 'utf8').split('\n---\n');
  expect(given.join('\n').match(/"kind":"(?:ClusterPolicy|Deployment|ConfigMap)"/g)).toHaveLength(4);
});

ofShell('a ValidatingPolicy denies where its validationActions say so', async () => {
  const policy = (actions: string) =>
    `apiVersion: policies.kyverno.io/v1alpha1\nkind: ValidatingPolicy\nmetadata: { name: owner }\nspec: { validationActions: [${actions}] }\n---\n`;
  // As Kyverno 1.14.4 reports both.
  fake(
    'apiVersion: wgpolicyk8s.io/v1alpha2\nkind: ClusterPolicyReport\nresults:\n- { message: owner is missing, policy: owner, resources: [{ apiVersion: apps/v1, kind: Deployment, name: web, namespace: shop }], result: warn }',
    0,
  );
  process.env.PATH = `${bin}${delimiter}${path}`;
  for (const [actions, severity, verb] of [
    ['Deny', 'error', 'refuses'],
    ['Audit', 'warning', 'notes'],
  ] as const) {
    writeFileSync(join(folder, 'tree', 'all.yaml'), policy(actions) + tree);
    expect(await found('--kyverno')).toEqual([
      `tree/all.yaml:33 ${severity} Kyverno policy owner ${verb} Deployment shop/web: owner is missing`,
    ]);
  }
  writeFileSync(join(folder, 'tree', 'all.yaml'), tree);
});

ofShell('what it cannot evaluate is not judged', async () => {
  fake(report.replace('result: fail', 'result: error'), 1);
  process.env.PATH = `${bin}${delimiter}${path}`;
  expect(await found('--kyverno')).toEqual(told.slice(1));
  const { stdout } = await espalier(['check', 'tree', '--kyverno'], { cwd: folder });
  expect(stdout).toContain('Kyverno cannot evaluate policy require-owner');
});

ofShell('policies that it cannot read are a mistake of the user', async () => {
  fake('Error: failed to load policies', 1);
  process.env.PATH = `${bin}${delimiter}${path}`;
  expect(await espalier(['check', 'tree', '--kyverno'], { cwd: folder })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('kyverno apply fails: Error: failed to load policies'),
  });
});

ofShell('of a Secret it tells what the policy has word for word, and nothing that may quote a value', async () => {
  const secret =
    '---\napiVersion: v1\nkind: Secret\nmetadata: { name: db, namespace: shop }\nstringData: { password: hunter2-and-more }\n';
  writeFileSync(join(folder, 'tree', 'all.yaml'), tree + secret);
  const said = (message: string) =>
    `apiVersion: wgpolicyk8s.io/v1alpha2\nkind: ClusterPolicyReport\nresults:\n- { message: '${message}', policy: require-owner, rule: owner, resources: [{ apiVersion: v1, kind: Secret, name: db, namespace: shop }], result: fail }`;
  process.env.PATH = `${bin}${delimiter}${path}`;
  for (const [message, shown] of [
    [
      'validation error: the label owner is required. rule owner failed at path /metadata/labels/',
      'the label owner is required',
    ],
    ['password begins with hunter2', 'rule owner'],
    ['failed to substitute hunte', 'rule owner'],
  ] as const) {
    fake(said(message), 1);
    expect(await found('--kyverno')).toEqual([
      expect.stringMatching(new RegExp(`error Kyverno policy require-owner refuses Secret shop/db: ${shown}$`)),
    ]);
  }
  writeFileSync(join(folder, 'tree', 'all.yaml'), tree);
});

test('without kyverno on the PATH it is said how to get it', async () => {
  process.env.PATH = '/nowhere';
  expect(await espalier(['check', 'tree', '--kyverno'], { cwd: folder })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(
      '--kyverno needs the command kyverno on the PATH: https://kyverno.io/docs/kyverno-cli/install/',
    ),
  });
});

(has('kyverno', ['version']) ? test : test.skip)('the real one finds the same', async () => {
  expect(await found('--kyverno')).toEqual(told);
});
