import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { packChart, sha256 } from '../../../lib/tree/charts/pack';

/** A chart's files: text by path, `Chart.yaml` among them. */
export interface ChartFolder {
  readonly 'Chart.yaml': string;
  readonly [path: string]: string;
}

export interface RegistryOptions {
  readonly charts: readonly ChartFolder[];
  /** Who may read: without it everybody, though a registry asks for a token that anybody gets. */
  readonly login?: { readonly username: string; readonly password: string };
  /** Answers in place of the registry: true where it has. */
  readonly answer?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export interface Registry {
  /** `127.0.0.1:PORT`, for `charts.hosts` of the configuration. */
  readonly host: string;
  /** The address of a HelmRepository: `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** The address of a HelmRepository of type oci: `oci://127.0.0.1:PORT/charts`; a chart's is this, `/` and its name. */
  readonly oci: string;
  /** What was asked for, in order: `GET /index.yaml`; with `(login)` where it came with a name and password or a token for one. */
  readonly requests: readonly string[];
  /** The digest of the archive of a chart: `sha256:…`. */
  digest(name: string, version: string): string;
  close(): Promise<void>;
}

interface Served {
  readonly name: string;
  readonly version: string;
  readonly archive: Buffer;
  readonly manifest: Buffer;
}

const chartLayer = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';
const chartConfig = 'application/vnd.cncf.helm.config.v1+json';
const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const config = Buffer.from('{"name":"a-chart","version":"1.0.0"}');

/**
 * A chart repository (`/index.yaml`) and a registry (OCI distribution, version 1.1) of the same charts on the loopback, over plain
 * HTTP, as `insecure` sources have it: its host must be allowed. It takes what is pushed, too.
 */
export async function startRegistry({ charts, login, answer }: RegistryOptions): Promise<Registry> {
  const served = charts.map(serve);
  const requests: string[] = [];
  const pushed = new Map<string, Buffer>();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://registry');
    const mark = isKnown(request, login) ? ' (login)' : '';
    requests.push(`${request.method} ${url.pathname}${url.search}${mark}`);
    if (answer?.(request, response)) return;
    const body = await buffer(request);
    const answered = answerTo(request, url, served, login, pushed, body);
    response.writeHead(answered.status, { 'content-length': answered.body.length, ...answered.headers });
    response.end(request.method === 'HEAD' ? undefined : answered.body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: `http://${host}`,
    oci: `oci://${host}/charts`,
    requests,
    digest: (name, version) => {
      const found = served.find((chart) => chart.name === name && chart.version === version);
      if (found === undefined) throw new Error(`the registry has no ${name} ${version}`);
      return sha256(found.archive);
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function serve(files: ChartFolder): Served {
  const field = (key: string) => new RegExp(`^${key}: *["']?([^"'\\s]+)`, 'm').exec(files['Chart.yaml'])?.[1] ?? '';
  const name = field('name');
  const contents = new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
  const archive = packChart(name, contents);
  const manifest = {
    schemaVersion: 2,
    mediaType: manifestType,
    config: { mediaType: chartConfig, digest: sha256(config), size: config.length },
    layers: [{ mediaType: chartLayer, digest: sha256(archive), size: archive.length }],
  };
  return { name, version: field('version'), archive, manifest: Buffer.from(JSON.stringify(manifest)) };
}

interface Answer {
  readonly status: number;
  readonly body: Buffer | string;
  readonly headers?: { readonly [name: string]: string };
}

const notFound: Answer = { status: 404, body: 'not found' };

function answerTo(
  request: IncomingMessage,
  url: URL,
  charts: readonly Served[],
  login: RegistryOptions['login'],
  pushed: Map<string, Buffer>,
  sent: Buffer,
): Answer {
  const path = url.pathname;
  const known = isKnown(request, login);
  if (path === '/token') {
    if (login !== undefined && !known) return { status: 401, body: 'who are you?' };
    return { status: 200, body: JSON.stringify({ token: tokenOf(login) }) };
  }
  if (path.startsWith('/v2/')) {
    if (request.headers.authorization === `Bearer ${tokenOf(login)}`) {
      return ofPushed(request.method, url, pushed, sent) ?? ofRegistry(path, charts);
    }
    const realm = `http://${request.headers.host}/token`;
    const asked = `Bearer realm="${realm}",service="registry",scope="repository:${/^\/v2\/([^/]+\/[^/]+)\//.exec(path)?.[1]}:pull"`;
    return { status: 401, body: '{"errors":[]}', headers: { 'www-authenticate': asked } };
  }
  if (login !== undefined && !known) return { status: 401, body: 'who are you?' };
  if (path === '/index.yaml') return { status: 200, body: indexOf(charts) };
  const found = charts.find((chart) => path === `/archives/${chart.name}-${chart.version}.tgz`);
  return found === undefined ? notFound : { status: 200, body: found.archive };
}

/** Takes what is pushed, and hands it out: blobs by their digest, manifests by their tag. */
function ofPushed(method: string | undefined, url: URL, pushed: Map<string, Buffer>, sent: Buffer): Answer | undefined {
  const begun = { location: `${url.pathname}1?state=begun` };
  if (method === 'POST' && url.pathname.endsWith('/blobs/uploads/')) return { status: 202, body: '', headers: begun };
  if (method === 'PUT') {
    const digest = url.searchParams.get('digest');
    if (digest !== null && (digest !== sha256(sent) || url.searchParams.get('state') !== 'begun'))
      return { status: 400, body: '{"errors":[]}' };
    pushed.set(digest === null ? url.pathname : url.pathname.replace(/uploads\/1$/, digest), sent);
    return { status: 201, body: '' };
  }
  const body = pushed.get(url.pathname);
  return body && { status: 200, body };
}

/** The paths of OCI distribution that reading takes. */
function ofRegistry(path: string, charts: readonly Served[]): Answer {
  if (path === '/v2/') return { status: 200, body: '{}' };
  const [, name, what, reference = ''] = /^\/v2\/charts\/([^/]+)\/(manifests|blobs|tags)\/(.+)$/.exec(path) ?? [];
  const versions = charts.filter((chart) => chart.name === name);
  if (what === 'tags' && versions.length > 0) {
    return { status: 200, body: JSON.stringify({ name: `charts/${name}`, tags: versions.map(tagOf) }) };
  }
  if (what === 'manifests') {
    const found = versions.find((chart) => tagOf(chart) === reference || sha256(chart.manifest) === reference);
    if (found === undefined) return notFound;
    const headers = { 'content-type': manifestType, 'docker-content-digest': sha256(found.manifest) };
    return { status: 200, body: found.manifest, headers };
  }
  const blobs = [config, ...versions.map(({ archive }) => archive)];
  const body = blobs.find((blob) => sha256(blob) === reference);
  return body === undefined ? notFound : { status: 200, body };
}

/** A tag cannot have a plus. */
function tagOf({ version }: Served): string {
  return version.replaceAll('+', '_');
}

function indexOf(charts: readonly Served[]): string {
  const names = [...new Set(charts.map(({ name }) => name))].sort();
  const entry = ({ name, version, archive }: Served) =>
    [
      `  - apiVersion: v2`,
      `    created: "2026-01-01T00:00:00Z"`,
      `    digest: ${sha256(archive).replace('sha256:', '')}`,
      `    name: ${name}`,
      `    urls:`,
      `    - archives/${name}-${version}.tgz`,
      `    version: ${version}`,
    ].join('\n');
  const entries = names.map((name) => {
    const versions = charts.filter((chart) => chart.name === name);
    return `  ${name}:\n${versions.map(entry).join('\n')}\n`;
  });
  return `apiVersion: v1\nentries:\n${entries.join('')}generated: "2026-01-01T00:00:00Z"\n`;
}

function tokenOf(login: RegistryOptions['login']): string {
  return login === undefined ? 'for-anybody' : 'for-a-reader';
}

function isKnown({ headers }: IncomingMessage, login: RegistryOptions['login']): boolean {
  if (login === undefined) return false;
  const basic = `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
  return headers.authorization === basic || headers.authorization === `Bearer ${tokenOf(login)}`;
}
