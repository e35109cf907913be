import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { has, repository, run, temporaryFolder } from '../repository';
import { put } from '../tree/folder';

const nobody = 'OWNER/espalier';
const read = (folder: string, file: string) => readFileSync(join(folder, file), 'utf8');
const docs = readdirSync(join(repository, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md'))
  .map((file) => join('docs', file));
const addressed = ['README.md', 'SECURITY.md', '.github/ISSUE_TEMPLATE/config.yml', ...docs];

test('where the repository lives is said nowhere, or everywhere alike: scripts/owner.mjs writes it', () => {
  const { homepage, bugs, repository: where } = JSON.parse(read(repository, 'package.json'));
  const placeholders = addressed.filter((file) => read(repository, file).includes(nobody));
  if (where === undefined) {
    expect({ homepage, bugs }).toEqual({ homepage: undefined, bugs: undefined });
    expect(placeholders).toEqual(expect.arrayContaining(['SECURITY.md', 'docs/ci.md', 'docs/installation.md']));
  } else {
    const address = /^git\+(https:\/\/[\w.-]+\/[\w.-]+\/[\w.-]+)\.git$/.exec(where.url)?.[1];
    expect({ homepage, bugs }).toEqual({ homepage: `${address}#readme`, bugs: `${address}/issues` });
    expect(placeholders).toEqual([]);
  }
});

describe('scripts/owner.mjs', () => {
  const folder = temporaryFolder();
  const owner = (...args: string[]) => run(process.execPath, ['scripts/owner.mjs', ...args], { cwd: folder });
  beforeAll(() => {
    cpSync(join(repository, 'scripts', 'owner.mjs'), join(folder, 'scripts', 'owner.mjs'));
    put(folder, {
      'package.json': '{\n  "name": "cdk8s-espalier",\n  "license": "Apache-2.0",\n  "author": "A"\n}\n',
      'README.md': 'None here.\n',
      'SECURITY.md': `https://github.com/${nobody}/security\n`,
      '.github/ISSUE_TEMPLATE/config.yml': `url: https://github.com/${nobody}\n`,
      'docs/a/ci.md': `uses: ${nobody}@v1\n`,
    });
  });

  test('refuses a release from where nobody has said it is', () => {
    const { code, stderr } = owner('--check', 'https://github.com/acme/espalier');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        'package.json says that the repository is nowhere, and this is https://github.com/acme/espalier. Run node scripts/owner.mjs https://github.com/acme/espalier, and commit what it writes.\n',
    });
  });

  test('writes the fields that npm reads, and the addresses of the docs', () => {
    expect(owner('https://github.com/acme/espalier.git')).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(Object.entries(JSON.parse(read(folder, 'package.json')))).toEqual([
      ['name', 'cdk8s-espalier'],
      ['license', 'Apache-2.0'],
      ['homepage', 'https://github.com/acme/espalier#readme'],
      ['bugs', 'https://github.com/acme/espalier/issues'],
      ['repository', { type: 'git', url: 'git+https://github.com/acme/espalier.git' }],
      ['author', 'A'],
    ]);
    expect(read(folder, 'docs/a/ci.md')).toBe('uses: acme/espalier@v1\n');
    expect(read(folder, 'SECURITY.md')).toBe('https://github.com/acme/espalier/security\n');
    expect(owner('--check', 'https://github.com/acme/espalier')).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('writes the next owner over the last one', () => {
    owner('https://codeberg.org/trees/frame');
    expect(read(folder, 'docs/a/ci.md')).toBe('uses: trees/frame@v1\n');
    expect(read(folder, 'package.json')).not.toContain('acme');
  });

  test.each([[[]], [['acme/espalier']], [['http://github.com/acme/espalier']]])('%j is no address', (args) => {
    expect(owner(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining('Name the address') });
  });
});

(has('git') ? describe : describe.skip)('scripts/release-notes.mjs', () => {
  const folder = temporaryFolder();
  const script = join(repository, 'scripts', 'release-notes.mjs');
  const notes = (version: string) => run(process.execPath, [script, version], { cwd: folder });
  const git = (...args: string[]) =>
    run('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], { cwd: folder });
  beforeAll(() => {
    put(folder, {
      'package.json': '{ "version": "0.2.0" }',
      'CHANGELOG.md':
        '# Changelog\n\n## Unreleased\n\n## 0.2.0 (2026-12-01)\n\n### Added\n\n- A thing.\n\n## 0.1.0\n\n- First.\n',
    });
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('commit', '-q', '-m', 'First');
    git('tag', 'v0.1.0');
    git('commit', '-q', '--allow-empty', '-m', 'A thing');
    git('tag', 'v0.2.0');
  });

  test('the section of the version, and the commits since the release before', () => {
    const { code, stdout } = notes('0.2.0');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^### Added\n\n- A thing\.\n\n<details><summary>Commits since v0\.1\.0<\/summary>\n\n- A thing \([\da-f]+\)\n\n<\/details>\n$/,
    );
  });

  test('no more than a release of GitHub may say: the newest commits, and how many more there are', () => {
    const subject = (i: number) => `${i} ${'x'.repeat(9000)}`;
    for (let i = 1; i <= 20; i++) git('commit', '-q', '--allow-empty', '-m', subject(i));
    const { stdout } = notes('0.2.0');
    expect(stdout.length).toBeLessThan(125_000);
    expect(stdout.match(/^- (?:\d+ x|and .*)/gm)).toEqual([
      ...[20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8].map((i) => `- ${i} x`),
      '- and 8 more',
    ]);
  });

  test('a tag that is not the version, and a version without a section, are refused', () => {
    expect(notes('0.3.0')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('package.json has the version 0.2.0'),
    });
    put(folder, { 'package.json': '{ "version": "0.3.0" }' });
    expect(notes('0.3.0')).toMatchObject({ code: 1, stderr: expect.stringContaining('no section "## 0.3.0"') });
  });
});
