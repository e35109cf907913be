import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { at, listAt, textAt } from '../../json/read';
import { goMatches } from '../../systems/go-pattern';
import { compareVersions, parseRange, parseVersion, tagOf } from '../../systems/helm/versions';
import type { ChartSource } from './chart';
import type { Credentials, Login } from './credentials';
import { ChartFault } from './fault';
import { type Answer, type Http, type Request, shown } from './http';
import { sha256 } from './pack';

type OciSource = ChartSource & { readonly type: 'oci' };

/** A chart that was found: what it is, and how it is fetched. */
export interface Found {
  /** The tag, version or commit that it is: asked for again, it is the same. */
  readonly version: string;
  /** The digest of the archive, where it is known beforehand. */
  readonly digest?: string;
  fetch(): Promise<Buffer>;
}

/** As large as Flux takes charts of repositories (source-controller 1.7 internal/helm/helm.go), and twice that. */
export const largestArchive = 20 * 1024 ** 2;
const largestManifest = 4 * 1024 ** 2;
const largestPage = 10 * 1024 ** 2;
const mostPages = 100;

const chartLayer = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';
const manifestTypes = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

/**
 * A chart of a registry (OCI distribution 1.1), as source-controller chooses it: digest before range before tag, else `latest`
 * (1.7 internal/controller/ocirepository_controller.go, getArtifactRef, selectLayer).
 */
export async function findInRegistry(source: OciSource, http: Http, credentials: Credentials): Promise<Found> {
  const repository = new Repository(source, http, credentials);
  const reference =
    source.digest ?? (source.semver === undefined ? (source.tag ?? 'latest') : await repository.newest());
  const manifest = await repository.manifest(reference);
  const layer = repository.layerOf(manifest);
  const [digest, size] = [textAt(layer, 'digest') ?? '', Number(at(layer, 'size') ?? 0)];
  if (!/^sha256:[\da-f]{64}$/.test(digest))
    throw new ChartFault(`the manifest of ${repository.name} names no digest (sha256)`);
  if (size > largestArchive)
    throw new ChartFault(`${repository.name} is larger than ${largestArchive / 1024 ** 2} MiB`);
  return { version: reference, digest, fetch: () => repository.blob(digest) };
}

/** A repository of a registry. */
export class Repository {
  readonly name: string;
  /** What the paths of the registry's interface are relative to: `https://HOST/v2/PATH/`. */
  readonly base: URL;
  private readonly host: string;
  private authorization: string | undefined;

  constructor(
    private readonly source: OciSource,
    private readonly http: Http,
    private readonly credentials: Credentials,
    /** Whether it is written to: a token for that has to be asked for. */
    private readonly writes = false,
  ) {
    const [, host = '', path = ''] = /^oci:\/\/([\w.:[\]-]+)\/([\w./-]+)$/.exec(source.url) ?? [];
    const parts = path.split('/');
    const address = `${schemeOf(host, source.insecure)}://${host === 'docker.io' ? 'registry-1.docker.io' : host}`;
    if (host === '' || parts.includes('..') || parts.includes('.') || parts.includes('') || !URL.canParse(address)) {
      throw new ChartFault(`${JSON.stringify(source.url)} is no address of a registry`, 'Write oci://HOST/PATH.');
    }
    this.base = new URL(`/v2/${path}/`, address);
    this.host = host;
    this.name = source.url;
  }

  /** The tag with the newest version in the range. A tag has `_` where a version has `+`. */
  async newest(): Promise<string> {
    const { semver = '*', semverFilter: filter } = this.source;
    const tags = (await this.tags()).filter((tag) => filter === undefined || goMatches(filter, tag));
    const exact = tags.find((tag) => tag === semver);
    if (exact !== undefined) return exact;
    const holds = parseRange(semver);
    if (holds === undefined) throw new ChartFault(`${JSON.stringify(semver)} is no range of versions`);
    const versions = tags.map((tag) => parseVersion(tag.replaceAll('_', '+')));
    const [newest] = versions.filter((version) => version !== undefined && holds(version)).sort(newestFirst);
    if (newest !== undefined) return tagOf(newest.text);
    const filtered = filter === undefined ? '' : ` and ${JSON.stringify(filter)}`;
    throw new ChartFault(
      `${this.name} has no version that matches ${JSON.stringify(semver)}${filtered}`,
      'Correct the range.',
    );
  }

  private async tags(): Promise<string[]> {
    const tags: string[] = [];
    let next: URL | undefined = new URL('tags/list?n=1000', this.base);
    for (let page = 0; next !== undefined && page < mostPages; page++) {
      const answer: Answer = await this.ask(next, { accept: 'application/json', maximum: largestPage });
      tags.push(...listAt(parse(answer), 'tags').filter((tag) => typeof tag === 'string'));
      const link = /<([^>]+)>\s*;\s*rel="?next"?/.exec(String(answer.headers.link ?? ''))?.[1];
      const following: URL | undefined = link && URL.canParse(link, next.href) ? new URL(link, next) : undefined;
      next = following?.origin === this.base.origin ? following : undefined;
    }
    return tags;
  }

  async manifest(reference: string, isListed = false): Promise<JsonObject> {
    if (!/^[\w][\w.-]{0,127}$|^sha256:[\da-f]{64}$/.test(reference)) {
      throw new ChartFault(`${JSON.stringify(reference)} is neither a tag nor a digest (sha256)`);
    }
    const url = new URL(`manifests/${reference}`, this.base);
    const answer = await this.ask(url, { accept: manifestTypes.join(', '), maximum: largestManifest });
    if (reference.startsWith('sha256:')) verify(answer.body, reference, shown(url));
    const manifest = parse(answer);
    const [first] = listAt(manifest, 'manifests');
    const inner = textAt(first, 'digest');
    // A list of manifests, for one platform each: a chart's are alike.
    return inner === undefined || isListed ? manifest : this.manifest(inner, true);
  }

