import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { espalier, spawnEspalier } from '../../repository';
import { app, changed, files, git, kustomization, repositoryWith, snapshot, write } from './repository';

const jellyfin = 'kubernetes/apps/media/jellyfin';
const plex = 'kubernetes/apps/media/plex';
const cluster = (name: string, props = '') =>
  `const ${name} = new Cluster(app, '${name}', { sourceRoot: '.', root: null${props} });\n`;
const main = (...clusters: string[]) =>
  `import { App, Cluster } from 'cdk8s-espalier';\n\nconst app = new App({ outdir: '.' });\n${clusters.join('')}app.synth();\n`;

/** Runs it; what is refused changes nothing. */
async function refused(cwd: string, ...args: string[]): Promise<string> {
  const before = snapshot(cwd);
  const { code, stdout, stderr } = await espalier(['adopt', ...args], { cwd });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).not.toContain('--trace');
  expect(snapshot(cwd)).toEqual(before);
  return stderr;
}

async function adopted(cwd: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await espalier(['adopt', ...args], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

async function isCurrent(cwd: string): Promise<void> {
  expect((await espalier(['synth', '--check'], { cwd })).code).toBe(0);
  expect((await espalier(['diff', 'HEAD', '.', '--exit-code'], { cwd })).code).toBe(0);
}

test('one app in place: its folder, the code and who owns it; then the next into the same main.ts; then all', async () => {
  const cwd = repositoryWith();
  expect(await adopted(cwd, jellyfin)).toMatch(/^Adopted 3 objects of 4 files in /);
  const own = Object.keys(files).filter((path) => path.startsWith(jellyfin));
  expect(changed(cwd).sort()).toEqual(['.espalier.sha256', ...own, 'main.ts', 'src/jellyfin.ts', ...kinds(cwd)].sort());
  await isCurrent(cwd);
  const first = readFileSync(join(cwd, 'src/jellyfin.ts'), 'utf8');

  await adopted(cwd, `${plex}/`);
  expect(readFileSync(join(cwd, 'src/jellyfin.ts'), 'utf8')).toBe(first);
  expect(readFileSync(join(cwd, 'main.ts'), 'utf8')).toMatch(
    /jellyfin\(cluster\);\nplex\(cluster\);\n\napp\.synth\(\);\n$/,
  );
  await isCurrent(cwd);

  await adopted(cwd, '.');
  expect(changed(cwd)).toEqual(expect.arrayContaining(Object.keys(files)));
  await isCurrent(cwd);

  const before = snapshot(cwd);
  expect(await adopted(cwd, '.')).toMatch(/^\.: nothing to do, main\.ts makes it already \(12 files\)\.\n$/);
  expect(snapshot(cwd)).toEqual(before);
});

function kinds(cwd: string): string[] {
  return changed(cwd).filter((path) => path === 'imports/kinds.ts');
}

test('what many apps repeat is said once; the next app finds that there, and says all by itself', async () => {
  const many = ['emby', 'kavita', 'komga', 'mylar', 'navidrome'];
  const listed = [...many, 'jellyfin', 'plex'].map((name) => `./${name}/ks.yaml`);
  const cwd = repositoryWith({
    ...Object.assign({}, ...many.map(app)),
    'kubernetes/apps/media/kustomization.yaml': kustomization('./namespace.yaml', ...listed),
  });
  const folders = many.map((name) => `kubernetes/apps/media/${name}`);
  expect(await adopted(cwd, ...folders)).toMatch(/What repeats is said once, in src\/common\.ts: \d functions?, /);
  const common = readFileSync(join(cwd, 'src/common.ts'), 'utf8');
  expect(common).toContain('export function service(scope: Directory, { name }');
  expect(readFileSync(join(cwd, 'src/emby.ts'), 'utf8')).toContain("import { service } from './common';\n");
  await isCurrent(cwd);

  expect(await adopted(cwd, jellyfin)).not.toContain('said once');
  expect(readFileSync(join(cwd, 'src/common.ts'), 'utf8')).toBe(common);
  await isCurrent(cwd);
});

test('what is not asked for may be edited, and stays so', async () => {
  const cwd = repositoryWith();
  write(cwd, { [`${plex}/app/service.yaml`]: `${files[`${plex}/app/service.yaml`]}# mine\n`, 'README.md': 'mine\n' });
  await adopted(cwd, jellyfin);
  expect(readFileSync(join(cwd, plex, 'app/service.yaml'), 'utf8')).toMatch(/# mine\n$/);
});

test('a Secret of a file that SOPS has encrypted is read by a handle of that file', async () => {
  const pod = 'spec: { containers: [{ name: a, image: a, envFrom: [{ secretRef: { name: login } }] }] }';
  const cwd = repositoryWith({
    [`${jellyfin}/app/kustomization.yaml`]:
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [login.sops.yaml, pod.yaml]\n',
    [`${jellyfin}/app/login.sops.yaml`]:
      'apiVersion: v1\nkind: Secret\nmetadata: { name: login, namespace: media }\nstringData: { TOKEN: "ENC[AES256_GCM,data:x]" }\nsops: { mac: a, version: 3.9.0 }\n',
    [`${jellyfin}/app/pod.yaml`]: `apiVersion: v1\nkind: Pod\nmetadata: { name: pod, namespace: media }\n${pod}\n`,
  });
  expect(await adopted(cwd, jellyfin)).toContain('1 of 1 reference as handles');
  const code = readFileSync(join(cwd, 'src/jellyfin.ts'), 'utf8');
  expect(code).toContain("const file = new YamlFile(kustomization.directory, 'login.sops.yaml');\n");
  expect(code).toContain("secretRef: { name: file.secret('login', ['TOKEN']) }");
  expect(changed(cwd)).not.toContain(`${jellyfin}/app/login.sops.yaml`);
  await isCurrent(cwd);
});

test('what stays where all else is code already is no fault', async () => {
  const cwd = repositoryWith({ 'kubernetes/apps/extra.yml': 'a: 1\n' });
  await adopted(cwd, '.');
  expect(await adopted(cwd, '.')).toMatch(/: nothing to do, main\.ts makes it already/);
});

test('code in a folder of its own', async () => {
  const cwd = repositoryWith();
  const code = join(cwd, 'code');
  mkdirSync(code);
  await adopted(code, `../${jellyfin}`);
  expect(readFileSync(join(code, 'main.ts'), 'utf8')).toContain("outdir: '..'");
  expect((await espalier(['synth', '--check'], { cwd: code })).code).toBe(0);
  expect(changed(cwd).filter((path) => path.startsWith('kubernetes')).length).toBe(4);
});

test('where Renovate is at work, the report names what it must be told', async () => {
  const cwd = repositoryWith({ '.github/renovate.json5': '{}' });
  expect(await adopted(cwd, jellyfin)).toMatch(
    /\nRenovate: add to \.github\/renovate\.json5 .*images-and-renovate\.md/,
  );
  const { stdout } = await espalier(['adopt', plex, '--format', 'json'], { cwd });
  expect(JSON.parse(stdout)).toMatchObject({ adopted: { renovate: '.github/renovate.json5' } });
});

test('--code-only leaves the YAML; synth writes it without --force', async () => {
  const cwd = repositoryWith();
  expect(await adopted(cwd, jellyfin, '--code-only')).toMatch(/Run `espalier synth` to write the files\.\n$/);
  expect(changed(cwd).filter((path) => path.startsWith('kubernetes'))).toEqual([]);
  expect(await adopted(cwd, jellyfin)).toMatch(/Run `espalier synth` to write it\.\n$/);
  await adopted(cwd, plex, '--code-only');
  expect((await espalier(['synth'], { cwd })).code).toBe(0);
  await isCurrent(cwd);
});

test('a Cluster with defaults gets code that is right for it; of several one is named', async () => {
  const cwd = repositoryWith({ 'main.ts': main(cluster('bare', ', defaults: false'), cluster('usual')) });
  await adopted(cwd, jellyfin, '--cluster', 'usual');
  await adopted(cwd, plex, '--cluster', 'bare');
  const said = (name: string) => readFileSync(join(cwd, `src/${name}.ts`), 'utf8');
  expect(said('jellyfin')).toContain('retryInterval: null');
  expect(said('plex')).not.toContain('retryInterval');
  expect(readFileSync(join(cwd, 'main.ts'), 'utf8')).toContain('jellyfin(usual);\nplex(bare);\n');
  await isCurrent(cwd);
});

test.each([
  ['const home = new Cluster(app, id, { sourceRoot: ".", root: null });', /it has not a line .*--cluster/],
  ['const home = new Cluster(app, "home", { sourceRoot: "." });', /a root Kustomization of its own/],
  ['', /main\.ts has no Cluster\. Add it/],
])('a main.ts that cannot be added to: %s', async (statement, why) => {
  const cwd = repositoryWith({ 'main.ts': main('const id = "home";\n', `${statement}\n`) });
  expect(await refused(cwd, jellyfin)).toMatch(why);
});

test('the lines that would be added are told', async () => {
  const text = main(cluster('home')).replace('app.synth();', 'if (app) app.synth();');
  const cwd = repositoryWith({ 'main.ts': text });
  expect(await refused(cwd, jellyfin)).toContain(
    "main.ts cannot be added to: it has not a line `app.synth();`. What would be added:\n  import { jellyfin } from './src/jellyfin';\n  jellyfin(home);\n",
  );
});

test('what cannot be asked for', async () => {
  const cwd = repositoryWith({ 'notes/README.md': 'x\n', 'notes/values.yaml': 'a: 1\n' });
  expect(await refused(cwd)).toContain('Name what to adopt');
  expect(await refused(cwd, 'apps')).toContain('apps does not exist');
  expect(await refused(cwd, '..')).toContain('lies outside of');
  expect(await refused(cwd, 'notes')).toContain('notes/values.yaml: it holds something else than objects');
  expect(await refused(cwd, jellyfin, '--output', '../src')).toContain('it must be a folder beside main.ts');
  expect(await refused(cwd, jellyfin, '--cluster', 'Home!')).toContain('Home!');
});

test('files of code that are in the way are kept', async () => {
  const cwd = repositoryWith({ 'src/jellyfin.ts': 'mine\n' });
  await adopted(cwd, jellyfin);
  expect(readFileSync(join(cwd, 'src/jellyfin.ts'), 'utf8')).toBe('mine\n');
  expect(readFileSync(join(cwd, 'main.ts'), 'utf8')).toContain("from './src/media/jellyfin'");

  const other = repositoryWith({ 'imports/kinds.ts': 'mine\n' });
  expect(await refused(other, jellyfin)).toContain('imports/kinds.ts was not made by');
});

test('a tree that is not as main.ts makes it is written first', async () => {
  const cwd = repositoryWith();
  await adopted(cwd, jellyfin);
  const service = join(cwd, jellyfin, 'app/service.yaml');
  writeFileSync(service, readFileSync(service, 'utf8').replace('80', '81'));
  expect(await refused(cwd, plex)).toContain('run `espalier synth` first');
});

test('a tree whose code is gone is given back before it is adopted again', async () => {
  const cwd = repositoryWith();
  await adopted(cwd, jellyfin);
  rmSync(join(cwd, 'main.ts'));
  rmSync(join(cwd, 'src'), { recursive: true });
  expect(await refused(cwd, plex)).toContain('delete .espalier.sha256: the files stay');
  rmSync(join(cwd, '.espalier.sha256'));
  await adopted(cwd, jellyfin, '--output', 'code');
  await isCurrent(cwd);
});

test('a tree that is written elsewhere', async () => {
  const cwd = repositoryWith({ 'main.ts': main(cluster('home')).replace("'.'", "'dist'") });
  expect(await refused(cwd, jellyfin)).toContain('main.ts writes the Cluster home to dist/');
});

test('a byte-order mark is no edit; what constructs cannot write stays, and all else is adopted', async () => {
  const folder = `${jellyfin}/app`;
  const control = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { a: "\\x7f" }\n';
  const cwd = repositoryWith({
    [`${folder}/kustomization.yaml`]: '\ufeffresources: [configmap.yaml, service.yaml, control.yaml]\n',
    [`${folder}/service.yaml`]: `\ufeff${files[`${folder}/service.yaml`]}`,
    [`${folder}/control.yaml`]: control,
  });
  expect(await adopted(cwd, jellyfin)).toContain(
    "data.a holds U+007F at position 0 of the text, which Kubernetes' YAML readers refuse or alter, even escaped: kubernetes/apps/media/jellyfin/app/control.yaml",
  );
  expect(readFileSync(join(cwd, folder, 'control.yaml'), 'utf8')).toBe(control);
  expect(changed(cwd)).toContain(`${folder}/service.yaml`);
  await isCurrent(cwd);
});

test('a project without packages', () => {
  const cwd = repositoryWith();
  const { code, stderr } = spawnEspalier(['adopt', jellyfin], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain('not installed in this folder');
  expect(stderr).toContain('espalier init');
  expect(git(cwd, 'status', '--porcelain')).toBe('');
});

test('faults that were there before are counted; what a comment says of them is kept', async () => {
  const service = files[`${jellyfin}/app/service.yaml`] as string;
  const cwd = repositoryWith({ [`${jellyfin}/app/service.yaml`]: service.replace('80', '0') });
  expect(await adopted(cwd, jellyfin)).toMatch(/Found on the way: [1-9]\d* errors?, /);
  await isCurrent(cwd);
});

test('the report as JSON', async () => {
  const cwd = repositoryWith();
  const { adopted: facts } = JSON.parse(await adopted(cwd, '.', '--format', 'json'));
  expect(facts).toMatchObject({ objects: 8, files: 12, main: 'main.ts', output: 'src', left: [] });
});

test('JSON and what Flux does not apply stay as they are', async () => {
  const folder = `${jellyfin}/app`;
  const cwd = repositoryWith({
    [`${folder}/kustomization.yaml`]: `${files[`${folder}/kustomization.yaml`]}  - ./extra.json\n`,
    [`${folder}/extra.json`]: '{ "apiVersion": "v1", "kind": "ConfigMap", "metadata": { "name": "extra" } }\n',
    [`${folder}/unused.yaml`]: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: unused }\n',
  });
  expect(await adopted(cwd, jellyfin)).toContain(`unused.yaml`);
  expect(changed(cwd)).not.toContain(`${folder}/extra.json`);
  expect(changed(cwd)).not.toContain(`${folder}/unused.yaml`);
  await isCurrent(cwd);
});

test('without Git, the folder is the tree', async () => {
  const cwd = repositoryWith();
  renameSync(join(cwd, '.git'), join(cwd, '..', `${cwd.split('/').pop()}.git`));
  rmSync(join(cwd, '..', `${cwd.split('/').pop()}.git`), { recursive: true });
  await adopted(cwd, jellyfin);
  expect((await espalier(['synth', '--check'], { cwd })).code).toBe(0);
});

test('while another run adopts, none begins; what a dead one has left is in nobody’s way', async () => {
  const cwd = repositoryWith();
  const lock = (process: string) => write(cwd, { '.espalier-adopt-lock/pid': `${process}\n` });
  lock(`${process.ppid}`);
  expect(await refused(cwd, jellyfin)).toContain(`.: another espalier (process ${process.ppid}) is writing here.`);
  lock('999999999');
  await adopted(cwd, jellyfin);
  expect(readdirSync(cwd).filter((name) => name.includes('lock'))).toEqual([]);
});
