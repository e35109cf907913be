import { dirname, relative, resolve } from 'node:path';
import { EspalierError } from '../../errors';
import { gitTop, ignoredBy } from './folder';
import { type GitResult, git } from './git-process';
import { maximumSize, tooLarge } from './parse';
import { realPath, seenFrom, slashes } from './seen-from';
import type { SourceTree } from './source';
import { type Content, type Storage, sourceTree } from './storage';

/**
 * The same tree in a Git revision; the work tree is not touched, and need not have the folder.
 *
 * @param path a folder or file of the work tree, as readFolder takes it; it may exist in the revision only
 * @param revision whatever Git understands: `main`, `HEAD~3`, `origin/main`, a hash
 * @param mayBeMissing whether the revision need not have the folder: then the tree is empty
 * @throws EspalierError when there is no such repository, revision or folder
 */
export function readRevision(path: string, revision: string, { mayBeMissing = false } = {}): SourceTree {
  const wanted = realPath(resolve(path));
  const root = gitTop(wanted);
  if (root === undefined) {
    throw new EspalierError(
      `${path} is not in a Git repository, so it has no revision ${shown(revision)}. Name a folder in a clone.`,
    );
  }
  const tree = resolveTree(root, revision);
  const below = slashes(relative(root, wanted));
  const { blobs, links } = listTree(root, tree);
  const storage = new Blobs(root, blobs, links);
  if (
    !mayBeMissing &&
    below !== '' &&
    ![...blobs.keys()].some((blob) => blob === below || blob.startsWith(`${below}/`))
  ) {
    throw new EspalierError(
      `${path} does not exist in revision ${shown(revision)}. Name a folder that does, or another revision.`,
    );
  }
  const isAsked = (blob: string) => below === '' || blob === below || blob.startsWith(`${below}/`);
  storage.fetch([...blobs.keys()].filter((blob) => isAsked(blob) && /\.ya?ml$|(?:^|\/)\.sourceignore$/.test(blob)));
  return sourceTree(storage, { ...seenFrom(root), location: root, below });
}

/** Whether the repository that a path lies in has a revision of this name; false where it lies in none. */
export function isRevision(path: string, name: string): boolean {
  const root = gitTop(realPath(resolve(path)));
  return root !== undefined && !isOption(name) && idOf(git(root, [...verify, `${name}^{commit}`])) !== undefined;
}

/** The names of branches and tags of the repository that a path lies in; none where it lies in none. */
export function revisionNames(path: string): string[] {
  const root = gitTop(realPath(resolve(path)));
  if (root === undefined) return [];
  const refs = ['refs/heads', 'refs/tags', 'refs/remotes'];
  const { output } = git(root, ['for-each-ref', '--format=%(refname:short)', ...refs]);
  return (output?.toString('utf8') ?? '').split('\n').filter((name) => name !== '');
}

/** A YAML file of a folder that Git ignores, and what says so, such as `.gitignore:1: dist/`; undefined where there is none. */
export function ignoredYaml(path: string): { readonly file: string; readonly by: string } | undefined {
  const folder = realPath(resolve(path));
  const root = gitTop(folder);
  if (root === undefined) return undefined;
  const ignored = ['ls-files', '--others', '--ignored', '--exclude-standard', '-z', '--', '*.yaml', '*.yml'];
  const files = git(folder, ignored).output?.toString('utf8').split('\0') ?? [];
  const file = files.find((each) => each !== '' && !`/${each}`.includes('/node_modules/'));
  if (file === undefined) return undefined;
  return { file, by: ignoredBy(folder, file) ?? '.gitignore' };
}

/** Names of the main branch, the remote's first: what a pull request is compared with. */
const mainBranches = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'];

/**
 * Where the work tree's branch left the main branch.
 *
 * @param first what counts before a main branch, if it is there: what a CI says that a change is for
 * @returns the commit, and what it is in words: `merge base with origin/main`
 * @throws EspalierError where there is no repository, no main branch, or nothing that both have
 */
