import { readFileSync } from 'node:fs';
import { isEspalierError } from '../../errors';
import type { Json, JsonObject } from '../../json/json';
import { textAt } from '../../json/read';
import { parseVersion } from '../../systems/helm/versions';
import { lazy, memoize } from '../../text/memoize';
import type { SourceTree } from '../source/source';
import { unpackChart } from './archive';
import type { ChartCache } from './cache';
import type { Chart, ChartSource, Closed } from './chart';
import { type Credentials, credentialsOf } from './credentials';
import { ChartFault } from './fault';
import { chartOfTree, metadataOf } from './folder-chart';
import { findInGit, refOf } from './git-chart';
import { type Http, type HttpLimits, makeHttp } from './http';
import { keeper } from './keep';
import { type Lock, type Locked, lockFile } from './lock';
import { type Found, findInRegistry } from './oci';
import { sha256 } from './pack';
import { fetchIndex, findInRepository } from './repository';

export interface OpenOptions {
  /** The hosts that may be anywhere, and speak plain HTTP: `host` or `host:port`. */
  readonly hosts: readonly string[];
  /** Whether the network is left alone. */
  readonly offline: boolean;
  readonly cache: ChartCache;
  /** What sources must be; undefined where nothing is locked. */
  readonly lock?: Lock;
  /** @default - those of this machine's user */
  readonly credentials?: Credentials;
  readonly limits?: HttpLimits;
}

/** What opens charts, and knows what it opened. */
export interface Opener {
  /** @param tree what charts of type folder lie in */
  open(source: ChartSource, tree?: SourceTree): Promise<Chart | Closed>;
  /** What was opened so far of other places than the tree itself: what a lock says. */
  readonly opened: ReadonlyMap<string, Locked>;
  /** What could not be, of the same. */
  readonly closed: ReadonlyMap<string, Closed>;
}

export function makeOpener(options: OpenOptions): Opener {
  const opened = new Map<string, Locked>();
  const closed = new Map<string, Closed>();
  const fetcher = new ChartFetcher(options, opened, closed);
  const open = (source: ChartSource, tree: SourceTree | undefined): Promise<Chart | Closed> =>
    fetcher.open(source, tree).catch(closedBy);
  const asked = new Map<string, Promise<Chart | Closed>>();
  const askedOf = memoize((_: SourceTree) => new Map<string, Promise<Chart | Closed>>());
  return {
    opened,
    closed,
    open: (source, tree) => {
      const ofSame = source.type === 'folder' && tree !== undefined ? askedOf(tree) : asked;
      const key = nameOf(source);
      const known = ofSame.get(key) ?? open(source, tree);
      ofSame.set(key, known);
      return known;
    },
  };
}

/** @throws what is nobody's fault but Espalier's own */
function closedBy(error: unknown): Closed {
  if (!(error instanceof ChartFault) && !isEspalierError(error)) throw error;
  const fix = error instanceof ChartFault ? error.fix : undefined;
  return new ChartFault(`the chart cannot be opened: ${error.message.replace(/\.$/, '')}`, fix).toClosed();
}

