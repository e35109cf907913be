import { readdirSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Header } from 'tar';
import { unpackChart } from '../../../lib/tree/charts/archive';
import { ChartCache } from '../../../lib/tree/charts/cache';
import type { ChartSource } from '../../../lib/tree/charts/chart';
import type { Credentials } from '../../../lib/tree/charts/credentials';
import { makeOpener, type OpenOptions } from '../../../lib/tree/charts/open';
import { sha256 } from '../../../lib/tree/charts/pack';
import { temporaryFolder } from '../folder';
import { type Registry, type RegistryOptions, startRegistry } from './registry';

const web = { 'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n' };
const running: Registry[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((registry) => registry.close()));
});

async function start(answer?: RegistryOptions['answer'], more: Partial<RegistryOptions> = {}): Promise<Registry> {
  const registry = await startRegistry({ charts: [web], ...more, ...(answer && { answer }) });
  running.push(registry);
  return registry;
}

const nobody: Credentials = { registry: async () => undefined, repository: () => ({ everywhere: false }) };
const somebody: Credentials = {
  registry: async () => ({ username: 'reader', password: 'hidden' }),
  repository: () => ({ login: { username: 'reader', password: 'hidden' }, everywhere: false }),
};

/** Why a chart is closed. */
async function why(source: ChartSource, options: Partial<OpenOptions> = {}): Promise<string> {
  const cache = new ChartCache(temporaryFolder());
  const opened = await makeOpener({ hosts: [], offline: false, cache, credentials: nobody, ...options }).open(source);
  return 'type' in opened ? opened.why.replace('the chart cannot be opened: ', '') : `${opened.name} ${opened.version}`;
}

const inRepository = (url: string): ChartSource => ({ type: 'repository', url, name: 'web', version: '1.0.0' });
const inRegistry = (url: string): ChartSource => ({ type: 'oci', url: `${url}/web`, tag: '1.0.0' });
const to = (path: RegExp, act: (response: ServerResponse, request: IncomingMessage) => void) => {
  return (request: IncomingMessage, response: ServerResponse) => {
    const is = path.test(request.url ?? '');
    if (is) act(response, request);
    return is;
  };
};
const redirect = (location: string) => (response: ServerResponse) => response.writeHead(302, { location }).end();

