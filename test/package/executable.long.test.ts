import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repository, run, temporaryFolder } from '../repository';
import { put } from '../tree/folder';

const folder = temporaryFolder();
const program = join(folder, 'espalier');
const cwd = join(folder, 'empty');

/** Where there is neither Node nor npm. */
const espalier = (...args: string[]) => run(program, args, { cwd, env: { PATH: '/usr/bin:/bin', NODE_PATH: '' } });

beforeAll(() => {
  const { code, stderr } = run(process.execPath, ['scripts/executable.mjs', program]);
  if (code !== 0) throw new Error(stderr);
  cpSync(join(repository, 'examples', 'fleet', 'dist'), join(cwd, 'tree'), { recursive: true });
});

test('is one file, and knows its version', () => {
  expect(readdirSync(folder).sort()).toEqual(['empty', 'espalier']);
  const { version } = require(join(repository, 'package.json')) as { version: string };
  expect(espalier('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test('checks a tree by the schemas that it brings along', () => {
  const found = espalier('check', 'tree');
  expect(found).toMatchObject({ code: 0, stderr: '' });
  expect(found.stdout).toContain('No findings: ');
  put(cwd, {
    'wrong/ks.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec: { interval: 1h, path: ./wrong, prune: true, sourceRef: { kind: GitRepository, name: flux-system }, retryIntervall: 1m }
`,
  });
  const { code, stdout } = espalier('check', 'wrong');
  expect(code).toBe(1);
  expect(stdout).toContain('retryIntervall');
});

test('draws by the Graphviz, and reads policies by the grammar that it brings along', () => {
  const { code, stdout } = espalier('graph', 'tree', '--cluster', 'staging', '--format', 'svg');
  expect(code).toBe(0);
  expect(stdout).toContain('<svg');
  put(cwd, { 'mine.hcl': 'path "kv/data/nothing" { capabilities = ["read"] }\n' });
  const against = espalier('policy', 'tree', '--cluster', 'staging', '--against', 'mine.hcl');
  expect(against.stderr + against.stdout).toContain('staging');
  expect(against.code).toBe(1);
});

test('compares two folders', () => {
  cpSync(join(cwd, 'tree'), join(cwd, 'other'), { recursive: true });
  expect(espalier('diff', './tree', './other')).toMatchObject({ code: 0, stderr: '' });
});

test.each([['synth'], ['adopt', 'tree']])(
  '%s says in one line that it needs Node and the packages of a project',
  (...args) => {
    put(cwd, { 'main.ts': 'new App();\n' });
    const { code, stderr } = espalier(...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: .* needs Node and the packages .*npx --no-install espalier.*\n$/);
  },
);

test('a configuration that is a program is refused, one of YAML counts', () => {
  put(cwd, { 'a/espalier.config.ts': 'export default {};\n', 'b.yaml': 'rules: { flux/none: off }\n' });
  expect(espalier('check', 'tree', '--config', 'a/espalier.config.ts').stderr).toContain(
    'is a program, which needs Node',
  );
  expect(espalier('check', 'tree', '--config', 'b.yaml').stderr).toContain('flux/none');
});
