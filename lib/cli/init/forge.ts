/** Where a repository lives and its CI runs. */
export type Forge = 'github' | 'gitlab' | 'forgejo' | 'gitea' | 'azure';

/** What hosts say of themselves by their names; others may be any forge. */
const hosts: readonly (readonly [RegExp, Forge])[] = [
  [/(?:^|\.)github\./, 'github'],
  [/gitlab/, 'gitlab'],
  [/forgejo|(?:^|\.)codeberg\./, 'forgejo'],
  [/gitea/, 'gitea'],
  [/(?:^|\.)(?:dev\.azure\.com|visualstudio\.com)$/, 'azure'],
];

/** What only one forge reads. */
export const ciPaths: readonly (readonly [string, Forge])[] = [
  ['.github/workflows', 'github'],
  ['.gitlab-ci.yml', 'gitlab'],
  ['.forgejo/workflows', 'forgejo'],
  ['.gitea/workflows', 'gitea'],
  ['azure-pipelines.yml', 'azure'],
];

/**
 * The forge of a repository: as the host of the first address says that any is known of, else as the only forge whose CI it has.
 *
 * @param urls addresses of remotes, and those from which Flux fetches, the most telling first
 * @param exists whether the repository has a path
 * @returns undefined where neither tells
 */
export function forgeOf(urls: readonly string[], exists: (path: string) => boolean): Forge | undefined {
  for (const url of urls) {
    const host = hostOf(url);
    const known = hosts.find(([name]) => host !== undefined && name.test(host));
    if (known !== undefined) return known[1];
  }
  const found = ciPaths.filter(([path]) => exists(path));
  return found.length === 1 ? found[0]?.[1] : undefined;
}

/** The host of `https://…`, `ssh://…` and `git@host:path`; undefined for a path on this machine. */
function hostOf(url: string): string | undefined {
  const [, host] = /^(?:https?|ssh|git):\/\/(?:[^/@]*@)?([^/:]+)/.exec(url) ?? /^(?:[^/@:]+@)([^/:]+):/.exec(url) ?? [];
  return host?.toLowerCase();
}
