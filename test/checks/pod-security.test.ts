import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { espalier, repository, temporaryFolder } from '../repository';

const folder = temporaryFolder();
const file = join(folder, 'app', 'web.yaml');
const config = join(folder, 'espalier.config.json');

beforeEach(() => {
  cpSync(join(repository, 'test/checks/rules/pod-security/latest-tag/flagged'), folder, { recursive: true });
  writeFileSync(config, '{}');
});

const check = async (...args: readonly string[]) => (await espalier(['check', '.', ...args], { cwd: folder })).stdout;

test('the rules of pod-security are off', async () => {
  expect(await check()).toContain('No findings');
});

test('--rules pod-security switches them on, and so does the configuration', async () => {
  expect(await check('--rules', 'pod-security')).toContain('2 warnings in 1 file');
  writeFileSync(config, JSON.stringify({ ruleSets: ['pod-security'] }));
  expect(await check()).toContain('2 warnings in 1 file');
  writeFileSync(config, JSON.stringify({ ruleSets: ['pod-security'], rules: { 'pod-security/latest-tag': 'off' } }));
  expect(await check()).toContain('No findings');
});

test('they have options', async () => {
  const rules = { 'pod-security/latest-tag': { options: { tags: ['2.0.0', '1.2.0'] } } };
  writeFileSync(config, JSON.stringify({ ruleSets: ['pod-security'], rules }));
  expect(await check()).toContain('No findings');
  writeFileSync(config, JSON.stringify({ rules: { 'pod-security/level': { options: { level: 'tight' } } } }));
  expect((await espalier(['check', '.'], { cwd: folder })).stderr).toContain(
    'pod-security/level: level is "tight", and must be "baseline" or "restricted".',
  );
});

test('what suppresses one is no fault while they are off', async () => {
  const text = readFileSync(file, 'utf8');
  const ignored = '  annotations:\n    espalier/ignore: "pod-security/latest-tag: until the registry moves"\n';
  writeFileSync(
    file,
    text.replace(
      '  name: web\n  namespace: shop\nspec:\n  selector:\n    matchLabels',
      `  name: web\n  namespace: shop\n${ignored}spec:\n  selector:\n    matchLabels`,
    ),
  );
  expect(await check()).toContain('No findings');
  expect(await check('--rules', 'pod-security')).toContain('2 suppressed');
});

test('a set that there is not is refused with those that there are', async () => {
  expect(await espalier(['check', '.', '--rules', 'pods'], { cwd: folder })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--rules "pods": it must be pod-security here, or be left out.'),
  });
});

test('a LimitRange of the namespace, and limits of the pod, count', async () => {
  const limited = join(repository, 'test/checks/rules/pod-security/memory-limit/flagged');
  cpSync(limited, folder, { recursive: true });
  const only = ['--rules', 'pod-security', '--only', 'pod-security/memory-limit'];
  expect(await check(...only)).toContain('4 warnings');
  const range =
    'apiVersion: v1\nkind: LimitRange\nmetadata: { name: limits, namespace: shop }\nspec:\n  limits: [{ type: Container, default: { memory: 64Mi } }]\n';
  writeFileSync(join(folder, 'app', 'limits.yaml'), range);
  expect(await check(...only)).toContain('No findings');
});

test('a LimitRange that Kyverno generates may count, so that nothing is judged', async () => {
  cpSync(join(repository, 'test/checks/rules/pod-security/memory-limit/flagged'), folder, { recursive: true });
  const policy = (kind: string) =>
    `apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: { name: defaults }\nspec: { rules: [{ name: a, match: { any: [{ resources: { kinds: [Namespace] } }] }, generate: { apiVersion: v1, kind: ${kind}, name: limits, namespace: "{{ request.object.metadata.name }}" } }] }\n`;
  const told = async () => check('--rules', 'pod-security', '--only', 'pod-security/memory-limit');
  writeFileSync(join(folder, 'app', 'limits.yaml'), policy('ResourceQuota'));
  expect(await told()).toContain('4 warnings');
  writeFileSync(join(folder, 'app', 'limits.yaml'), policy('LimitRange'));
  const text = await told();
  expect(text).toContain('No findings');
  expect(text).toContain('ClusterPolicy defaults may generate a LimitRange');
});
