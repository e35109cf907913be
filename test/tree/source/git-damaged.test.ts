import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readRevision, whyNoRevision } from '../../../lib/tree/source';
import { temporaryFolder } from '../../repository';

const folder = temporaryFolder();
const author = ['-c', 'user.name=a', '-c', 'user.email=a@example.org'];
const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', [...author, '-C', cwd, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();

/** A repository of two commits, the second of which adds b.yaml. */
function repository(name: string): string {
  const root = join(folder, name);
  mkdirSync(root, { recursive: true });
  git(root, 'init', '-q');
  git(root, 'config', 'uploadpack.allowFilter', 'true');
  for (const file of ['a.yaml', 'b.yaml']) {
    writeFileSync(join(root, file), `name: ${file}\n`);
    git(root, 'add', '-A');
    git(root, 'commit', '-qm', file);
  }
  return root;
}

const origin = repository('origin');
const url = pathToFileURL(origin).href;

test('a file whose content a damaged clone has lost is one that cannot be read', () => {
  const root = repository('damaged');
  const id = git(root, 'rev-parse', 'HEAD:b.yaml');
  rmSync(join(root, '.git', 'objects', id.slice(0, 2), id.slice(2)), { force: true });
  const { files } = readRevision(root, 'HEAD');
  expect([...files.values()].map(({ path, faults }) => [path, faults[0]?.message])).toEqual([
    ['a.yaml', undefined],
    [
      'b.yaml',
      'the file cannot be read: Git has lost its content in this clone; git fsck tells more, and another clone may have it',
    ],
  ]);
});

test.each(['blob:none', 'tree:0'])('a clone with --filter=%s says how to fetch what it has not got', (filter) => {
  const clone = join(folder, filter.replace(':', '-'));
  git(folder, 'clone', '-q', '--no-checkout', `--filter=${filter}`, url, clone);
  expect(() => readRevision(clone, 'HEAD')).toThrow(
    `${clone} is a partial clone (git clone --filter=…), and some of its files have not been fetched. Fetch them all (git fetch --refetch --no-filter origin), or clone without --filter.`,
  );
});

test('a shallow clone says how to fetch its history', () => {
  const clone = join(folder, 'shallow');
  git(folder, 'clone', '-q', '--depth=1', url, clone);
  expect(() => readRevision(clone, 'HEAD~1')).toThrow(
    ' This clone is shallow: fetch the history first (git fetch --unshallow; fetch-depth: 0 in a workflow).',
  );
  expect(whyNoRevision(origin)).toBe('');
});

test('the content of files is what it is, however Git writes line ends to the work tree', () => {
  const clone = join(folder, 'crlf');
  git(folder, 'clone', '-q', '-c', 'core.autocrlf=true', url, clone);
  expect(
    [...readRevision(clone, 'HEAD').files.values()].flatMap(({ documents }) => documents.map(({ value }) => value)),
  ).toEqual([{ name: 'a.yaml' }, { name: 'b.yaml' }]);
});