export function mergeBase(
  path: string,
  first: readonly string[] = [],
): { readonly revision: string; readonly branch: string } {
  const root = gitTop(realPath(resolve(path)));
  if (root === undefined) {
    throw new EspalierError(
      `${path} is not in a Git repository, so there is nothing to compare it with. Name two folders: espalier diff ./old ./new`,
    );
  }
  const found = [...first.filter((name) => !isOption(name)), ...mainBranches].find(
    (branch) => idOf(git(root, [...verify, `${branch}^{commit}`])) !== undefined,
  );
  if (found === undefined) {
    throw (
      gitFault(root) ??
      new EspalierError(
        `${root} has none of the branches ${mainBranches.join(', ')}. Name what to compare with, such as HEAD~1.`,
      )
    );
  }
  const revision = idOf(git(root, ['merge-base', 'HEAD', found]));
  if (revision !== undefined) return { revision, branch: `merge base with ${branchName(root, found)}` };
  throw new EspalierError(
    `HEAD and ${found} have no common commit in this clone. In a shallow clone, fetch the history (git fetch --unshallow; fetch-depth: 0 in a workflow), or name what to compare with.`,
  );
}

/** `origin/main` for `origin/HEAD`. */
function branchName(root: string, branch: string): string {
  const output = git(root, ['rev-parse', '--abbrev-ref', branch]).output;
  return output?.toString('utf8').trim() || branch;
}

interface Blob {
  readonly id: string;
  readonly size: number;
}

/** As much as one Git process hands over at once. */
const portion = 64_000_000;

/** A revision's files, read a folder at a time where they were not foreseen. */
class Blobs implements Storage {
  readonly paths: readonly string[];
  readonly unreadable = new Map<string, string>();
  private readonly contents = new Map<string, Content>();

  constructor(
    private readonly root: string,
    private readonly blobs: ReadonlyMap<string, Blob>,
    private readonly links: ReadonlySet<string>,
  ) {
    this.paths = [...blobs.keys()];
  }

  read(path: string): Content {
    if (!this.contents.has(path) && this.blobs.has(path)) {
      const folder = dirname(path);
      this.fetch(this.paths.filter((other) => dirname(other) === folder && !this.contents.has(other)));
    }
    return this.contents.get(path);
  }

  exists(): boolean {
    return true;
  }

  isLink(path: string): boolean {
    return this.links.has(path);
  }

  fetch(paths: readonly string[]): void {
    let batch: [path: string, blob: Blob][] = [];
    let size = 0;
    for (const path of paths) {
      const blob = this.blobs.get(path);
      if (blob === undefined) continue;
      if (blob.size > maximumSize) {
        this.contents.set(path, { wrong: tooLarge });
        continue;
      }
      if (size + blob.size > portion) {
        this.fetchBatch(batch);
        batch = [];
        size = 0;
      }
      batch.push([path, blob]);
      size += blob.size;
    }
    this.fetchBatch(batch);
  }

  private fetchBatch(batch: readonly (readonly [path: string, blob: Blob])[]): void {
    if (batch.length === 0) return;
    const { output } = git(this.root, ['cat-file', '--batch'], batch.map(([, { id }]) => `${id}\n`).join(''));
    let at = 0;
    for (const [path] of batch) {
      const end = output?.indexOf(10, at) ?? -1;
      const header = /^[\da-f]+ blob (\d+)$/.exec(output?.toString('latin1', at, Math.max(end, at)) ?? '');
      if (output === undefined || header === null) {
        const partial = partialClone(this.root);
        if (partial !== undefined) throw partial;
        this.contents.set(path, {
          wrong:
            'the file cannot be read: Git has lost its content in this clone; git fsck tells more, and another clone may have it',
        });
        at = end < 0 ? at : end + 1;
        continue;
      }
      const size = Number(header[1]);
      this.contents.set(path, output.subarray(end + 1, end + 1 + size));
      at = end + 1 + size + 1;
    }
  }
}

const verify = ['rev-parse', '--verify', '--quiet', '--end-of-options'];

/** What begins with - would be an option; Git allows no such name. */
function isOption(revision: string): boolean {
  return /^-|^$|[\0\n]/.test(revision);
}

/** The hash that Git answers with. */
function idOf({ output }: GitResult): string | undefined {
  const id = output?.toString('latin1').trim().split('\n').at(-1);
  return id !== undefined && /^[\da-f]{40,64}$/.test(id) ? id : undefined;
}

