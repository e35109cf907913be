import { forgeOf } from '../../../lib/cli/init/forge';

const nothing = () => false;
const has =
  (...paths: string[]) =>
  (path: string) =>
    paths.includes(path);

test.each([
  ['https://github.com/acme/clusters.git', 'github'],
  ['git@github.com:acme/clusters.git', 'github'],
  ['ssh://git@ssh.github.com:443/acme/clusters.git', 'github'],
  ['https://token@gitlab.example.org/acme/clusters', 'gitlab'],
  ['ssh://git@codeberg.org/acme/clusters', 'forgejo'],
  ['https://forgejo.example.org/acme/clusters', 'forgejo'],
  ['git@gitea.example.org:acme/clusters.git', 'gitea'],
  ['git@ssh.dev.azure.com:v3/acme/home/clusters', 'azure'],
  ['https://acme.visualstudio.com/home/_git/clusters', 'azure'],
  ['https://git.example.org/github.com/clusters', undefined],
  ['/srv/git/github.com/clusters', undefined],
])('%s is on %s', (url, forge) => {
  expect(forgeOf([url], nothing)).toBe(forge);
});

test('the first known host counts, and before the files of the repository', () => {
  const urls = ['https://git.example.org/clusters', 'https://gitlab.com/clusters', 'https://github.com/clusters'];
  expect(forgeOf(urls, has('.github/workflows'))).toBe('gitlab');
});

test('where no host is known, the only CI that the repository has tells it', () => {
  const urls = ['https://git.example.org/clusters'];
  expect(forgeOf(urls, has('.forgejo/workflows'))).toBe('forgejo');
  expect(forgeOf(urls, has('.gitlab-ci.yml'))).toBe('gitlab');
  expect(forgeOf(urls, has('.forgejo/workflows', '.github/workflows'))).toBeUndefined();
});