describe('what is not on the public internet is not asked', () => {
  test.each([
    ['https://127.0.0.1/charts', '127.0.0.1 is an address that is not on the public internet'],
    ['https://[::1]/charts', '[::1] is an address that is not on the public internet'],
    ['https://[::ffff:10.0.0.1]/charts', '[::ffff:a00:1] is an address that is not on the public internet'],
    ['https://2130706433/charts', '127.0.0.1 is an address that is not on the public internet'],
    ['https://0x7f.1/charts', '127.0.0.1 is an address that is not on the public internet'],
    ['https://169.254.169.254/latest', '169.254.169.254 is an address that is not on the public internet'],
    ['http://charts.example.org', 'http://charts.example.org speaks plain HTTP, which anybody on the way can change'],
    ['file:///etc', 'file:// is neither https nor oci'],
    ['ftp://charts.example.org', 'ftp://charts.example.org is neither https nor oci'],
    ['https://me:secret@charts.example.org', 'the address of charts.example.org has a name or password in it'],
    ['charts', '"charts" is not an address'],
  ])('%s', async (url, expected) => {
    expect(await why(inRepository(url))).toBe(expected);
  });

  test('a name that leads there', async () => {
    expect(await why(inRepository('https://localhost/charts'))).toMatch(
      /^localhost leads to (?:127\.0\.0\.1|::1), an address that is not on the public internet$/,
    );
    expect(await why(inRegistry('oci://localhost:5000/charts'))).toMatch(
      /speaks plain HTTP, which anybody on the way can change$/,
    );
  });

  test('and how to allow it is said', async () => {
    const opener = makeOpener({
      hosts: [],
      offline: false,
      cache: new ChartCache(temporaryFolder()),
      credentials: nobody,
    });
    expect(await opener.open(inRepository('https://127.0.0.1:8443'))).toEqual({
      type: 'closed',
      why: 'the chart cannot be opened: 127.0.0.1 is an address that is not on the public internet',
      fix: 'If you trust it, allow it in the configuration: charts: { hosts: ["127.0.0.1"] }.',
    });
  });

  test.each([
    ['https://127.0.0.2/', '127.0.0.2 is an address that is not on the public internet'],
    ['https://169.254.169.254/latest/meta-data', '169.254.169.254 is an address that is not on the public internet'],
    ['http://192.168.1.1/', 'http://192.168.1.1 speaks plain HTTP, which anybody on the way can change'],
    ['https://localhost/', expect.stringMatching(/^localhost leads to/)],
    ['file:///etc/passwd', 'file:// is neither https nor oci'],
  ])('by a redirect to %s', async (location, expected) => {
    const registry = await start(to(/index\.yaml/, redirect(location)));
    expect(await why(inRepository(registry.url), { hosts: [registry.host] })).toEqual(expected);
  });

  test('by an address in an index', async () => {
    const index = (url: string) => `apiVersion: v1\nentries:\n  web:\n  - version: 1.0.0\n    urls:\n    - ${url}\n`;
    for (const url of ['https://10.0.0.1/web.tgz', 'https://[fd00::1]/web.tgz']) {
      const registry = await start(to(/index\.yaml/, (response) => response.end(index(url))));
      expect(await why(inRepository(registry.url), { hosts: [registry.host] })).toMatch(/not on the public internet$/);
    }
  });

  test('by the realm of a registry', async () => {
    const challenge = { 'www-authenticate': 'Bearer realm="https://127.0.0.3/token",service="x"' };
    const registry = await start(to(/^\/v2/, (response) => response.writeHead(401, challenge).end()));
    expect(await why(inRegistry(registry.oci), { hosts: [registry.host] })).toBe(
      '127.0.0.3 is an address that is not on the public internet',
    );
  });

  test('on another port of a host that is allowed on one', async () => {
    const registry = await start();
    expect(await why(inRepository(registry.url), { hosts: ['127.0.0.1:1'] })).toBe(
      `${registry.url} speaks plain HTTP, which anybody on the way can change`,
    );
  });
});

