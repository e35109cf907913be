import type { Forge, Thread } from './forge';

/**
 * Azure DevOps, as learn.microsoft.com/rest/api/azure/devops/git has it of version 7.1: pull-request-threads, -thread-comments and
 * -statuses; variables: …/azure/devops/pipelines/build/variables. A comment holds 150,000 characters.
 */
export const azure: Forge = {
  name: 'Azure DevOps',
  tokens: ['SYSTEM_ACCESSTOKEN'],
  grant:
    'Pass the token of the run to the step: `env: { SYSTEM_ACCESSTOKEN: $(System.AccessToken) }`, and allow its build service to contribute to pull requests (Project settings, Repositories, Security).',
  annotations: 'azure',
  isHere: (env) => env.TF_BUILD === 'True',
  change(env) {
    const { SYSTEM_COLLECTIONURI: collection, SYSTEM_TEAMPROJECT: project, BUILD_REPOSITORY_ID: repository } = env;
    const number = env.SYSTEM_PULLREQUEST_PULLREQUESTID;
    // Of a repository elsewhere, the pull request is there, too.
    if (env.BUILD_REPOSITORY_PROVIDER !== undefined && env.BUILD_REPOSITORY_PROVIDER !== 'TfsGit') return undefined;
    if (!number || !collection || !project || !repository) return undefined;
    const base = collection.replace(/\/$/, '');
    const path = `/${encodeURIComponent(project)}/_apis/git/repositories/${repository}`;
    return {
      name: `${project}/${env.BUILD_REPOSITORY_NAME ?? repository}!${number}`,
      commit: env.SYSTEM_PULLREQUEST_SOURCECOMMITID ?? env.BUILD_SOURCEVERSION ?? '',
      run: env.BUILD_BUILDID && `${base}/${encodeURIComponent(project)}/_build/results?buildId=${env.BUILD_BUILDID}`,
      untrusted: env.SYSTEM_PULLREQUEST_ISFORK === 'True' ? 'a fork' : undefined,
      api: base,
      path: { change: `${path}/pullRequests/${number}`, repository: path },
    };
  },
  bases: ({ SYSTEM_PULLREQUEST_TARGETBRANCH: branch }) =>
    branch ? [`origin/${branch.replace(/^refs\/heads\//, '')}`] : [],
  // The token of a run is a JWT; a personal one is a password.
  login: (token) => ({
    authorization: /\..*\./.test(token) ? `Bearer ${token}` : `Basic ${Buffer.from(`:${token}`).toString('base64')}`,
  }),
  open(api, { path }): Thread {
    const threads = `${path.change}/threads`;
    const [thread, comment] = [
      (id: string) => `${threads}/${id.split('/')[0]}?${version}`,
      (id: string) => `${threads}/${id.replace('/', '/comments/')}?${version}`,
    ];
    const put = async (id: string, content: string, status: 'active' | 'closed') => {
      await api.send('PATCH', comment(id), { content });
      await api.send('PATCH', thread(id), { status });
    };
    return {
      comments: async () => {
        const me = await api.get<{ authenticatedUser?: { id: string } }>('/_apis/connectionData');
        const found = await api.get<{ value: readonly PullRequestThread[] }>(`${threads}?${version}`);
        return found.value.flatMap(({ id, status, isDeleted, comments: [first] }) => {
          if (isDeleted || first === undefined || first.isDeleted) return [];
          const own = first.author?.id !== undefined && first.author.id === me.authenticatedUser?.id;
          const text = first.content ?? '';
          return [{ id: `${id}/${first.id}`, text, own, resolved: status === 'closed' }];
        });
      },
      create: async (content) => {
        const comments = [{ parentCommentId: 0, content, commentType: 'text' }];
        await api.send('POST', `${threads}?${version}`, { comments, status: 'active' });
        return undefined;
      },
      update: (id, content) => put(id, content, 'active'),
      resolve: (id, content) => put(id, content, 'closed'),
      remove: (id) => api.send('DELETE', comment(id)),
      status: ({ name, failed, description, url }) =>
        api.send('POST', `${path.change}/statuses?${version}`, {
          context: { genre: 'espalier', name },
          state: failed ? 'failed' : 'succeeded',
          description,
          targetUrl: url,
        }),
    };
  },
};

const version = 'api-version=7.1';

interface PullRequestThread {
  readonly id: number;
  readonly status?: string;
  readonly isDeleted?: boolean;
  readonly comments: readonly {
    readonly id: number;
    readonly content?: string;
    readonly isDeleted?: boolean;
    readonly author?: { readonly id: string };
  }[];
}
