import { readFileSync } from 'node:fs';
import type { Api } from './api';
import type { Change, Comment, Environment, Forge, Thread } from './forge';

/**
 * GitHub, as its REST API 2022-11-28 (docs.github.com/en/rest/issues/comments, …/commits/statuses) and the variables of its Actions
 * (docs.github.com/en/actions/reference/workflows-and-actions/variables) have it in November 2026.
 */
export const github: Forge = {
  name: 'GitHub',
  tokens: ['GITHUB_TOKEN', 'GH_TOKEN'],
  grant:
    'Give the job `permissions: { contents: read, pull-requests: write }` (with --status also `statuses: write`), and the step `env: { GITHUB_TOKEN: "${{ github.token }}" }`.',
  annotations: 'github',
  isHere: (env) => env.GITHUB_ACTIONS === 'true',
  change: (env) => actionsChange(env, { view: 'blob', run: env.GITHUB_RUN_ID }),
  bases: actionsBases,
  login: (token) => ({ authorization: `Bearer ${token}`, 'x-github-api-version': '2022-11-28' }),
  open: (api, { api: base, commit, path }) => ({
    comments: async () => {
      const me = await viewer(api, base);
      const found = await api.all<IssueComment>(`${path.change}/comments`);
      return found.map((comment) => commentOf(comment, ({ user }) => isBy(user, me)));
    },
    ...issueComments(api, path),
    status: commitStatus(api, `${path.repository}/statuses/${commit}`),
  }),
};

/** A comment, as GitHub, Forgejo and Gitea write it. */
export interface IssueComment {
  readonly id: number;
  readonly body?: string | null;
  readonly user?: { readonly login: string; readonly type?: string } | null;
}

export function commentOf(comment: IssueComment, own: (comment: IssueComment) => boolean): Comment {
  return { id: String(comment.id), text: comment.body ?? '', own: own(comment), author: comment.user?.login };
}

/** What GitHub, Forgejo and Gitea do alike. */
export function issueComments(api: Api, { change, repository }: Change['path']) {
  const comment = (id: string) => `${repository}/issues/comments/${id}`;
  return {
    create: async (body: string) => {
      const made = await api.send<IssueComment>('POST', `${change}/comments`, { body });
      return made.user?.login;
    },
    update: (id: string, body: string) => api.send<void>('PATCH', comment(id), { body }),
    remove: (id: string) => api.send<void>('DELETE', comment(id)),
  };
}

/** Whom the token stands for. The REST API tells it of persons alone, GraphQL of apps and the token of a run, too. */
async function viewer(api: Api, base: string): Promise<string> {
  const graphql = base.replace(/\/v3\/?$/, '').replace(/\/$/, '');
  const query = 'query { viewer { login } }';
  const answer = await api
    .send<{ data?: { viewer?: { login?: string } } }>('POST', `${graphql}/graphql`, { query })
    .catch(() => undefined);
  return answer?.data?.viewer?.login ?? 'github-actions[bot]';
}

/** `x[bot]` in one API is `x` in the other: a person may be called so, but is no bot. */
function isBy(user: IssueComment['user'], me: string): boolean {
  return user?.login === me || (user?.type === 'Bot' && user.login === `${me}[bot]`);
}

interface Event {
  readonly number?: number;
  readonly repository?: { readonly full_name?: string; readonly html_url?: string };
  readonly pull_request?: {
    readonly number: number;
    readonly head?: { readonly sha?: string; readonly repo?: { readonly full_name?: string } | null };
    readonly base?: { readonly repo?: { readonly full_name?: string } | null };
  };
}

/**
 * The pull request of a run of GitHub's Actions, or of Forgejo's and Gitea's, which have the same variables.
 *
 * @param view how the forge calls the page of a file
 * @param run how it calls the page of this run
 */
export function actionsChange(
  env: Environment,
  { view, run }: { readonly view: 'blob' | 'src/commit'; readonly run: string | undefined },
): Change | undefined {
  const { pull_request: pull, repository: told } = eventOf(env);
  const number = pull?.number ?? /^refs\/pull\/(\d+)\//.exec(env.GITHUB_REF ?? '')?.[1];
  const { GITHUB_REPOSITORY: repository, GITHUB_API_URL: api, GITHUB_SERVER_URL: server } = env;
  if (number === undefined || repository === undefined || api === undefined) return undefined;
  const commit = pull?.head?.sha ?? env.GITHUB_SHA ?? '';
  const atServer = server && `${server.replace(/\/$/, '')}/${repository}`;
  // A runner of Forgejo or Gitea may know the forge by an address that people do not: the event has theirs.
  const page = told?.full_name === repository && /^https?:/.test(told.html_url ?? '') ? told.html_url : atServer;
  const head = pull?.head?.repo?.full_name;
  const isFork = pull?.head !== undefined && head !== (pull.base?.repo?.full_name ?? repository);
  const path = `/repos/${repository}`;
  return {
    name: `${repository}#${number}`,
    commit,
    files: page && `${page}/${view}/${commit}`,
    run: env.CI_PIPELINE_URL ?? (page && run && `${page}/actions/runs/${run}`),
    untrusted: isFork ? 'a fork' : env.GITHUB_ACTOR === 'dependabot[bot]' ? 'Dependabot' : undefined,
    api,
    path: { repository: path, change: `${path}/issues/${number}` },
  };
}

export function actionsBases({ GITHUB_BASE_REF: branch }: Environment): readonly string[] {
  return branch ? [`origin/${branch}`] : [];
}

function eventOf({ GITHUB_EVENT_PATH: path }: Environment): Event {
  if (!path) return {};
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as Event | null) ?? {};
  } catch {
    return {};
  }
}

/** What stands beside a commit, which Forgejo and Gitea take in the same form. */
export function commitStatus(api: Api, address: string): Thread['status'] {
  return ({ name, failed, description, url }) =>
    api.send('POST', address, {
      context: name,
      state: failed ? 'failure' : 'success',
      description,
      target_url: url,
    });
}
