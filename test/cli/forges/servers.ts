import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A comment on the one pull request that a server has. */
export interface Kept {
  readonly id: number;
  author: string;
  text: string;
  closed?: boolean;
}

/** A forge on loopback with one pull request, number 7 of acme/fleet, that keeps what it is told as the real one does. */
export interface FakeForge {
  readonly url: string;
  readonly comments: Kept[];
  readonly statuses: unknown[];
  /** `POST /repos/acme/fleet/issues/7/comments`, without the query. */
  readonly requests: string[];
  /** Answers the next requests by this, rather than by what they ask for. */
  fail: { status: number; message: string; times: number; headers?: Record<string, string> } | undefined;
  /** Whether the token may not write; `statuses`: only comments. */
  readOnly: boolean | 'statuses';
  /** Whether the token may ask for its user. */
  anonymous: boolean;
  /** Whom the token stands for. */
  writer: string;
  close(): Promise<void>;
}

export const token = 'header.secret-of-the-run.signature';
export const commit = '4f2c1d0e5b6a79880123456789abcdef01234567';

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
}
type Answer = readonly [status: number, body?: unknown];
interface Kind {
  readonly header: readonly [name: string, value: string];
  /** Whom the token stands for. */
  readonly me: string;
  answer(asked: Asked, forge: FakeForge): Answer | undefined;
}

const person = (name: string) => ({ id: name === 'octocat' ? 5 : 99, login: name });

/** GitHub, Forgejo and Gitea, as far as they are alike. */
function issueComments({ method, path, body }: Asked, forge: FakeForge): Answer | undefined {
  const shown = ({ id, author, text }: Kept) => ({
    id,
    body: text,
    user: { ...person(author), type: author.endsWith('[bot]') ? 'Bot' : 'User' },
  });
  if (path === '/repos/acme/fleet/issues/7/comments') {
    if (method === 'GET') return [200, forge.comments.map(shown)];
    const made = { id: forge.comments.length + 101, author: forge.writer, text: String(body.body) };
    forge.comments.push(made);
    return [201, shown(made)];
  }
  const id = Number(/^\/repos\/acme\/fleet\/issues\/comments\/(\d+)$/.exec(path)?.[1]);
  const one = forge.comments.find((comment) => comment.id === id);
  if (one !== undefined && method === 'PATCH') {
    one.text = String(body.body);
    return [200, shown(one)];
  }
  if (one !== undefined && method === 'DELETE') {
    forge.comments.splice(forge.comments.indexOf(one), 1);
    return [204];
  }
  if (method === 'POST' && path === `/repos/acme/fleet/statuses/${commit}`) {
    forge.statuses.push(body);
    return [201, {}];
  }
  return undefined;
}

function paged(asked: Asked, [status, body]: Answer): Answer {
  if (asked.method !== 'GET' || !Array.isArray(body)) return [status, body];
  const size = Math.min(Number(asked.query.get('per_page') ?? 30), 100);
  const page = Number(asked.query.get('page') ?? 1);
  return [status, body.slice((page - 1) * size, page * size)];
}

const kinds: Readonly<Record<'github' | 'forgejo' | 'gitea' | 'gitlab' | 'azure', Kind>> = {
  github: {
    header: ['authorization', `Bearer ${token}`],
    me: 'github-actions[bot]',
    answer(asked, forge) {
      if (asked.path === '/graphql') return [200, { data: { viewer: { login: this.me } } }];
      if (asked.path === '/user') return [403, { message: 'Resource not accessible by integration' }];
      const answer = issueComments(asked, forge);
      return answer && paged(asked, answer);
    },
  },
  forgejo: {
    header: ['authorization', `token ${token}`],
    me: 'forgejo-actions',
    answer(asked, forge) {
      const path = asked.path.replace(/^\/api\/v1/, '');
      if (path === asked.path) return undefined;
      if (path === '/user') return forge.anonymous ? [403, { message: 'token scope' }] : [200, person(forge.writer)];
      return issueComments({ ...asked, path }, forge);
    },
  },
  gitea: {
    header: ['authorization', `token ${token}`],
    me: 'gitea-actions',
    answer(asked, forge) {
      return kinds.forgejo.answer.call(this, asked, forge);
    },
  },
  gitlab: {
    header: ['private-token', token],
    me: 'project_42_bot',
    answer(asked, forge) {
      const path = asked.path.replace(/^\/api\/v4/, '');
      const { method, body } = asked;
      const shown = ({ id, author, text }: Kept) => ({ id, body: text, author: person(author), system: false });
      if (path === '/user') return [200, { ...person(forge.writer), username: this.me }];
      const notes = '/projects/42/merge_requests/7/notes';
      if (path === notes && method === 'GET') {
        const system = {
          id: 1,
          body: '<!-- espalier: tree -->\nadded 1 commit',
          author: person(forge.writer),
          system: true,
        };
        return paged(asked, [200, [system, ...forge.comments.map(shown)]]);
      }
      if (path === notes && method === 'POST') {
        const made = { id: forge.comments.length + 101, author: this.me, text: String(body.body).trimEnd() };
        forge.comments.push(made);
        return [201, shown(made)];
      }
      const one = forge.comments.find(({ id }) => path === `${notes}/${id}`);
      if (one !== undefined && method === 'PUT') {
        one.text = String(body.body).trimEnd();
        return [200, shown(one)];
      }
      if (one !== undefined && method === 'DELETE') {
        forge.comments.splice(forge.comments.indexOf(one), 1);
        return [204];
      }
      if (method === 'POST' && path === `/projects/42/statuses/${commit}`) {
        forge.statuses.push(body);
        return [201, {}];
      }
      return undefined;
    },
  },
  azure: {
    header: ['authorization', `Bearer ${token}`],
    me: 'build-service',
    answer({ method, path, query, body }, forge) {
      if (path === '/acme/_apis/connectionData') return [200, { authenticatedUser: { id: this.me } }];
      if (query.get('api-version') !== '7.1') return [400, { message: 'The api-version is missing' }];
      const pull = '/acme/home%20lab/_apis/git/repositories/r-1/pullRequests/7';
      const shown = ({ id, author, text, closed }: Kept) => ({
        id,
        status: closed ? 'closed' : 'active',
        isDeleted: false,
        comments: [{ id: 1, content: text, author: { id: author } }],
      });
      if (path === `${pull}/threads` && method === 'GET') {
        const event = { id: 1, comments: [{ id: 1, content: 'voted', author: { id: this.me } }], isDeleted: true };
        return [200, { count: forge.comments.length + 1, value: [event, ...forge.comments.map(shown)] }];
      }
      if (path === `${pull}/threads` && method === 'POST') {
        const [first] = body.comments as { content: string }[];
        const made = { id: forge.comments.length + 101, author: this.me, text: first?.content ?? '' };
        forge.comments.push(made);
        return [200, shown(made)];
      }
      const one = forge.comments.find(({ id }) => path.startsWith(`${pull}/threads/${id}`));
      if (one !== undefined && method === 'PATCH') {
        if (path.endsWith('/comments/1')) one.text = String(body.content);
        else one.closed = body.status === 'closed';
        return [200, shown(one)];
      }
      if (one !== undefined && method === 'DELETE') {
        forge.comments.splice(forge.comments.indexOf(one), 1);
        return [200];
      }
      if (path === `${pull}/statuses` && method === 'POST') {
        forge.statuses.push(body);
        return [200, {}];
      }
      return undefined;
    },
  },
};

