import type { Forge, Thread } from './forge';

/**
 * GitLab 18, as docs.gitlab.com has it in November 2026: /api/notes/#merge-requests, /api/commits/#set-commit-pipeline-status,
 * /ci/variables/predefined_variables. The token of a job (CI_JOB_TOKEN) may not write notes.
 */
export const gitlab: Forge = {
  name: 'GitLab',
  tokens: ['GITLAB_TOKEN'],
  grant:
    'Make a project access token with the role Reporter (with --status Developer) and the scope api, and add it to the CI/CD variables as GITLAB_TOKEN, masked; a protected one is missing in merge requests.',
  isHere: (env) => env.GITLAB_CI === 'true',
  change(env) {
    const { CI_MERGE_REQUEST_IID: number, CI_API_V4_URL: api } = env;
    const project = env.CI_MERGE_REQUEST_PROJECT_ID ?? env.CI_PROJECT_ID;
    if (number === undefined || project === undefined || api === undefined) return undefined;
    const source = env.CI_MERGE_REQUEST_SOURCE_PROJECT_ID ?? project;
    // Of a pipeline of merged results, the other is a commit that nobody sees.
    const commit = env.CI_MERGE_REQUEST_SOURCE_BRANCH_SHA || env.CI_COMMIT_SHA || '';
    const page = env.CI_MERGE_REQUEST_SOURCE_PROJECT_URL ?? env.CI_PROJECT_URL;
    const repository = `/projects/${encodeURIComponent(project)}`;
    return {
      name: `${env.CI_MERGE_REQUEST_PROJECT_PATH ?? env.CI_PROJECT_PATH ?? project}!${number}`,
      commit,
      files: page && `${page}/-/blob/${commit}`,
      run: env.CI_JOB_URL,
      untrusted: source === project ? undefined : 'a fork',
      api,
      path: { change: `${repository}/merge_requests/${number}`, repository },
    };
  },
  // A pipeline of merged results has what others merged since the branch began, too: the branch before where it began.
  bases: ({ CI_MERGE_REQUEST_DIFF_BASE_SHA: base, CI_MERGE_REQUEST_TARGET_BRANCH_NAME: branch }) => [
    ...(branch ? [`origin/${branch}`] : []),
    ...(base ? [base] : []),
  ],
  login: (token) => ({ 'private-token': token }),
  open: (api, { commit, path }): Thread => ({
    comments: async () => {
      const { id: me } = await api.get<{ id: number }>('/user');
      const notes = await api.all<Note>(`${path.change}/notes`);
      return notes
        .filter(({ system }) => system !== true)
        .map(({ id, body, author }) => ({ id: String(id), text: body, own: author?.id === me }));
    },
    create: async (body) => {
      await api.send('POST', `${path.change}/notes`, { body });
      return undefined;
    },
    update: (id, body) => api.send('PUT', `${path.change}/notes/${id}`, { body }),
    remove: (id) => api.send('DELETE', `${path.change}/notes/${id}`),
    status: ({ name, failed, description, url }) =>
      api.send('POST', `${path.repository}/statuses/${commit}`, {
        name,
        state: failed ? 'failed' : 'success',
        description,
        target_url: url,
      }),
  }),
};

interface Note {
  readonly id: number;
  readonly body: string;
  readonly system?: boolean;
  readonly author?: { readonly id: number } | null;
}
