import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareVersions, parseRange, parseVersion } from '../../systems/helm/versions';
import { readRevision } from '../source/git';
import type { ChartSource } from './chart';
import { ChartFault } from './fault';
import { chartOfTree, type FetchChart } from './folder-chart';
import { addressToUse, type Http, shown } from './http';
import type { Found } from './oci';

type GitSource = ChartSource & { readonly type: 'git' };

const largestList = 50 * 1024 ** 2;
const largestRepository = 2_000_000_000;
const longest = 300_000;

/**
 * A chart in a folder of another repository, at the commit that source-controller would choose: commit before range of tags before tag
 * before branch, else `master` (github.com/fluxcd/pkg/git, repository/options.go, CloneConfig).
 */
export async function findInGit(
  source: GitSource,
  http: Http,
  hosts: readonly string[],
  fetchChart: FetchChart,
): Promise<Found> {
  if (!/^https?:\/\//.test(source.url)) {
    throw new ChartFault(`${JSON.stringify(source.url.replace(/\/\/[^/]*@/, '//'))} is not an https address of Git`);
  }
  const listed = await listRefs(source.url, http);
  const [ref, commit] = choose(source, listed.refs);
  return {
    version: commit,
    fetch: () =>
      withClone(listed.url, ref ?? commit, hosts, async (folder) =>
        (await chartOfTree(readRevision(folder, 'FETCH_HEAD'), source.folder, fetchChart)).archive(),
      ),
  };
}

interface Listed {
  /** The repository's address, after redirects. */
  readonly url: URL;
  /** Commits by the full names of what points to them. */
  readonly refs: ReadonlyMap<string, string>;
}

const service = '/info/refs?service=git-upload-pack';

/** What `git ls-remote` asks for (https://git-scm.com/docs/http-protocol, Smart Clients). */
async function listRefs(address: string, http: Http): Promise<Listed> {
  const { status, url, body } = await http.ask(address.replace(/\/+$/, '') + service, { maximum: largestList });
  if (status !== 200 || !url.pathname.endsWith('/info/refs')) {
    throw new ChartFault(`${shown(url)} answers ${status}, and is no public repository of Git`);
  }
  const refs = new Map<string, string>();
  for (const [, id = '', name = '', peeled] of body
    .toString('utf8')
    .matchAll(/^[\da-f]{4,8}([\da-f]{40}) (\S+?)(\^\{\})?(?:\0.*)?$/gm)) {
    // Of a tag with a message, the commit that it is of.
    if (peeled !== undefined || !refs.has(name)) refs.set(name, id);
  }
  const repository = new URL(url);
  repository.pathname = url.pathname.slice(0, -'/info/refs'.length);
  repository.search = '';
  return { url: repository, refs };
}

function choose(source: GitSource, refs: Listed['refs']): readonly [ref: string | undefined, commit: string] {
  if (source.commit !== undefined) {
    if (/^[\da-f]{40}$/.test(source.commit)) return [undefined, source.commit];
    throw new ChartFault(`${JSON.stringify(source.commit)} is not the whole hash of a commit`);
  }
  const ref = source.semver === undefined ? refOf(source) : newestTag(source.semver, refs);
  const commit = ref && refs.get(ref);
  if (commit) return [ref, commit];
  throw new ChartFault(
    `${shown(new URL(source.url))} has no ${ref ?? `tag that matches ${JSON.stringify(source.semver)}`}`,
  );
}

/** The name of the tag or branch, in full. */
export function refOf({ tag, branch }: GitSource): string {
  return tag === undefined ? `refs/heads/${branch ?? 'master'}` : `refs/tags/${tag}`;
}

function newestTag(range: string, refs: Listed['refs']): string | undefined {
  const holds = parseRange(range);
  const versions = [...refs.keys()].flatMap((ref) => {
    const version = ref.startsWith('refs/tags/') ? parseVersion(ref.slice('refs/tags/'.length)) : undefined;
    return version !== undefined && holds?.(version) ? [version] : [];
  });
  const [newest] = versions.sort((a, b) => compareVersions(b, a));
  return newest && `refs/tags/${newest.text}`;
}

/** Does something with a repository that has one commit, which goes again. Nothing is checked out. */
async function withClone<T>(
  url: URL,
  what: string,
  hosts: readonly string[],
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'espalier-git-'));
  try {
    await git(folder, url, ['init', '--quiet', '--template=']);
    const address = await addressToUse(url, hosts);
    const port = url.port || (url.protocol === 'http:' ? '80' : '443');
    if (address !== undefined) await refuseOld(folder, url);
    const pinned = address === undefined ? [] : ['-c', `http.curloptResolve=${url.hostname}:${port}:${address}`];
    const fetch = ['fetch', '--quiet', '--depth=1', '--no-tags', '--no-recurse-submodules', '--', url.href, what];
    await git(folder, url, [...pinned, ...fetch]);
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** No other protocol, no redirects, no hooks, no questions, nobody's login: what the user's configuration adds would go to a stranger. */
const settings = [
  ...['-c', `core.hooksPath=${devNull}`],
  ...['-c', 'credential.helper='],
  ...['-c', 'http.followRedirects=false'],
  ...['-c', 'http.lowSpeedLimit=1000', '-c', 'http.lowSpeedTime=30'],
  ...['-c', 'transfer.bundleURI=false'],
  ...['-c', 'core.fsmonitor=false'],
];

/** One that knows no curloptResolve would look the name up by itself. */
async function refuseOld(folder: string, url: URL): Promise<void> {
  const version = await git(folder, url, ['--version']);
  const [, major = 0, minor = 0] = /(\d+)\.(\d+)/.exec(version) ?? [];
  if (Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 37)) return;
  throw new ChartFault(`${version.trim()} is too old to be told where to connect to`, 'Install Git 2.37 or newer.');
}

/** Where Git's programs, its configuration and certificates lie. */
const kept = /^GIT_(?:EXEC_PATH|SSL_|CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM)$)/;

/** @returns what it prints */
function git(folder: string, url: URL, args: readonly string[]): Promise<string> {
  // What a hook has set is of its own repository.
  const env = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_') || kept.test(name));
  return new Promise((done, fail) => {
    const child = spawn('git', [...settings, ...args], {
      cwd: folder,
      env: {
        ...Object.fromEntries(env),
        LC_ALL: 'C',
        GIT_TERMINAL_PROMPT: '0',
        GIT_ASKPASS: '',
        GIT_ALLOW_PROTOCOL: url.protocol.slice(0, -1),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: longest,
      windowsHide: true,
    });
    let printed = '';
    child.stdout.on('data', (part) => {
      if (printed.length < 10_000) printed += part;
    });
    let said = '';
    child.stderr.on('data', (part) => {
      if (said.length < 10_000) said += part;
    });
    let large = false;
    const watch = setInterval(() => {
      large ||= sizeOf(join(folder, '.git', 'objects', 'pack')) > largestRepository;
      if (large) child.kill();
    }, 1_000);
    child.on('error', () => {
      clearInterval(watch);
      fail(new ChartFault('git is not on the PATH', 'Install it.'));
    });
    child.on('close', (code) => {
      clearInterval(watch);
      if (code === 0) return done(printed);
      const why = large ? 'it is larger than 2 GB' : (said.trim().split('\n').at(-1) ?? '') || 'it takes too long';
      fail(new ChartFault(`${shown(url)} cannot be fetched: ${why}`));
    });
  });
}

function sizeOf(folder: string): number {
  try {
    return readdirSync(folder).reduce((size, name) => size + statSync(join(folder, name)).size, 0);
  } catch {
    return 0;
  }
}