  layerOf(manifest: JsonObject): Json | undefined {
    const layers = listAt(manifest, 'layers');
    const ofType = (type: string) => layers.find((layer) => textAt(layer, 'mediaType') === type);
    const { layer: wanted } = this.source;
    const layer = wanted === undefined ? (ofType(chartLayer) ?? layers[0]) : ofType(wanted);
    if (layer !== undefined) return layer;
    throw new ChartFault(
      `${this.name} has no layer${wanted === undefined ? '' : ` of type ${wanted}`}, so it is no chart`,
    );
  }

  async blob(digest: string): Promise<Buffer> {
    const url = new URL(`blobs/${digest}`, this.base);
    const { body } = await this.ask(url, { maximum: largestArchive });
    return verify(body, digest, shown(url));
  }

  /**
   * Asks, and logs in where the registry wants it.
   *
   * @throws ChartFault for other statuses than the expected ones
   */
  async ask(url: URL, request: Omit<Request, 'authorization'>, expected = [200]): Promise<Answer> {
    const isHome = url.origin === this.base.origin;
    const send = () => this.http.ask(url, { ...request, ...(isHome && { authorization: this.authorization }) });
    let answer = await send();
    // Only what the registry itself asks for: not what it sends to.
    if (answer.status === 401 && isHome && answer.url.origin === url.origin && this.authorization === undefined) {
      this.authorization = await this.login(answer);
      if (this.authorization !== undefined) answer = await send();
    }
    if (expected.includes(answer.status)) return answer;
    throw this.statusFault(answer);
  }

  private statusFault(answer: Answer): ChartFault {
    const login = this.writes ? 'Log in as one who may push: docker login' : 'Log in as Helm does: helm registry login';
    return statusFault(answer, `${login} ${this.host}`);
  }

  /** What the challenge of a registry is answered with (https://distribution.github.io/distribution/spec/auth/token/). */
  private async login({ headers }: Answer): Promise<string | undefined> {
    const challenge = String(headers['www-authenticate'] ?? '');
    const login = await this.credentials.registry(this.host);
    const [, bearer] = /\bbearer\s(.*)$/is.exec(challenge) ?? [];
    if (bearer === undefined) return login && /\bbasic\b/i.test(challenge) ? basic(login) : undefined;
    const asked = new Map([...bearer.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]));
    const realm = asked.get('realm') ?? '';
    if (!URL.canParse(realm)) return undefined;
    const scope = this.writes ? `repository:${this.base.pathname.slice(4, -1)}:pull,push` : asked.get('scope');
    const answer = await this.token(new URL(realm), asked.get('service'), scope, login);
    if (answer.status !== 200) throw this.statusFault(answer);
    const given = parse(answer);
    const token = textAt(given, 'token') ?? textAt(given, 'access_token');
    return token && `Bearer ${token}`;
  }

  private token(realm: URL, service = '', scope = '', login?: Login): Promise<Answer> {
    const request = { accept: 'application/json', maximum: 1024 ** 2 };
    if (login?.refreshToken !== undefined) {
      const grant = { grant_type: 'refresh_token', refresh_token: login.refreshToken };
      const form = new URLSearchParams({ ...grant, service, scope, client_id: 'espalier' });
      return this.http.ask(realm, { ...request, form });
    }
    if (service !== '') realm.searchParams.set('service', service);
    if (scope !== '') realm.searchParams.set('scope', scope);
    return this.http.ask(realm, { ...request, ...(login && { authorization: basic(login) }) });
  }
}

/**
 * Plain HTTP for sources that say so, and for hosts that are this machine's or of its network by their name, as Flux' own client has it
 * (github.com/google/go-containerregistry 0.20 pkg/name/registry.go, Scheme). Neither is asked unless the configuration allows it.
 */
function schemeOf(host: string, insecure = false): 'http' | 'https' {
  const isNear =
    /^(?:localhost|127\.0\.0\.1|\[::1\]|10\.\d+\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+|192\.168\.\d+\.\d+)(?::|$)/;
  return insecure || isNear.test(host) ? 'http' : 'https';
}

function newestFirst(a: ReturnType<typeof parseVersion>, b: ReturnType<typeof parseVersion>): number {
  return a === undefined || b === undefined ? 0 : compareVersions(b, a);
}

export function basic({ username, password }: Login): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

export function statusFault({ status, url }: Answer, login: string): ChartFault {
  const denied = status === 401 || status === 403;
  return new ChartFault(
    `${shown(url)} answers ${status}${denied ? ': it wants a login' : ''}`,
    denied ? `${login}.` : status === 404 ? 'Correct the address or the version.' : undefined,
  );
}

/** What was fetched, if it is what it should be. */
export function verify(body: Buffer, digest: string, where: string): Buffer {
  const is = sha256(body);
  if (is === digest) return body;
  throw new ChartFault(`${where} is not what it should be: its digest is ${is}, and should be ${digest}`);
}

function parse({ body, url }: Answer): JsonObject {
  try {
    const value = JSON.parse(body.toString('utf8')) as Json;
    if (isJsonObject(value)) return value;
  } catch {
    // Told below.
  }
  throw new ChartFault(`${shown(url)} answers no JSON object`);
}
