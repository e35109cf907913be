import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { espalier, has, run } from '../repository';
import { lib, folder as projects } from './project';

const describeWithGit = has('git') ? describe : describe.skip;
const folder = join(projects, 'ignored');
beforeAll(() => rmSync(folder, { recursive: true, force: true }));

const main = `import { App, Application, Cluster } from ${JSON.stringify(lib)};
const app = new App();
new Application(new Cluster(app, 'home', SOURCE), 'shop', { kustomization: { spec: { wait: true } } });
app.synth();
`;

/** A repository of these files, none of them committed. */
function repository(name: string, files: Readonly<Record<string, string>>): string {
  const cwd = join(folder, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
  run('git', ['init', '-q', '-b', 'main'], { cwd });
  return cwd;
}

const project = (name: string, source = '{}') =>
  repository(name, { 'main.ts': main.replace('SOURCE', source), '.gitignore': '# made\ndist/\n' });

const warning =
  'warning: Git ignores dist (.gitignore:2: dist/), and Flux reads what is committed. Take that line out, then run: git add dist\n';

describeWithGit('of a tree that Git ignores', () => {
  test('synth, check and diff say that Flux does not see it, with the line and the command', async () => {
    const cwd = project('all');
    expect((await espalier(['synth'], { cwd })).stderr).toBe(warning);
    expect((await espalier(['synth'], { cwd })).stderr).toBe(warning);
    expect(await espalier(['check', 'dist'], { cwd })).toMatchObject({ code: 0, stderr: warning });
    expect((await espalier(['synth', '--quiet'], { cwd })).stderr).toBe('');
    const commit = ['-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'all'];
    run('git', ['add', '.'], { cwd });
    run('git', commit, { cwd });
    expect((await espalier(['diff', 'HEAD', '--path', 'dist'], { cwd })).stderr).toBe(warning);
    run('git', ['add', '--force', 'dist'], { cwd });
    expect((await espalier(['check', 'dist'], { cwd })).stderr).toBe('');
    expect((await espalier(['synth'], { cwd })).stderr).toBe('');
  });

  test('nothing is said where Flux reads it from a registry', async () => {
    const cwd = project('registry', "{ source: { kind: 'OCIRepository', name: 'flux-system' } }");
    expect((await espalier(['synth'], { cwd })).stderr).toBe('');
    expect((await espalier(['check', 'dist'], { cwd })).stderr).toBe('');
  });
});

describeWithGit('check names the line that has Git ignore', () => {
  const flux = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { interval: 10m, path: ./apps, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
`;
  const listed = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [shop.yaml]\n';
  const shop = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n';
  const messages = async (name: string, ignored: string) => {
    const files = { 'flux.yaml': flux, 'apps/kustomization.yaml': listed, 'apps/shop.yaml': shop };
    const cwd = repository(name, { ...files, '.gitignore': ignored });
    const { stdout } = await espalier(['check', '--format', 'json'], { cwd });
    return (JSON.parse(stdout) as { findings: { message: string }[] }).findings.map(({ message }) => message);
  };

  test('the folder of a Kustomization', async () => {
    expect(await messages('folder', 'apps/\n')).toEqual([
      'Git ignores the folder ./apps (.gitignore:1: apps/), so Flux does not get it',
    ]);
  });

  test('what a kustomization.yaml lists', async () => {
    expect(await messages('file', '# mine\nshop.yaml\n')).toEqual([
      'Git ignores apps/shop.yaml (.gitignore:2: shop.yaml), so Flux does not get it; take that line out, then run: git add apps/shop.yaml',
    ]);
  });
});
