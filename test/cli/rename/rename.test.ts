import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { espalier, run } from '../../repository';
import { apps, orphaned, others, read, repository } from './tree';

const rename = (cwd: string, ...args: string[]) =>
  espalier(['rename', 'Kustomization/flux-system/apps', 'workloads', ...args], { cwd });

it('prints both steps, and writes nothing', async () => {
  const folder = repository();
  const { code, stdout } = await rename(folder);
  expect(stdout).toContain('   prune: true # yes\n+  deletionPolicy: Orphan\n');
  expect(stdout).toContain('-  name: apps # the apps\n+  name: workloads # the apps\n');
  expect(stdout).toContain('Nothing is written. --write makes step 1 in the files, --commit commits it.');
  expect(code).toBe(0);
  expect(read(folder, 'clusters/prod/apps.yaml')).toBe(apps);
});

it('makes one step at a time, and the second only once it is told that Flux has applied the first', async () => {
  const folder = repository();
  const first = await rename(folder, '--commit');
  expect(first.stdout).toContain('Step 1 is committed. Merge it alone.');
  expect(read(folder, 'clusters/prod/apps.yaml')).toBe(orphaned);
  const early = await rename(folder, '--commit');
  expect(early.stderr).toContain('Step 2 deletes Kustomization flux-system/apps with all that it has applied');
  expect(early.code).toBe(2);
  expect(read(folder, 'clusters/prod/apps.yaml')).toBe(orphaned);
  const second = await rename(folder, '--commit', '--reconciled');
  expect(second.code).toBe(0);
  expect(read(folder, 'clusters/prod/apps.yaml')).toBe(apps.replace('name: apps', 'name: workloads'));
  expect(read(folder, 'clusters/prod/others.yaml')).toBe(others.replaceAll('name: apps', 'name: workloads'));
  expect(run('git', ['log', '--format=%s'], { cwd: folder }).stdout).toBe(
    'Rename Kustomization apps to workloads\nKustomization apps lets go of its objects, to be renamed\nbegin\n',
  );
  const { stdout } = await espalier(['diff', 'HEAD~1', 'HEAD'], { cwd: folder });
  expect(stdout).toContain('Danger: low');
  expect(stdout).toContain(
    'default/data stays in the cluster: Kustomization flux-system/workloads applies it from now on',
  );
});

it('does not take a first step for applied that is not committed', async () => {
  const folder = repository();
  await rename(folder, '--write');
  const { code, stderr } = await rename(folder, '--write', '--reconciled');
  expect(stderr).toContain(
    'Step 1 is not committed: in HEAD, Kustomization flux-system/apps still deletes what it has applied',
  );
  expect(code).toBe(2);
  expect(read(folder, 'clusters/prod/apps.yaml')).toBe(orphaned);
});

it('commits nothing but the step', async () => {
  const folder = repository();
  writeFileSync(join(folder, 'clusters/prod/apps.yaml'), `${apps}# mine\n`);
  const { code, stderr } = await rename(folder, '--commit');
  expect(stderr).toContain(
    '--commit would commit more than the step: clusters/prod/apps.yaml has changes that are not committed',
  );
  expect(code).toBe(2);
  expect(read(folder, 'clusters/prod/apps.yaml')).toBe(`${apps}# mine\n`);
});

it('needs one step where the Kustomization does not prune', async () => {
  const folder = repository({ 'clusters/prod/apps.yaml': apps.replace('prune: true', 'prune: false') });
  const { stdout } = await rename(folder, '--write', '--reconciled');
  expect(stdout).toContain('becomes workloads: the last step');
  expect(read(folder, 'clusters/prod/apps.yaml')).toContain('  name: workloads # the apps\n');
});

it('renames it in patches that are objects of its name', async () => {
  const patched = `resources: [apps.yaml, others.yaml, flux-system]
patches:
  - patch: |
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: apps, namespace: flux-system } # its timeout
      spec: { timeout: 5m }
`;
  const folder = repository({
    'clusters/prod/kustomization.yaml': patched,
    'clusters/prod/apps.yaml': orphaned,
    'clusters/prod/flux-system/kustomization.yaml': 'resources: [gotk-sync.yaml]\n',
  });
  expect((await rename(folder, '--write', '--reconciled')).code).toBe(0);
  expect(read(folder, 'clusters/prod/kustomization.yaml')).toBe(patched.replace('name: apps,', 'name: workloads,'));
});

it('says what to change in code where espalier synth writes the file', async () => {
  const folder = repository({ 'clusters/prod/.espalier.sha256': `${'a'.repeat(64)}  apps.yaml\n` });
  const { stdout } = await rename(folder, '--write');
  expect(stdout).toContain('espalier synth writes clusters/prod/apps.yaml: change that in main.ts, and run it again');
  expect(read(folder, 'clusters/prod/apps.yaml')).toBe(apps);
});

it('refuses what it cannot rename', async () => {
  const folder = repository();
  const of = async (...args: string[]) => (await espalier(['rename', ...args], { cwd: folder })).stderr;
  expect(await of('Kustomization/flux-system/flux-system', 'x')).toContain('is one that Flux begins with');
  expect(await of('Kustomization/flux-system/app', 'x')).toContain('did you mean flux-system/apps?');
  expect(await of('Kustomization/flux-system/apps', 'more')).toContain(
    'There is a Kustomization flux-system/more already.',
  );
  expect(await of('HelmRelease/a/b', 'c')).toContain('OBJECT "HelmRelease/a/b" must be a Kustomization');
  expect(await of('Kustomization/flux-system/apps', 'A_B')).toContain('NAME "A_B" must be a DNS subdomain');
});
