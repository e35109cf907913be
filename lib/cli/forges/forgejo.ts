import { type Api, Refused } from './api';
import type { Environment, Forge, Thread } from './forge';
import { actionsBases, actionsChange, commentOf, commitStatus, type IssueComment, issueComments } from './github';

/**
 * Forgejo and Gitea, whose API v1 and Actions are alike in what is used here: Forgejo 17 and Gitea 1.27, as their sources have it
 * (routers/api/v1/repo/issue_comment.go, …/status.go, models/user/user_system.go), and as Gitea 1.27.3 was seen to do. Their lists
 * of comments have no pages: they come whole.
 */
export const forgejo: Forge = {
  name: 'Forgejo',
  tokens: ['FORGEJO_TOKEN', 'GITEA_TOKEN', 'GITHUB_TOKEN'],
  grant: grantOf('FORGEJO_TOKEN'),
  // GitHub's API never lies there.
  isHere: (env) => env.GITHUB_ACTIONS === 'true' && isHome(env),
  change: (env) => actionsChange(env, { view: 'src/commit', run: env.GITHUB_RUN_NUMBER }),
  bases: actionsBases,
  login: (token) => ({ authorization: `token ${token}` }),
  open: (api, { commit, path }): Thread => ({
    comments: async () => {
      const found = await api.get<readonly IssueComment[]>(`${path.change}/comments`);
      const me = await viewer(api);
      const writers = me === undefined ? actionsUsers : [me];
      return found.map((comment) => commentOf(comment, ({ user }) => writers.includes(user?.login ?? '')));
    },
    ...issueComments(api, path),
    status: commitStatus(api, `${path.repository}/statuses/${commit}`),
  }),
};

/** Gitea is another name of the same. */
export const gitea: Forge = {
  ...forgejo,
  name: 'Gitea',
  grant: `${grantOf('GITEA_TOKEN')} A job with \`permissions\` needs pull-requests: write there, with --status contents: write, too.`,
  isHere: (env) => forgejo.isHere(env) && env.FORGEJO_ACTIONS !== 'true' && env.GITEA_ACTIONS === 'true',
  // Since 1.26 the address has the run's id, before its number: this one is right for both (routers/web/repo/actions/view.go).
  change: (env) => {
    const number = env.GITHUB_RUN_NUMBER;
    return actionsChange(env, { view: 'src/commit', run: number && `${number}?by_index=1` });
  },
};

function grantOf(variable: string): string {
  return `Pass the token of the run, or one of a user with the scopes read:user, write:issue and write:repository, to the step: \`env: { ${variable}: … }\`.`;
}

function isHome({ GITHUB_API_URL: api = '' }: Environment): boolean {
  return /\/api\/v1\/?$/.test(api);
}

/** For whom the token of a run stands: users that nobody can register. */
const actionsUsers = ['forgejo-actions', 'gitea-actions'];

/** @returns undefined where the token may not say whom it stands for, as that of a run */
async function viewer(api: Api): Promise<string | undefined> {
  try {
    return (await api.get<{ login?: string }>('/user')).login;
  } catch (error) {
    if (error instanceof Refused && [401, 403, 404].includes(error.status)) return undefined;
    throw error;
  }
}
