import type { Environment } from './forge';

/**
 * A run of Woodpecker, a CI of its own beside Forgejo, Gitea or GitHub (Codeberg has one)
 * with the variables that their Actions have, too (woodpecker-ci.org/docs/usage/environment, version 3); any other environment as it is.
 */
export function withWoodpecker(env: Environment): Environment {
  if (env.CI !== 'woodpecker') return env;
  const { CI_FORGE_TYPE: type, CI_FORGE_URL: server = '', CI_COMMIT_PULL_REQUEST: number } = env;
  const base = server.replace(/\/$/, '');
  const isGitHub = type === 'github';
  if (!isGitHub && type !== 'forgejo' && type !== 'gitea') return env;
  return {
    ...env,
    GITHUB_ACTIONS: 'true',
    GITEA_ACTIONS: type === 'gitea' ? 'true' : undefined,
    GITHUB_API_URL: isGitHub
      ? base === 'https://github.com'
        ? 'https://api.github.com'
        : `${base}/api/v3`
      : `${base}/api/v1`,
    GITHUB_SERVER_URL: base,
    GITHUB_REPOSITORY: env.CI_REPO,
    GITHUB_REF: number ? `refs/pull/${number}/head` : env.CI_COMMIT_REF,
    GITHUB_SHA: env.CI_COMMIT_SHA,
    GITHUB_BASE_REF: env.CI_COMMIT_TARGET_BRANCH,
  };
}
