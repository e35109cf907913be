import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'fflate';
import { EspalierError } from '../../errors';
import { isOciRepository } from '../../systems/flux/fails';
import { type Credentials, credentialsOf } from '../charts/credentials';
import { ChartFault } from '../charts/fault';
import { makeHttp } from '../charts/http';
import { Repository } from '../charts/oci';
import { sha256 } from '../charts/pack';
import { writeTar } from '../charts/tar';
import { git } from '../source/git-process';
import { leftOutOfArtifacts } from '../source/source-ignore';

/** Where an artifact is from, as its annotations say it. */
export interface Origin {
  /** The URL of the Git remote. */
  readonly source: string;
  /** `BRANCH@sha1:COMMIT` */
  readonly revision: string;
  /** A time of RFC 3339. */
  readonly created: string;
  /** How many of its files are not as the commit that the revision names has them. */
  readonly altered: number;
}

/** A place in a registry. */
export interface Reference {
  /** `HOST/REPO` */
  readonly repository: string;
  readonly tags: readonly string[];
}

/** What is pushed. */
export interface Artifact {
  /** A folder, or one file. */
  readonly path: string;
  readonly origin: Omit<Origin, 'altered'>;
  /** Further annotations of the manifest, or others in place of those of the origin. */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** An artifact that was pushed. */
export interface Pushed {
  /** `HOST/REPO@sha256:…` */
  readonly reference: string;
  readonly files: number;
}

/** The types that source-controller looks for (github.com/fluxcd/pkg oci v0.69.0 globals.go). */
const configType = 'application/vnd.cncf.flux.config.v1+json';
const layerType = 'application/vnd.cncf.flux.content.v1.tar+gzip';
const annotation = 'org.opencontainers.image.';
const manifestType = 'application/vnd.oci.image.manifest.v1+json';

/** As much as Flux unpacks (github.com/fluxcd/pkg tar v1.2.0 untar.go: DefaultMaxUntarSize). */
const largestTree = 100 * 1024 ** 2;

const answerSize = 1024 ** 2;

/**
 * @param more further tags
 * @throws EspalierError for what is no `oci://HOST/REPO:TAG`, or no tag
 */
export function parseReference(text: string, more: readonly string[] = []): Reference {
  // The names of OCI distribution 1.1, "Pulling manifests".
  const name = /^oci:\/\/([\w.-]+(?::\d+)?(?:\/[a-z\d]+(?:(?:\.|_|__|-+)[a-z\d]+)*)+):([\w][\w.-]{0,127})$/;
  const wrong = more.find((tag) => !/^\w[\w.-]{0,127}$/.test(tag));
  if (wrong !== undefined) {
    throw new EspalierError(`--tag is ${JSON.stringify(wrong)}. It must be a tag, such as latest.`);
  }
  const [, repository, tag] = name.exec(text) ?? [];
  if (repository === undefined || tag === undefined || !isOciRepository(repository)) {
    throw new EspalierError(
      `${JSON.stringify(text)} is not a reference. Write oci://HOST/REPO:TAG, with a repository of at least two characters, in small letters.`,
    );
  }
  return { repository, tags: [...new Set([tag, ...more])] };
}

/**
 * Where a folder or file is from: what is given, else what its Git repository says. The time is that of the commit, so that the same
 * commit is the same artifact; without a repository it is that of `flux push artifact --reproducible`.
 *
 * @throws EspalierError where neither says it
 */
export function originOf(path: string, given: { readonly source?: string; readonly revision?: string }): Origin {
  const folder = statsOf(path).isDirectory() ? path : dirname(path);
  const ask = (...args: string[]) => git(folder, args).output?.toString('utf8').trim() || undefined;
  const source = given.source ?? ask('config', '--get', 'remote.origin.url');
  const commit = ask('rev-parse', 'HEAD');
  const name = ask('branch', '--show-current') ?? ask('describe', '--tags', '--exact-match');
  const revision = given.revision ?? (commit && `${name === undefined ? '' : `${name}@`}sha1:${commit}`);
  const missing = { '--source URL': source, '--revision BRANCH@sha1:COMMIT': revision };
  const unsaid = Object.entries(missing).flatMap(([option, value]) => (value ? [] : [option]));
  if (!source || !revision) {
    throw new EspalierError(`Git does not say where ${path} is from. Add ${unsaid.join(' and ')}.`);
  }
  const time = Number(commit === undefined ? 0 : ask('log', '-1', '--format=%ct'));
  return {
    source: withoutLogin(source),
    revision,
    created: new Date(time * 1000).toISOString().replace('.000', ''),
    altered: given.revision === undefined ? altered(folder, path) : 0,
  };
}

/** What is ignored is left out: a tree that only a CI makes is in no commit. */
function altered(folder: string, path: string): number {
  const of = folder === path ? '.' : basename(path);
  const status = git(folder, [
    '--literal-pathspecs',
    'status',
    '--porcelain',
    '--untracked-files=all',
    '--',
    of,
  ]).output?.toString('utf8');
  return status?.split('\n').filter((line) => line !== '').length ?? 0;
}

/** A CI clones with a token in the URL, which is nothing to publish. */
function withoutLogin(source: string): string {
  return source.replace(/^(https?:\/\/)[^/@]*@/, '$1').replace(/^(\w+:\/\/[^/@:]*):[^/@]*@/, '$1@');
}

/**
 * Pushes a folder or file as `flux push artifact` does, so that an OCIRepository of Flux pulls it. The same tree is the same layer
 * wherever it is pushed from: sorted, of nobody and of no time, and not compressed by zlib, whose releases make different bytes.
 *
 * @param hosts those that may be asked although they are not on the public internet
 * @throws EspalierError for a folder that cannot be pushed, and where the registry does not take it
 */
export async function pushArtifact(
  { path, origin, annotations = {} }: Artifact,
  { repository: name, tags }: Reference,
  hosts: readonly string[],
  credentials: Credentials = credentialsOf(),
): Promise<Pushed> {
  const files = filesBelow(path);
  const tar = writeTar(files);
  const layer = Buffer.from(gzipSync(tar, { mtime: 0 }));
  const told: Readonly<Record<string, string>> = {
    [`${annotation}created`]: origin.created,
    [`${annotation}revision`]: origin.revision,
    [`${annotation}source`]: origin.source,
    ...annotations,
  };
  const rootfs = { type: 'layers', diff_ids: [sha256(tar)] };
  const config = json({ architecture: '', created: told[`${annotation}created`], os: '', rootfs, config: {} });
  const manifest = json({
    schemaVersion: 2,
    mediaType: manifestType,
    config: { mediaType: configType, size: config.length, digest: sha256(config) },
    layers: [{ mediaType: layerType, size: layer.length, digest: sha256(layer) }],
    annotations: told,
  });
  try {
    const repository = new Repository({ type: 'oci', url: `oci://${name}` }, makeHttp(hosts), credentials, true);
    await upload(repository, config);
    await upload(repository, layer);
    for (const tag of tags) {
      const url = new URL(`manifests/${tag}`, repository.base);
      await repository.ask(url, put(manifest, manifestType), [200, 201]);
    }
  } catch (error) {
    if (!(error instanceof ChartFault)) throw error;
    const fix = error.fix === undefined ? '' : ` ${error.fix}`;
    throw new EspalierError(`${path} cannot be pushed: ${error.message}.${fix}`);
  }
  return { reference: `${name}@${sha256(manifest)}`, files: files.length };
}

/** Puts a blob where it is not yet (OCI distribution 1.1, "POST then PUT"). */
async function upload(repository: Repository, blob: Buffer): Promise<void> {
  const digest = sha256(blob);
  const known = new URL(`blobs/${digest}`, repository.base);
  // Where the registry sends to need not know HEAD: whatever is not said to be there is sent.
  const { status } = await repository.ask(
    known,
    { method: 'HEAD', maximum: answerSize },
    [200, 400, 401, 403, 404, 405],
  );
  if (status === 200) return;
  const start = new URL('blobs/uploads/', repository.base);
  const begun = await repository.ask(start, { method: 'POST', maximum: answerSize }, [202]);
  const location = String(begun.headers.location ?? '');
  if (location === '' || !URL.canParse(location, start.href)) {
    throw new ChartFault(`${start.origin}${start.pathname} does not say where to upload to`);
  }
  const target = new URL(location, start);
  target.searchParams.set('digest', digest);
  await repository.ask(target, put(blob, 'application/octet-stream'), [200, 201, 204]);
}

function put(bytes: Buffer, type: string) {
  return { method: 'PUT', content: { type, bytes }, maximum: answerSize } as const;
}

function json(value: object): Buffer {
  return Buffer.from(JSON.stringify(value));
}

/**
 * What Flux packs of a folder, sorted: regular files alone, no links (github.com/fluxcd/pkg tar v1.2.0 tar.go), and nothing that it leaves
 * out. Of a file, that file.
 */
function filesBelow(path: string): [path: string, content: Buffer][] {
  if (!statsOf(path).isDirectory()) return [[basename(path), readFileSync(path)]];
  const isLeftOut = leftOutOfArtifacts();
  const files: [string, Buffer][] = [];
  let size = 0;
  const below = (folder: string) => {
    for (const entry of readdirSync(join(path, folder), { withFileTypes: true })) {
      const inner = `${folder}${entry.name}`;
      if (entry.isDirectory() && !isLeftOut(`${inner}/`)) below(`${inner}/`);
      if (!entry.isFile() || isLeftOut(inner)) continue;
      const content = readFileSync(join(path, inner));
      size += content.length;
      if (size > largestTree) {
        throw new EspalierError(
          `${path} is larger than ${largestTree / 1024 ** 2} MiB, which Flux does not unpack. Name the folder of the tree.`,
        );
      }
      files.push([inner, content]);
    }
  };
  below('');
  if (files.length === 0) throw new EspalierError(`${path} has no files to push. Name the folder of a tree.`);
  return files.sort(([a], [b]) => (a < b ? -1 : 1));
}

function statsOf(path: string) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats !== undefined) return stats;
  throw new EspalierError(`${path} does not exist. Name the folder of a tree.`);
}
