import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ChartCache } from '../../../lib/tree/charts/cache';
import type { ChartSource } from '../../../lib/tree/charts/chart';
import type { Login } from '../../../lib/tree/charts/credentials';
import { makeOpener } from '../../../lib/tree/charts/open';
import { packChart, sha256 } from '../../../lib/tree/charts/pack';
import { temporaryFolder } from '../folder';

/** Answers by the path and query that are asked for, and what came with the last request for them. */
interface Answers {
  readonly [path: string]: { body: string | Buffer; headers?: Record<string, string>; status?: number } | undefined;
}

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function serve(answer: (request: IncomingMessage, body: string) => Answers[string]): Promise<string> {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    let sent = '';
    request.on('data', (part) => {
      sent += part;
    });
    request.on('end', () => {
      const { status = 200, headers, body } = answer(request, sent) ?? { status: 404, body: '' };
      response.writeHead(status, headers).end(body);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const archiveOf = (version: string) =>
  packChart('web', new Map([['Chart.yaml', Buffer.from(`apiVersion: v2\nname: web\nversion: ${version}\n`)]]));
const layerOf = (archive: Buffer, mediaType: string) => ({ mediaType, digest: sha256(archive), size: archive.length });
const chartType = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';

async function open(host: string, which: object, login?: Login): Promise<string> {
  const credentials = { registry: async () => login, repository: () => ({ everywhere: false }) };
  const cache = new ChartCache(temporaryFolder());
  const source = { type: 'oci', url: `oci://${host}/web`, ...which } as ChartSource;
  const opened = await makeOpener({ hosts: [host], offline: false, cache, credentials }).open(source);
  return 'type' in opened ? opened.why : `${opened.name} ${opened.version}`;
}

const [one, two] = [archiveOf('1.0.0'), archiveOf('2.0.0')];
const blobs: Answers = {
  [`/v2/web/blobs/${sha256(one)}`]: { body: one },
  [`/v2/web/blobs/${sha256(two)}`]: { body: two },
};
const manifest = (...layers: object[]) => JSON.stringify({ schemaVersion: 2, layers });

test('all pages of tags count, of the same registry', async () => {
  const answers: Answers = {
    ...blobs,
    '/v2/web/tags/list?n=1000': {
      body: '{"tags":["1.0.0"]}',
      headers: { link: '</v2/web/tags/list?n=1000&last=1.0.0>; rel="next"' },
    },
    '/v2/web/tags/list?n=1000&last=1.0.0': {
      body: '{"tags":["2.0.0"]}',
      headers: { link: '<https://127.0.0.9/more>; rel="next"' },
    },
    '/v2/web/manifests/2.0.0': { body: manifest(layerOf(two, chartType)) },
  };
  expect(await open(await serve(({ url = '' }) => answers[url]), { semver: '*' })).toBe('web 2.0.0');
});

test('the layer is that of the selector, else of charts, else the first', async () => {
  const other = 'application/vnd.example+tgz';
  const answers: Answers = {
    ...blobs,
    '/v2/web/manifests/both': { body: manifest(layerOf(one, other), layerOf(two, chartType)) },
    '/v2/web/manifests/none': { body: manifest(layerOf(one, other), layerOf(two, 'application/x')) },
    '/v2/web/manifests/empty': { body: manifest() },
  };
  const host = await serve(({ url = '' }) => answers[url]);
  expect(await open(host, { tag: 'both' })).toBe('web 2.0.0');
  expect(await open(host, { tag: 'both', layer: other })).toBe('web 1.0.0');
  expect(await open(host, { tag: 'none' })).toBe('web 1.0.0');
  expect(await open(host, { tag: 'none', layer: chartType })).toBe(
    `the chart cannot be opened: oci://${host}/web has no layer of type ${chartType}, so it is no chart`,
  );
  expect(await open(host, { tag: 'empty' })).toBe(
    `the chart cannot be opened: oci://${host}/web has no layer, so it is no chart`,
  );
});

test('a list of manifests leads to its first, which must be what the list says', async () => {
  const inner = manifest(layerOf(one, chartType));
  const list = (digest: string) => JSON.stringify({ schemaVersion: 2, manifests: [{ digest }] });
  const answers: Answers = {
    ...blobs,
    [`/v2/web/manifests/${sha256(inner)}`]: { body: inner },
    [`/v2/web/manifests/${sha256('x')}`]: { body: inner },
    '/v2/web/manifests/good': { body: list(sha256(inner)) },
    '/v2/web/manifests/bad': { body: list(sha256('x')) },
  };
  const host = await serve(({ url = '' }) => answers[url]);
  expect(await open(host, { tag: 'good' })).toBe('web 1.0.0');
  expect(await open(host, { tag: 'bad' })).toMatch(/is not what it should be: its digest is sha256:/);
});

test('a list of lists is no chart', async () => {
  const inner = JSON.stringify({ manifests: [{ digest: sha256('x') }] });
  const answers: Answers = {
    '/v2/web/manifests/list': { body: JSON.stringify({ manifests: [{ digest: sha256(inner) }] }) },
    [`/v2/web/manifests/${sha256(inner)}`]: { body: inner },
  };
  const host = await serve(({ url = '' }) => answers[url]);
  expect(await open(host, { tag: 'list' })).toBe(
    `the chart cannot be opened: oci://${host}/web has no layer, so it is no chart`,
  );
});

describe('a login', () => {
  const answers: Answers = {
    ...blobs,
    '/v2/web/manifests/1.0.0': { body: manifest(layerOf(one, chartType)) },
  };

  test('is told to a registry that asks for it', async () => {
    const expected = `Basic ${Buffer.from('me:p').toString('base64')}`;
    const host = await serve(({ url = '', headers }) =>
      headers.authorization === expected
        ? answers[url]
        : { status: 401, body: '', headers: { 'www-authenticate': 'Basic realm="here"' } },
    );
    expect(await open(host, { tag: '1.0.0' }, { username: 'me', password: 'p' })).toBe('web 1.0.0');
    expect(await open(host, { tag: '1.0.0' })).toBe(
      `the chart cannot be opened: http://${host}/v2/web/manifests/1.0.0 answers 401: it wants a login`,
    );
  });

  test('that is a token is exchanged for one that lets in', async () => {
    const forms: string[] = [];
    const host: string = await serve(({ url = '', headers }, body) => {
      if (url === '/oauth') {
        forms.push(body);
        return { body: '{"access_token":"short"}' };
      }
      const challenge = `Bearer realm="http://${headers.host}/oauth",service="s",scope="repository:web:pull"`;
      return headers.authorization === 'Bearer short'
        ? answers[url]
        : { status: 401, body: '', headers: { 'www-authenticate': challenge } };
    });
    const login = { username: '', password: '', refreshToken: 'long' };
    expect(await open(host, { tag: '1.0.0' }, login)).toBe('web 1.0.0');
    expect(forms).toEqual([
      'grant_type=refresh_token&refresh_token=long&service=s&scope=repository%3Aweb%3Apull&client_id=espalier',
    ]);
  });

  test('is not told to who the registry sends to, though they ask', async () => {
    const asked: (string | undefined)[] = [];
    const elsewhere = await serve(({ headers }) => {
      asked.push(headers.authorization);
      return { status: 401, body: '', headers: { 'www-authenticate': 'Basic realm="elsewhere"' } };
    });
    const host = await serve(() => ({ status: 307, body: '', headers: { location: `http://${elsewhere}/v2/` } }));
    const credentials = {
      registry: async () => ({ username: 'me', password: 'p' }),
      repository: () => ({ everywhere: false }),
    };
    const opener = makeOpener({
      hosts: [host, elsewhere],
      offline: false,
      cache: new ChartCache(temporaryFolder()),
      credentials,
    });
    await opener.open({ type: 'oci', url: `oci://${host}/web`, tag: '1.0.0' });
    expect(asked).toEqual([undefined]);
  });
});