export type ForgeName = keyof typeof kinds;

/** Whom the token of a run stands for. */
export function writerOf(name: ForgeName): string {
  return kinds[name].me;
}

export async function startForge(name: ForgeName): Promise<FakeForge> {
  const kind = kinds[name];
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const forge: FakeForge = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    comments: [],
    statuses: [],
    requests: [],
    fail: undefined,
    readOnly: false,
    anonymous: false,
    writer: kind.me,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
  return forge;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const part of request) text += part;
    const url = new URL(request.url ?? '', forge.url);
    const asked: Asked = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      body: text === '' ? {} : JSON.parse(text),
    };
    forge.requests.push(`${asked.method} ${asked.path}`);
    const [status, body] = answerTo(asked, request);
    response.writeHead(status, { 'content-type': 'application/json', ...(status >= 400 && forge.fail?.headers) });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  }

  function answerTo(asked: Asked, request: IncomingMessage): Answer {
    const [header, value] = kind.header;
    if (request.headers[header] !== value) return [401, { message: `Bad credentials ${request.headers[header]}` }];
    if (forge.fail !== undefined && forge.fail.times-- > 0) return [forge.fail.status, { message: forge.fail.message }];
    const writes = asked.method !== 'GET' && asked.path !== '/graphql';
    if (writes && (forge.readOnly === true || (forge.readOnly === 'statuses' && /\/statuses\//.test(asked.path)))) {
      return [403, { message: 'Resource not accessible by integration' }];
    }
    return kind.answer(asked, forge) ?? [404, { message: 'Not Found' }];
  }
}

/** The variables of a run of the forge's CI for the pull request. */
export function variables(name: ForgeName, { url }: FakeForge): Record<string, string> {
  const actions = { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'acme/fleet', GITHUB_SHA: commit };
  const run = {
    GITHUB_RUN_ID: '4711',
    GITHUB_RUN_NUMBER: '12',
    GITHUB_REF: 'refs/pull/7/merge',
    GITHUB_BASE_REF: 'main',
  };
  const home = { ...actions, ...run, GITHUB_API_URL: `${url}/api/v1`, GITHUB_SERVER_URL: 'https://git.example.org' };
  return {
    github: {
      ...actions,
      ...run,
      GITHUB_API_URL: url,
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_TOKEN: token,
    },
    forgejo: { ...home, FORGEJO_ACTIONS: 'true', FORGEJO_TOKEN: token },
    gitea: { ...home, GITEA_ACTIONS: 'true', GITEA_TOKEN: token },
    gitlab: {
      GITLAB_CI: 'true',
      CI_API_V4_URL: `${url}/api/v4`,
      CI_PROJECT_ID: '42',
      CI_PROJECT_PATH: 'acme/fleet',
      CI_PROJECT_URL: 'https://gitlab.example.org/acme/fleet',
      CI_MERGE_REQUEST_IID: '7',
      CI_MERGE_REQUEST_PROJECT_ID: '42',
      CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '42',
      CI_COMMIT_SHA: commit,
      CI_JOB_URL: 'https://gitlab.example.org/acme/fleet/-/jobs/12',
      GITLAB_TOKEN: token,
    },
    azure: {
      TF_BUILD: 'True',
      SYSTEM_COLLECTIONURI: `${url}/acme/`,
      SYSTEM_TEAMPROJECT: 'home lab',
      BUILD_REPOSITORY_PROVIDER: 'TfsGit',
      BUILD_REPOSITORY_ID: 'r-1',
      BUILD_REPOSITORY_NAME: 'fleet',
      BUILD_BUILDID: '12',
      SYSTEM_PULLREQUEST_PULLREQUESTID: '7',
      SYSTEM_PULLREQUEST_SOURCECOMMITID: commit,
      SYSTEM_ACCESSTOKEN: token,
    },
  }[name] as Record<string, string>;
}
