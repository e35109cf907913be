import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, repository, run } from '../repository';

/** In the checkout, so that cdk8s is at hand. */
const cwd = join(repository, 'build', 'test-cdk8s');
const settings = 'dist/kubernetes/apps/shop/shop/app/settings.yaml';

test('under cdk8s synth the tree is kept and cdk8s gets a copy of it', () => {
  rmSync(cwd, { recursive: true, force: true });
  mkdirSync(cwd, { recursive: true });
  writeFileSync(
    join(cwd, 'main.ts'),
    `import { App, Application, Cluster } from ${JSON.stringify(join(repository, 'lib'))};
import { ApiObject } from 'cdk8s';
const app = new App();
const home = new Cluster(app, 'home', { organisation: 'acme', environment: 'prod' });
new ApiObject(new Application(home, 'shop').directory, 'settings', {
  apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { LEVEL: 'info' },
});
app.synth();
`,
  );
  writeFileSync(join(cwd, 'cdk8s.yaml'), `app: node ${command} synth\noutput: out\n`);
  mkdirSync(join(cwd, 'dist'));
  writeFileSync(join(cwd, 'dist/NOTES.md'), 'mine');
  const cdk8s = join(repository, 'node_modules/cdk8s-cli/bin/cdk8s');
  const { code, stdout } = run(process.execPath, [cdk8s, 'synth'], {
    cwd,
    env: { CDK8S_DISABLE_UPGRADE_CHECK: '1' },
  });
  expect(code).toBe(0);
  expect(stdout).toContain('out/kubernetes/apps/shop/shop/app/settings.yaml');
  expect(readFileSync(join(cwd, settings), 'utf8')).toContain('LEVEL: info');
  expect(readFileSync(join(cwd, 'dist/NOTES.md'), 'utf8')).toBe('mine');

  rmSync(join(cwd, 'dist'), { recursive: true });
  const printed = run(process.execPath, [cdk8s, 'synth', '--stdout'], { cwd });
  expect(printed.stdout).toContain('LEVEL: info');
  expect(existsSync(join(cwd, 'dist'))).toBe(false);
});
