import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { espalier, has, repository, run, temporaryFolder } from '../repository';

/** Changes of this repository's own cluster, as a pull request of each would be reviewed: test/cli/diff/*.md, read line by line. */
const expected = join(__dirname, 'diff');
const folder = temporaryFolder();
const clone = join(folder, 'soyo');
const main = readFileSync(join(repository, 'main.ts'), 'utf8').replace(
  "'./lib'",
  JSON.stringify(join(repository, 'lib')),
);

/** What a change does to main.ts, or by hand to the tree that lies in a folder. */
type Edit = (main: string, dist: string) => string;

const replace =
  (...pairs: readonly [from: string, to: string][]): Edit =>
  (text) =>
    pairs.reduce((changed, [from, to]) => {
      if (!changed.includes(from)) throw new Error(`main.ts does not hold ${JSON.stringify(from)}`);
      return changed.replaceAll(from, to);
    }, text);

/** Edits a file of the tree, as somebody would who does not run the app. */
function edit(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} does not hold ${JSON.stringify(from)}`);
  writeFileSync(file, text.replace(from, to));
}

const changes: readonly (readonly [name: string, edit: Edit, isByHand: boolean])[] = [
  ['image', replace(['backstage:1.0.0', 'backstage:1.1.0']), false],
  ['renamed-key', replace(['GITHUB_TOKEN:', 'GH_TOKEN:']), false],
  ['larger-database', replace(["size: '20Gi'", "size: '50Gi'"]), false],
  ['smaller-database', replace(["size: '20Gi'", "size: '10Gi'"]), false],
  [
    'moved-to-another-namespace',
    replace(["'backstage', {\n", "'backstage', {\n  namespace: 'developer-portal',\n"]),
    false,
  ],
  ['renamed-kustomization', replace(["'backstage', {\n", "'backstage', {\n  name: 'portal',\n"]), false],
  [
    'deleted-store',
    (text, dist) => {
      const namespace = join(dist, 'kubernetes/apps/external-secrets');
      rmSync(join(namespace, 'external-secrets-stores'), { recursive: true });
      edit(join(namespace, 'kustomization.yaml'), '  - ./external-secrets-stores/ks.yaml\n', '');
      return text;
    },
    true,
  ],
  [
    'suspended',
    (text, dist) => {
      edit(
        join(dist, 'kubernetes/apps/backstage/backstage/ks.yaml'),
        '  prune: true\n',
        '  prune: true\n  suspend: true\n',
      );
      edit(join(dist, 'kubernetes/apps/backstage/backstage/app/deployment.yaml'), 'backstage:1.0.0', 'backstage:1.1.0');
      return text;
    },
    true,
  ],
];

const git = (...args: string[]) =>
  run('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], { cwd: clone });

beforeAll(() => {
  mkdirSync(clone);
  git('init', '-q', '-b', 'main');
  cpSync(join(repository, 'dist'), join(clone, 'dist'), { recursive: true });
  git('add', '-A');
  git('commit', '-q', '-m', 'The tree of soyo');
});

/** Makes the change in a work tree of the clone, and tells what `espalier diff` says of it. */
async function diffOf(change: Edit, isByHand: boolean, ...options: string[]) {
  git('checkout', '-q', '--', '.');
  git('clean', '-qfd');
  const dist = join(clone, 'dist');
  const text = change(main, dist);
  if (!isByHand) {
    const file = join(folder, 'main.ts');
    writeFileSync(file, text);
    const { code, stderr } = await espalier(['synth', file, '--output', dist, '--quiet']);
    if (code !== 0) throw new Error(stderr);
  }
  return espalier(['diff', 'main', '--path', 'dist', ...options], { cwd: clone });
}

const gitTest = has('git') ? test : test.skip;

gitTest.each(changes)('%s: the comment on its pull request', async (name, change, isByHand) => {
  const { stdout, stderr, code } = await diffOf(change, isByHand, '--format', 'markdown', '--exit-code');
  expect({ stderr, code }).toEqual({ stderr: '', code: 1 });
  const file = join(expected, `${name}.md`);
  // Written where a change of the wording is meant, to be read before it is committed.
  if (process.env.ESPALIER_EXPECT === 'write') writeFileSync(file, stdout);
  expect(stdout).toBe(readFileSync(file, 'utf8'));
});

gitTest('what docs/diff.md shows is what espalier diff prints, and README.md begins as it does', async () => {
  const { stdout } = await diffOf(replace(['GITHUB_TOKEN:', 'GH_TOKEN:']), false);
  const page = (name: string) => readFileSync(join(repository, name), 'utf8');
  const command = '$ npx cdk8s-espalier diff main --path dist\n';
  expect(page('docs/diff.md')).toContain(`${command}${stdout}\`\`\`\n`);
  const [, shown = ''] = /^\$ npx cdk8s-espalier diff main --path dist\n(.*?)^…$/ms.exec(page('README.md')) ?? [];
  expect(shown).toContain('Needs a person');
  expect(stdout.slice(0, shown.length)).toBe(shown);
});

gitTest('no change says so, and ends with 0 all the same', async () => {
  expect(await diffOf((text) => text, false, '--exit-code')).toEqual({
    code: 0,
    stderr: '',
    stdout: 'Nothing changes in any cluster between main and the work tree.\n',
  });
});