function resolveTree(root: string, revision: string): string {
  if (isOption(revision)) {
    throw new EspalierError(
      `${shown(revision)} is not a revision. Give a branch, a tag or a commit, such as main or HEAD~1.`,
    );
  }
  const result = git(root, [...verify, `${revision}^{tree}`]);
  const id = idOf(result);
  if (id !== undefined) return id;
  const known = idOf(git(root, [...verify, `${revision}^{commit}`])) !== undefined;
  throw (
    (known ? partialClone(root) : undefined) ??
    refusal(root, result) ??
    new EspalierError(
      `${root} has no revision ${shown(revision)}. Give a branch, a tag or a commit, such as main or HEAD~1.${whyNoRevision(root)}`,
    )
  );
}

/** Regular files only: symbolic links do not come into Flux's artifacts (see folder.ts), submodules are other repositories. */
function listTree(
  root: string,
  tree: string,
): { readonly blobs: ReadonlyMap<string, Blob>; readonly links: ReadonlySet<string> } {
  const result = git(root, ['ls-tree', '-r', '-z', '-l', '--full-tree', tree]);
  if (result.output === undefined) {
    throw (
      partialClone(root) ??
      refusal(root, result) ??
      new EspalierError(`Git cannot list the files of ${root} (${result.error}).`)
    );
  }
  const blobs = new Map<string, Blob>();
  const links = new Set<string>();
  for (const line of result.output.toString('utf8').split('\0')) {
    const link = /^120000 blob [^\t]*\t(.+)$/s.exec(line)?.[1];
    if (link !== undefined) links.add(link);
    // BAD stands for the size of what a damaged clone has lost.
    const [, id, size, path] = /^100\d{3} blob ([\da-f]+) +(\d+|BAD)\t(.+)$/s.exec(line) ?? [];
    if (id !== undefined && path !== undefined) blobs.set(path, { id, size: Number(size) || 0 });
  }
  return { blobs, links };
}

/** What to do in a clone that was made without the contents of files: nothing is fetched here. Undefined in others. */
function partialClone(root: string): EspalierError | undefined {
  const output = git(root, ['config', '--get-regexp', String.raw`^remote\..*\.promisor$`]).output?.toString('utf8');
  const remote = /^remote\.(.+)\.promisor true$/m.exec(output ?? '')?.[1];
  if (remote === undefined) return undefined;
  return new EspalierError(
    `${root} is a partial clone (git clone --filter=…), and some of its files have not been fetched. Fetch them all (git fetch --refetch --no-filter ${remote}), or clone without --filter.`,
  );
}

/** Why a folder has no such revision, as the end of a message: no repository, or a clone without the whole history; '' in others. */
export function whyNoRevision(path: string): string {
  const root = gitTop(realPath(resolve(path)));
  if (root === undefined) return ` ${path} is not in a Git repository: name two folders (espalier diff ./old ./new).`;
  const output = git(root, ['rev-parse', '--is-shallow-repository']).output;
  if (output?.toString('latin1').trim() !== 'true') return '';
  return ' This clone is shallow: fetch the history first (git fetch --unshallow; fetch-depth: 0 in a workflow).';
}

/** Why no revision of the repository that a path lies in can be read, whichever it is. */
export function gitFault(path: string): EspalierError | undefined {
  const root = gitTop(realPath(resolve(path)));
  const result = root === undefined ? undefined : git(root, ['rev-parse', '--git-dir']);
  return root === undefined || result === undefined || result.output !== undefined ? undefined : refusal(root, result);
}

function refusal(root: string, { missing, error }: GitResult): EspalierError | undefined {
  if (missing)
    return new EspalierError('Git is not on the PATH, and espalier needs it to read a revision. Install it.');
  if (error.includes('dubious ownership')) {
    return new EspalierError(
      `Git does not read ${root}, since it belongs to another user. If you trust it, run: git config --global --add safe.directory ${root}`,
    );
  }
  // The mistake is not the revision's.
  return error === '' ? undefined : new EspalierError(`Git cannot read ${root}: ${error}`);
}

function shown(revision: string): string {
  return JSON.stringify(revision);
}