/** A source as a line of text: the same for the same, and without what may be secret in an address. */
export function nameOf(source: ChartSource): string {
  if (source.type === 'folder') return `folder ${source.folder}`;
  const url = source.url.replace(/\/\/[^/?#]*@/, '//').replace(/[?#].*$/, '');
  switch (source.type) {
    case 'oci': {
      const layer = source.layer === undefined ? '' : ` ${source.layer}`;
      if (source.digest !== undefined) return `${url}@${source.digest}${layer}`;
      if (source.semver === undefined) return `${url}:${source.tag ?? 'latest'}${layer}`;
      return `${url} ${source.semver}${source.semverFilter ? ` of ${source.semverFilter}` : ''}${layer}`;
    }
    case 'repository':
      return `${url} ${source.name} ${source.version}`;
    case 'git':
      return `${url} ${source.folder} ${source.commit ?? source.semver ?? refOf(source)}`;
  }
}

/** An archive on this machine. */
interface Archive {
  readonly digest: string;
  readonly path: string;
}

class ChartFetcher {
  private readonly http: Http;
  private readonly credentials: Credentials;
  private readonly cache: ChartCache;
  private readonly indexes = new Map<string, Promise<string>>();

  constructor(
    private readonly options: OpenOptions,
    private readonly opened: Map<string, Locked>,
    private readonly closed: Map<string, Closed>,
  ) {
    this.http = makeHttp(options.hosts, options.limits);
    this.credentials = options.credentials ?? credentialsOf();
    this.cache = options.cache;
  }

  async open(source: ChartSource, tree: SourceTree | undefined): Promise<Chart> {
    if (source.type === 'folder') return this.ofTree(source.folder, tree);
    const { digest, path } = await this.archive(source);
    return this.chartOf(digest, () => path);
  }

  private async archive(source: ChartSource): Promise<Archive> {
    const name = nameOf(source);
    try {
      return await this.lockedOrFound(source, name);
    } catch (error) {
      this.closed.set(name, closedBy(error));
      throw error;
    }
  }

  private async lockedOrFound(source: ChartSource, name: string): Promise<Archive> {
    const locked = this.options.lock?.get(name);
    const known = locked ?? this.known(source);
    const path = known && this.cache.archive(known.digest);
    if (known !== undefined && path !== undefined) {
      this.opened.set(name, known);
      return { digest: known.digest, path };
    }
    if (this.options.offline) {
      const which =
        this.options.lock !== undefined && locked === undefined
          ? 'neither locked nor in the cache'
          : 'not in the cache';
      throw new ChartFault(`it is ${which}, and --offline leaves the network alone`, 'Run once without --offline.');
    }
    const found = await this.find(locked === undefined ? source : pinned(source, locked.version));
    const archive = await this.fetch(found, name);
    if (locked !== undefined && archive.digest !== locked.digest) {
      throw new ChartFault(
        `${name} is not what ${lockFile} says: its digest is ${archive.digest}, and should be ${locked.digest}`,
        'If the change is meant, lock the charts anew: espalier lock.',
      );
    }
    this.remember(name, { version: found.version, digest: archive.digest });
    return archive;
  }

  /** What a source was when it was asked for last; of ranges, branches and moving tags only where nobody can be asked. */
  private known(source: ChartSource): Locked | undefined {
    return this.options.offline || isFixed(source) ? this.remembered(nameOf(source)) : undefined;
  }

  private remembered(name: string): Locked | undefined {
    const text = this.cache.read('sources', name);
    const value: Json = text === undefined ? null : JSON.parse(text);
    const [version, digest] = [textAt(value, 'version'), textAt(value, 'digest')];
    return version === undefined || digest === undefined ? undefined : { version, digest };
  }

  private remember(name: string, locked: Locked): void {
    this.opened.set(name, locked);
    this.cache.write('sources', name, JSON.stringify(locked));
  }

  private async find(source: ChartSource): Promise<Found> {
    switch (source.type) {
      case 'oci':
        return findInRegistry(source, this.http, this.credentials);
      case 'repository':
        return findInRepository(source, await this.index(source.url), this.http, this.credentials);
      case 'git':
        return findInGit(source, this.http, this.options.hosts, (dependency) => this.dependency(dependency));
      case 'folder':
        throw new Error('a folder of the tree is read, not looked for');
    }
  }

  /** What was found, from the cache if it is there. */
  private async fetch(found: Found, name: string): Promise<Archive> {
    const exact = `${name} = ${found.version}`;
    const digest = found.digest ?? this.remembered(exact)?.digest;
    const path = digest === undefined ? undefined : this.cache.archive(digest);
    if (digest !== undefined && path !== undefined) return { digest, path };
    const archive = this.keep(await found.fetch());
    if (found.digest === undefined) {
      this.cache.write('sources', exact, JSON.stringify({ version: found.version, digest: archive.digest }));
    }
    return archive;
  }

  private index(url: string): Promise<string> {
    const known = this.indexes.get(url) ?? fetchIndex(url, this.http, this.credentials);
    this.indexes.set(url, known);
    return known;
  }

  private async ofTree(folder: string, tree: SourceTree | undefined): Promise<Chart> {
    if (tree === undefined) throw new ChartFault(`it is the folder ${folder} of a tree that is not known`);
    const { digest, archive } = await chartOfTree(tree, folder, (dependency) => this.dependency(dependency));
    const kept = lazy(() => this.keep(archive(), digest));
    const metadata = this.metadata(digest);
    if (metadata === undefined) kept();
    return this.chartOf(digest, () => kept().path, metadata);
  }

  private async dependency(source: ChartSource): Promise<Buffer> {
    return readFileSync((await this.archive(source)).path);
  }

  /** Nothing is kept that cannot be unpacked: what is kept of a digest was. */
  private keep(content: Buffer, digest = sha256(content)): Archive {
    if (this.metadata(digest) === undefined) {
      this.cache.write('sources', `Chart.yaml of ${digest}`, JSON.stringify(metadataOf(unpackChart(content))));
    }
    return { digest, path: this.cache.archive(sha256(content)) ?? this.cache.keepArchive(content) };
  }

  /** Chart.yaml of an archive that was unpacked once. */
  private metadata(digest: string): JsonObject | undefined {
    const text = this.cache.read('sources', `Chart.yaml of ${digest}`);
    return text === undefined ? undefined : JSON.parse(text);
  }

  /** A chart whose files are unpacked when they are asked for: a rendering that is cached takes none. */
  private chartOf(digest: string, archive: () => string, known?: JsonObject): Chart {
    const files = lazy(() => unpackChart(readFileSync(archive())));
    const texts = lazy(() => new Map([...files()].map(([file, content]) => [file, content.toString('utf8')])));
    const metadata = lazy(() => known ?? this.metadata(digest) ?? metadataOf(files()));
    return {
      digest,
      keep: keeper(this.cache, digest),
      get archive() {
        return archive();
      },
      get name() {
        return textAt(metadata(), 'name') ?? '';
      },
      get version() {
        return textAt(metadata(), 'version') ?? '';
      },
      get metadata() {
        return metadata();
      },
      get files() {
        return texts();
      },
    };
  }
}

/** Whether a source is the same at all times, as far as its owner keeps the rules: a version once published stays. */
function isFixed(source: ChartSource): boolean {
  switch (source.type) {
    case 'oci':
      return (
        source.digest !== undefined || (source.semver === undefined && parseVersion(source.tag ?? '') !== undefined)
      );
    case 'repository':
      return parseVersion(source.version) !== undefined;
    case 'git':
      return source.commit !== undefined;
    case 'folder':
      return false;
  }
}

/** A source at the version that is locked. */
function pinned(source: ChartSource, version: string): ChartSource {
  switch (source.type) {
    case 'oci': {
      const { semver: _, semverFilter: __, ...rest } = source;
      return { ...rest, ...(version.startsWith('sha256:') ? { digest: version } : { tag: version }) };
    }
    case 'repository':
      return { ...source, version };
    case 'git':
      return { ...source, commit: version };
    case 'folder':
      return source;
  }
}
