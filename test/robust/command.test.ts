import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { has, repository, run, temporaryFolder } from '../repository';
import { configMap, kustomization, type Texts } from '../tree/kustomize/memory';
import { checkEnds, write } from './command';
import { chain, documents, fluxKustomization, product } from './trees';

const folder = temporaryFolder();
const linux = process.platform === 'win32' ? it.skip : it;
const git = has('git') ? it : it.skip;
let trees = 0;

/** A new folder with these files. */
function tree(texts: Texts, name = `tree-${trees++}`): string {
  const root = join(folder, name);
  mkdirSync(root, { recursive: true });
  return write(root, texts);
}

/** What the command says of a tree. */
const ends = (texts: Texts, ...args: string[]) => checkEnds(tree(texts), args);

const fresh = (index: number) => String.fromCharCode(97 + index);
const bomb = (more: (before: string) => string) =>
  [
    'a: &a { k: v }',
    ...Array.from({ length: 15 }, (_, i) => `${fresh(i + 1)}: &${fresh(i + 1)} ${more(fresh(i))}`),
  ].join('\n');

describe('espalier check ends with 0, 1 or 2 and a message', () => {
  it('on random bytes', () => {
    const texts = {
      'a.yaml': randomBytes(1_000_000),
      'b.yml': randomBytes(50),
      'kustomization.yaml': randomBytes(999),
    };
    expect(ends(texts).said).toContain('is not UTF-8');
  });

  it('on a file of 50 MB', () => {
    const text = `${configMap('a', 'x')}---\n`;
    expect(ends({ 'a.yaml': text.repeat(50_000_000 / text.length) }).said).toContain('is larger than 10 MB');
  });

  it('on more files than the memory holds', () => {
    const text = documents(60_000, (i) => configMap(`c${i}`, 'x'));
    const texts = Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`${i}.yaml`, text]));
    expect(checkEnds(tree(texts), [], 256)).toMatchObject({ code: 2, said: expect.stringContaining('MB of YAML') });
  });

  it.each(['['.repeat(100_000), '[{a: '.repeat(100_000), '- '.repeat(100_000), '? '.repeat(100_000)])(
    'on 100,000 levels of %.5s',
    (text) => {
      expect(ends({ 'a.yaml': text }).said).toContain('a.yaml');
    },
  );

  it.each([
    ['aliases', bomb((before) => `[${Array(9).fill(`*${before}`).join(', ')}]`)],
    ['merge keys', bomb((before) => `{ <<: [${Array(9).fill(`*${before}`).join(', ')}], l: *${before} }`)],
    ['many merges of a large mapping', `a: &a {${documentsOf(1000)}}\nl:\n${'- <<: [*a, *a, *a]\n'.repeat(50_000)}`],
  ])('on a bomb of %s', (_, text) => {
    expect(ends({ 'a.yaml': text }).said).toContain('repeat more than');
  });

  it('on 100,000 documents in one file', () => {
    expect(ends({ 'a.yaml': documents(100_000, (i) => configMap(`c${i}`)) }).said).toContain('100000 resources');
  });

  it('on 100,000 documents that are no objects, each a finding', () => {
    const texts = { 'flux.yaml': fluxKustomization('a', './'), 'a.yaml': documents(100_000, (i) => `a: ${i}\n`) };
    expect(ends(texts)).toMatchObject({ code: 1 });
  });

  it('on 50,000 findings in one line', () => {
    const labels = Array.from({ length: 50_000 }, (_, i) => `"l ${i}": 1`).join(', ');
    const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: x, labels: {${labels}} }\n`;
    for (const format of ['pretty', 'json'])
      expect(ends({ 'a.yaml': text }, '--format', format)).toMatchObject({ code: 1 });
  });

  it('on an empty folder, and on one that is not there', () => {
    expect(ends({})).toMatchObject({ code: 2, said: expect.stringContaining('has no YAML files') });
    expect(ends({}, 'missing')).toMatchObject({ code: 2, said: expect.stringContaining('does not exist') });
  });

  it('on a file instead of a folder', () => {
    expect(ends({ 'a.yaml': configMap('a') }, 'a.yaml')).toMatchObject({ code: 0 });
    expect(ends({ 'a.txt': 'hello' }, 'a.txt').said).not.toBe('');
  });

  linux('on a path with spaces, line feeds and letters of all kinds', () => {
    const cwd = tree({ 'a b/c\nd/ü 漢 \u202e.yaml': 'a: [\n' }, 'we ird\n✓');
    expect(checkEnds(cwd, ['a b']).said).toContain('ü 漢');
  });

  linux('on links that lead in circles, and on a path that is one', () => {
    const cwd = tree({ 'a.yaml': configMap('a'), 'x/y/b.yaml': configMap('b') });
    symlinkSync('..', join(cwd, 'x/y/up'));
    symlinkSync('self.yaml', join(cwd, 'self.yaml'));
    symlinkSync('self', join(cwd, 'self'));
    expect(checkEnds(cwd, []).said).toContain('2 files');
    expect(checkEnds(cwd, ['self'])).toMatchObject({ code: 2 });
  });

  linux('on a pipe that nobody writes to', () => {
    const cwd = tree({ 'a.yaml': configMap('a') });
    execFileSync('mkfifo', [join(cwd, 'b.yaml')]);
    expect(checkEnds(cwd, []).said).toContain('1 file');
    expect(checkEnds(cwd, ['b.yaml'])).toMatchObject({ code: 2 });
  });

  // Root may read all.
  (process.getuid?.() ? linux : it.skip)('on a folder and a file that nobody may read', () => {
    const cwd = tree({ 'a.yaml': configMap('a'), 'closed/b.yaml': configMap('b'), 'c.yaml': configMap('c') });
    chmodSync(join(cwd, 'closed'), 0);
    chmodSync(join(cwd, 'c.yaml'), 0);
    const { said } = checkEnds(cwd, []);
    chmodSync(join(cwd, 'closed'), 0o700);
    expect(said).toContain('cannot be read');
  });

  linux('into a pipe that is closed before the end', () => {
    const texts = { 'flux.yaml': fluxKustomization('a', './'), 'a.yaml': documents(20_000, (i) => `a: ${i}\n`) };
    const command = `"${process.execPath}" "${join(repository, 'scripts', 'espalier.mjs')}" check | head -1; exit \${PIPESTATUS[0]}`;
    const { status, stdout, stderr } = spawnSync('bash', ['-c', command], { cwd: tree(texts), encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: 'a.yaml\n', stderr: '' });
  });
});

describe('espalier check ends where references do not', () => {
  it('with 5,000 Kustomizations in a circle of dependsOn', () => {
    const circle = (path: (i: number) => string) =>
      documents(5000, (i) => fluxKustomization(`k${i}`, path(i), `dependsOn: [{ name: k${(i + 1) % 5000} }]`));
    const folders = Array.from({ length: 5000 }, (_, i) => [`d${i}/a.yaml`, configMap(`c${i}`)]);
    const apart = ends({ 'flux/a.yaml': circle((i) => `./d${i}`), ...Object.fromEntries(folders) });
    expect(apart).toMatchObject({ code: 1, said: expect.stringContaining('flux/depends-on-cycle') });
    const together = ends({ 'flux/a.yaml': circle(() => './flux') });
    expect(together).toMatchObject({ code: 1, said: expect.stringContaining('flux/depends-on-cycle') });
  });

  it('with 1,000 Kustomizations of one folder with 1,000 objects', () => {
    expect(ends(product(1000, 1000)).said).toContain('the cluster would have more than 250000 objects');
  });

  it('with a kustomization that lists itself', () => {
    const texts = { 'a/kustomization.yaml': kustomization('resources: [., ../a, kustomization.yaml, ..]') };
    expect(ends(texts)).toMatchObject({ code: 1, said: expect.stringContaining('in a circle') });
  });

  it('with components that list each other', () => {
    const component = (next: string) =>
      `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncomponents: [${next}]\n`;
    const texts = {
      'kustomization.yaml': kustomization('components: [a]'),
      'a/kustomization.yaml': component('../b'),
      'b/kustomization.yaml': component('../a'),
    };
    expect(ends(texts)).toMatchObject({ code: 1, said: expect.stringContaining('in a circle') });
  });

  it.each(['resources', 'components'] as const)('with 2,000 kustomizations, each within the other by %s', (kind) => {
    expect(ends(chain(2000, kind))).toMatchObject({ code: 1, said: expect.stringContaining('more than 250') });
  });

  it('with kustomizations that list each two others, forty deep', () => {
    const names = ['a', 'b'];
    const levels = Array.from({ length: 40 }, (_, i) =>
      names.map((name): [string, string] => [
        `${name}${i}/kustomization.yaml`,
        kustomization(`resources: [${names.map((next) => (i < 39 ? `../${next}${i + 1}` : 'c.yaml')).join(', ')}]`),
      ]),
    );
    const texts = Object.fromEntries(levels.flat());
    expect(ends({ ...texts, 'a39/c.yaml': configMap('a'), 'b39/c.yaml': configMap('b') })).toMatchObject({ code: 1 });
  });
});

describe('espalier check --rev ends with a message', () => {
  const commit = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qm', 'a', '--allow-empty'];
  const repo = () => {
    const cwd = tree({ 'a.yaml': configMap('a'), 'b/b.yaml': configMap('b') });
    for (const args of [['init', '-q'], ['add', '-A'], commit, commit]) run('git', args, { cwd });
    return cwd;
  };

  git('where there is no commit, no repository, or no revision of that name', () => {
    const empty = tree({ 'a.yaml': configMap('a') });
    run('git', ['init', '-q'], { cwd: empty });
    expect(checkEnds(empty, [])).toMatchObject({ code: 0 });
    expect(checkEnds(empty, ['--rev', 'HEAD'])).toMatchObject({ code: 2 });
    expect(ends({ '.git': 'gitdir: /nowhere\n', 'a.yaml': configMap('a') }, '--rev', 'HEAD')).toMatchObject({
      code: 2,
    });
    const cwd = repo();
    for (const name of [
      '',
      '-x',
      'a b',
      'a\nb',
      ':/',
      '@{u}',
      'x..y',
      '../..',
      'HEAD:a.yaml',
      'HEAD^{blob}',
      'a'.repeat(9999),
    ]) {
      expect(checkEnds(cwd, [`--rev=${name}`])).toMatchObject({ code: 2 });
    }
  });

  git('in a shallow clone and in a bare repository', () => {
    const from = repo();
    const [shallow, bare] = [join(folder, 'shallow'), join(folder, 'bare.git')];
    run('git', ['clone', '-q', '--depth', '1', `file://${from}`, shallow]);
    run('git', ['clone', '-q', '--bare', from, bare]);
    expect(checkEnds(shallow, ['--rev', 'HEAD'])).toMatchObject({ code: 0 });
    expect(checkEnds(shallow, ['--rev', 'HEAD~1'])).toMatchObject({
      code: 2,
      said: expect.stringContaining('shallow'),
    });
    expect(checkEnds(bare, ['--rev', 'HEAD'])).toMatchObject({ code: 2 });
  });
});

/** As many keys of a flow mapping. */
function documentsOf(keys: number): string {
  return Array.from({ length: keys }, (_, i) => `k${i}: 1`).join(', ');
}