test('a proxy of the environment is asked, unless the environment says otherwise', async () => {
  const registry = await start();
  const tunnels: string[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, socket) => {
    tunnels.push(request.url ?? '');
    const target = connect(Number(registry.host.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      target.pipe(socket).pipe(target);
    });
    for (const end of [target, socket]) end.on('error', () => {});
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  const { http_proxy, no_proxy } = process.env;
  try {
    process.env.http_proxy = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    delete process.env.no_proxy;
    expect(await why(inRepository('http://charts.test'), { hosts: ['charts.test'] })).toBe('web 1.0.0');
    expect(new Set(tunnels)).toEqual(new Set(['charts.test:80']));
    // The proxy is not asked for what it alone could reach.
    expect(await why(inRepository('https://localhost/charts'))).toMatch(/^localhost leads to/);
    expect(await why(inRepository('https://10.0.0.1/charts'))).toMatch(/^10\.0\.0\.1 is an address/);
    // Nor for this machine, or what the environment leaves out.
    expect(await why(inRegistry(registry.oci), { hosts: [registry.host] })).toBe('web 1.0.0');
    process.env.no_proxy = 'charts.test';
    expect(await why(inRepository('http://charts.test'), { hosts: ['charts.test'] })).toMatch(
      /no host of this name|looked up/,
    );
    expect(new Set(tunnels)).toEqual(new Set(['charts.test:80']));
  } finally {
    Object.assign(process.env, { http_proxy, no_proxy });
    if (http_proxy === undefined) delete process.env.http_proxy;
    if (no_proxy === undefined) delete process.env.no_proxy;
    proxy.close();
    proxy.closeAllConnections();
  }
});

describe('a login', () => {
  test('goes to its registry, and not on where that sends to', async () => {
    const elsewhere = await start();
    const registry = await start(
      to(/\/blobs\//, (response, { url }) => redirect(`${elsewhere.url}/elsewhere${url}`)(response)),
      { login: { username: 'reader', password: 'hidden' } },
    );
    const hosts = [registry.host, elsewhere.host];
    await why(inRegistry(registry.oci), { hosts, credentials: somebody });
    expect(registry.requests.filter((request) => request.endsWith('(login)'))).toEqual([
      expect.stringMatching(/^GET \/token/),
      expect.stringMatching(/^GET \/v2\/charts\/web\/manifests/),
      expect.stringMatching(/^GET \/v2\/charts\/web\/blobs/),
    ]);
    expect(elsewhere.requests).toEqual([
      expect.stringMatching(/^GET \/elsewhere\/v2\/charts\/web\/blobs\/sha256:[\da-f]+$/),
    ]);
  });

  test('of a repository does not go to another host that its index names, unless Helm was told so', async () => {
    const seen: (string | undefined)[] = [];
    const elsewhere = await start((request, response) => {
      seen.push(request.headers.authorization);
      response.end('no chart');
      return true;
    });
    const index = `apiVersion: v1\nentries:\n  web:\n  - version: 1.0.0\n    urls:\n    - ${elsewhere.url}/web.tgz\n`;
    const registry = await start(to(/index\.yaml/, (response) => response.end(index)));
    const hosts = [registry.host, elsewhere.host];
    await why(inRepository(registry.url), { hosts, credentials: somebody });
    const everywhere = { ...somebody, repository: () => ({ ...somebody.repository(''), everywhere: true }) };
    await why(inRepository(registry.url), { hosts, credentials: everywhere });
    expect(seen).toEqual([undefined, `Basic ${Buffer.from('reader:hidden').toString('base64')}`]);
  });

  test('is wanted, which is said with the way to log in', async () => {
    const registry = await start(undefined, { login: { username: 'reader', password: 'hidden' } });
    const opener = makeOpener({
      hosts: [registry.host],
      offline: false,
      cache: new ChartCache(temporaryFolder()),
      credentials: nobody,
    });
    expect(await opener.open(inRegistry(registry.oci))).toMatchObject({
      why: expect.stringMatching(/\/token answers 401: it wants a login$/),
      fix: `Log in as Helm does: helm registry login ${registry.host}.`,
    });
  });
});

describe('a server that', () => {
  const limits = { stall: 300, total: 2_000, redirects: 3 };

  test('is slow is left', async () => {
    const registry = await start(to(/index\.yaml/, () => {}));
    expect(await why(inRepository(registry.url), { hosts: [registry.host], limits })).toMatch(
      /does not answer within|takes longer than/,
    );
  });

  test('sends a little for ever is left', async () => {
    const drip = (response: ServerResponse) => {
      const timer = setInterval(() => response.write('#'), 50);
      response.on('close', () => clearInterval(timer));
    };
    const registry = await start(to(/index\.yaml/, drip));
    expect(await why(inRepository(registry.url), { hosts: [registry.host], limits })).toBe(
      `${registry.url}/index.yaml takes longer than 2 seconds`,
    );
  });

  test('sends without end is left', async () => {
    const part = Buffer.alloc(1_000_000, '#');
    const flood = (response: ServerResponse) => {
      const more = (): boolean => !response.destroyed && response.write(part) && more();
      response.on('drain', more);
      more();
    };
    const registry = await start(to(/archives/, flood));
    expect(await why(inRepository(registry.url), { hosts: [registry.host] })).toBe(
      `${registry.url}/archives/web-1.0.0.tgz is larger than 20 MiB`,
    );
  });

  test('sends little that unpacks to much is left', async () => {
    const bomb = gzipSync(Buffer.alloc(150_000_000, '\n'));
    const registry = await start(
      to(/index\.yaml/, (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)),
    );
    expect(await why(inRepository(registry.url), { hosts: [registry.host] })).toBe(
      `${registry.url}/index.yaml is larger than 50 MiB`,
    );
  });

  test('sends in a circle is left', async () => {
    const registry = await start((_, response) => {
      redirect('/again')(response);
      return true;
    });
    expect(await why(inRepository(registry.url), { hosts: [registry.host], limits })).toBe(
      `${registry.url}/index.yaml leads to more than 3 redirects`,
    );
  });

  test('fails once is asked again', async () => {
    let failures = 1;
    const registry = await start((_, response) => {
      if (failures-- <= 0) return false;
      response.writeHead(503).end();
      return true;
    });
    expect(await why(inRepository(registry.url), { hosts: [registry.host] })).toBe('web 1.0.0');
  });

  test('answers with something else than the digest says is not believed', async () => {
    const registry = await start(to(/archives|blobs/, (response) => response.end('something else')));
    const hosts = [registry.host];
    const wrong = `is not what it should be: its digest is ${sha256('something else')}, and should be ${registry.digest('web', '1.0.0')}`;
    expect(await why(inRepository(registry.url), { hosts })).toBe(`${registry.url}/archives/web-1.0.0.tgz ${wrong}`);
    expect(await why(inRegistry(registry.oci), { hosts })).toBe(
      `${registry.url}/v2/charts/web/blobs/${registry.digest('web', '1.0.0')} ${wrong}`,
    );
  });

  test('says another size than a layer has, or no digest, is not believed', async () => {
    const manifest = (layer: object) => JSON.stringify({ schemaVersion: 2, layers: [layer] });
    const asking = async (layer: object) => {
      const registry = await start(to(/manifests/, (response) => response.end(manifest(layer))));
      return why(inRegistry(registry.oci), { hosts: [registry.host] });
    };
    const digest = `sha256:${'0'.repeat(64)}`;
    expect(await asking({ digest, size: 2 ** 40 })).toMatch(/is larger than 20 MiB$/);
    expect(await asking({ digest: 'sha256:../../../etc/passwd', size: 1 })).toMatch(/names no digest \(sha256\)$/);
    expect(await asking({ digest: 'md5:0', size: 1 })).toMatch(/names no digest \(sha256\)$/);
  });

  test('says nonsense is told of', async () => {
    const registry = await start((_, response) => {
      response.end('<html>');
      return true;
    });
    const hosts = [registry.host];
    expect(await why(inRegistry(registry.oci), { hosts })).toBe(
      `${registry.url}/v2/charts/web/manifests/1.0.0 answers no JSON object`,
    );
    expect(await why(inRepository(registry.url), { hosts })).toBe('the index cannot be read: it is no object');
  });
});

test.each([
  ['oci://host/../v2/x'],
  ['oci://host'],
  ['oci://ho st/x'],
  ['oci://host/x?y'],
  ['oci://host/x#y'],
  ['oci://a@host/x'],
])('%s is no address of a registry', async (url) => {
  expect(await why({ type: 'oci', url, tag: '1.0.0' })).toBe(`${JSON.stringify(url)} is no address of a registry`);
});

test('a tag cannot lead elsewhere', async () => {
  expect(await why({ type: 'oci', url: 'oci://example.org/x', tag: '../../blobs/x' })).toBe(
    '"../../blobs/x" is neither a tag nor a digest (sha256)',
  );
});

describe('an archive', () => {
  interface Entry {
    readonly path: string;
    readonly content?: Buffer | string;
    readonly type?: string;
    readonly linkpath?: string;
    readonly size?: number;
  }
  const tar = (entries: readonly Entry[]) => {
    const parts = entries.flatMap(({ path, content = '', type = 'File', linkpath, size }) => {
      const body = Buffer.from(content);
      const header = new Header({
        path,
        type: type as 'File',
        size: size ?? body.length,
        mode: 0o644,
        ...(linkpath && { linkpath }),
      });
      header.encode();
      return [header.block as Buffer, body, Buffer.alloc((512 - (body.length % 512)) % 512)];
    });
    return gzipSync(Buffer.concat([...parts, Buffer.alloc(1024)]));
  };
  const chart = { path: 'web/Chart.yaml', content: 'name: web\n' };
  const refused = (entries: readonly Entry[]) => {
    try {
      return [...unpackChart(tar([chart, ...entries])).keys()].join(' ');
    } catch (error) {
      return (error as Error).message;
    }
  };

  test.each([
    ['/etc/passwd', 'its archive holds "/etc/passwd", a path that leads out of the chart\'s folder'],
    ['../evil', 'its archive holds "../evil", a path that leads out of the chart\'s folder'],
    ['web/../../evil', 'its archive holds "web/../../evil", a path that leads out of the chart\'s folder'],
    ['web//etc/passwd', 'its archive holds "web//etc/passwd", a path that leads out of the chart\'s folder'],
    ['web\\..\\..\\evil', 'its archive holds "web\\\\..\\\\..\\\\evil", a path that leads out of the chart\'s folder'],
    ['web/C:/evil', 'its archive holds "web/C:/evil", a path that leads out of the chart\'s folder'],
    ['Chart.yaml', 'its archive holds "Chart.yaml", a path that leads out of the chart\'s folder'],
  ])('with %j is refused', (path, expected) => {
    expect(refused([{ path }])).toBe(expected);
  });

  test('has no links, devices or pipes', () => {
    const kinds = ['SymbolicLink', 'Link', 'CharacterDevice', 'BlockDevice', 'FIFO'];
    const entries = kinds.map((type) => ({
      path: `web/${type}`,
      type,
      ...(type.endsWith('Link') ? { linkpath: '/etc/passwd' } : {}),
    }));
    expect(refused(entries)).toBe('Chart.yaml');
  });

  test('with a file twice has the last, as Helm takes it', () => {
    const archive = tar([chart, { path: 'web/a', content: '1' }, { path: 'web/a', content: '2' }]);
    expect(String(unpackChart(archive).get('a'))).toBe('2');
  });

  test('is refused where it is too large, has too many files or too long paths', () => {
    expect(refused([{ path: 'web/a', content: Buffer.alloc(6_000_000) }])).toBe(
      'its archive holds "web/a", which is larger than 5 MiB: Helm refuses it',
    );
    const many = Array.from({ length: 10_001 }, (_, i) => ({ path: `web/${i}` }));
    expect(refused(many)).toBe('its archive holds more than 10000 files');
    expect(() => unpackChart(gzipSync(Buffer.alloc(110_000_000)))).toThrow(
      'its archive unpacks to more than 100 MiB: Helm refuses it',
    );
  });

  test('within archives counts, too', () => {
    const inner = tar([{ path: 'redis/Chart.yaml' }, { path: 'redis/../../evil' }]);
    expect(refused([{ path: 'web/charts/redis.tgz', content: inner }])).toMatch(/leads out of the chart's folder$/);
    const nested = Array.from({ length: 8 }).reduce<Buffer>(
      (content) => tar([{ path: 'a/charts/a.tgz', content }]),
      tar([chart]),
    );
    expect(() => unpackChart(nested)).toThrow('its archive holds charts within charts, 6 deep');
  });

  test('that is damaged is refused', () => {
    expect(() => unpackChart(Buffer.from('<html>'))).toThrow('its archive is damaged, or no archive (.tgz)');
    expect(() => unpackChart(gzipSync('no tar'))).toThrow(/its archive (?:is damaged|holds no files)/);
    expect(refused([{ path: 'web/a', content: 'x', size: 100_000 }])).toMatch(/its archive is damaged/);
    expect(() => unpackChart(tar([chart]).subarray(0, 60))).toThrow('its archive is damaged, or no archive (.tgz)');
  });

  test('that is no chart is not kept', async () => {
    const index = 'entries:\n  web:\n  - version: 1.0.0\n    urls: [archives/web.tgz]\n';
    const registry = await start(
      to(/index|archives/, (response, { url }) =>
        response.end(url === '/index.yaml' ? index : tar([{ path: 'web/evil' }])),
      ),
      {
        answer: undefined,
      },
    );
    const folder = temporaryFolder();
    expect(await why(inRepository(registry.url), { hosts: [registry.host], cache: new ChartCache(folder) })).toBe(
      'it has no Chart.yaml, so it is no chart',
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});
