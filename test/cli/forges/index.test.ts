import { join } from 'node:path';
import { basesHere } from '../../../lib/cli/forges';
import { mergeBase } from '../../../lib/tree/source';
import { has, run } from '../../repository';
import { put, temporaryFolder } from '../../tree/folder';

const actions = { GITHUB_ACTIONS: 'true', GITHUB_API_URL: 'https://api.github.com', GITHUB_BASE_REF: 'release-1' };

test.each([
  ['GitHub', actions, ['origin/release-1']],
  ['GitHub, of a push', { ...actions, GITHUB_BASE_REF: '' }, []],
  ['Forgejo', { ...actions, GITHUB_API_URL: 'https://git.example.org/api/v1' }, ['origin/release-1']],
  [
    'GitLab',
    { GITLAB_CI: 'true', CI_MERGE_REQUEST_DIFF_BASE_SHA: '4f2c', CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'release-1' },
    ['origin/release-1', '4f2c'],
  ],
  ['Azure', { TF_BUILD: 'True', SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/release-1' }, ['origin/release-1']],
  [
    'Woodpecker',
    { CI: 'woodpecker', CI_FORGE_TYPE: 'gitea', CI_FORGE_URL: 'https://g.example.org', CI_COMMIT_TARGET_BRANCH: 'x' },
    ['origin/x'],
  ],
  ['a machine of somebody', {}, []],
])('on %s a change is compared with what it shall be merged into', (_, env, bases) => {
  expect(basesHere(env)).toEqual(bases);
});

(has('git') ? test : test.skip)(
  'that counts before the main branch; where it is not in the clone, the main branch does',
  () => {
    const cwd = join(temporaryFolder(), 'clone');
    put(cwd, { 'a.yaml': 'kind: A\n' });
    const git = (...args: string[]) =>
      run('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], { cwd }).stdout.trim();
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('commit', '-q', '-m', 'one');
    const one = git('rev-parse', 'HEAD');
    git('commit', '-q', '--allow-empty', '-m', 'two');
    const two = git('rev-parse', 'HEAD');
    git('update-ref', 'refs/remotes/origin/release-1', two);
    git('update-ref', 'refs/remotes/origin/main', one);
    git('commit', '-q', '--allow-empty', '-m', 'three');
    expect(mergeBase(cwd, ['origin/release-1'])).toEqual({
      revision: two,
      branch: 'merge base with origin/release-1',
    });
    expect(mergeBase(cwd, ['origin/gone', '--all'])).toEqual({ revision: one, branch: 'merge base with origin/main' });
  },
);
