import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { runChecks } from '../../checks/run';
import { EspalierError } from '../../errors';
import { ownershipFile } from '../../tree/ownership';
import { codeOf } from '../../tree/read';
import { readRegular } from '../../tree/regular';
import { gitTop } from '../../tree/source/folder';
import { git } from '../../tree/source/git-process';
import { realPath, slashes } from '../../tree/source/seen-from';
import { Progress } from '../progress';
import { readGraph, readSettings } from '../read-graph';
import { renovateFile } from '../renovate-file';
import { type Forge, forgeOf } from './forge';
import { clusterId, type Layout, layoutOf } from './layout';
import { type PackageManager, packageManagerOf } from './package-managers';

/** What a folder tells before anybody is asked. */
export interface Facts {
  /** The folder that main.ts comes into. */
  readonly folder: string;
  /** The top of the repository, or that folder where it lies in none. */
  readonly top: string;
  readonly isGit: boolean;
  /** The way from the top to the folder; '' for the top itself. */
  readonly below: string;
  /** The branch that Flux follows, as far as anything says so. */
  readonly branch: string;
  readonly forge: Forge | undefined;
  readonly manager: PackageManager;
  /** Whether Espalier has written dist/ here. */
  readonly made: boolean;
  /** What Flux has in the folder; undefined for nothing, and where Espalier has written dist/. */
  readonly layout: Layout | undefined;
  /** How many errors `espalier check` finds in that. */
  readonly errors: number;
  /** What the cluster of a folder without Flux is called. */
  readonly name: string;
  /** Renovate's configuration, from the top. */
  readonly renovate: string | undefined;
}

/** @throws EspalierError for a folder that is no project */
export async function readFacts(folder: string): Promise<Facts> {
  refuseNoProject(folder);
  const found = gitTop(folder);
  const top = found ?? folder;
  const below = slashes(relative(top, folder));
  const exists = (path: string) => existsSync(join(top, path));
  const made = existsSync(join(folder, 'dist', ownershipFile));
  const { layout, errors } = made ? { layout: undefined, errors: 0 } : await readLayout(folder);
  const remotes = found === undefined ? [] : remotesOf(top);
  return {
    folder,
    top,
    isGit: found !== undefined,
    below,
    branch: layout?.branch ?? (found === undefined ? undefined : branchOf(top)) ?? 'main',
    forge: forgeOf([...remotes, ...(layout?.urls ?? [])], exists),
    manager: packageManagerOf(saidManager(folder) ?? saidManager(top), (name) => {
      return existsSync(join(folder, name)) || exists(name);
    }),
    made,
    layout,
    errors,
    name: clusterId(basename(folder)),
    renovate: renovateFile(top),
  };
}

/** @throws EspalierError for the root of a file system, and for a home */
function refuseNoProject(folder: string): void {
  const what = dirname(folder) === folder ? 'the root of the file system' : undefined;
  const wrong = what ?? (folder === realPath(homedir()) ? 'your home directory' : undefined);
  if (wrong === undefined) return;
  throw new EspalierError(
    `${folder} is ${wrong}; espalier init writes to the folder that it runs in. Change to that of a repository, or make one: git init clusters`,
  );
}

/** What Flux has in a folder, as check reads it. */
async function readLayout(folder: string): Promise<{ layout: Layout | undefined; errors: number }> {
  const settings = await readSettings({});
  return Progress.during(async (progress) => {
    const graph = await readGraph({ path: folder, rev: undefined, mayBeEmpty: true }, settings, progress);
    const layout = layoutOf(graph);
    if (layout === undefined) return { layout, errors: 0 };
    progress.say('checking');
    const { findings } = runChecks(graph, { checks: settings.checks, severities: settings.severities });
    return { layout, errors: findings.filter(({ severity }) => severity === 'error').length };
  });
}

/** The addresses of the remotes, that of origin first. They may hold credentials: nobody prints them. */
function remotesOf(top: string): string[] {
  const names = lines(top, ['remote']).sort((a, b) => Number(b === 'origin') - Number(a === 'origin'));
  return names.flatMap((name) => lines(top, ['remote', 'get-url', '--', name]));
}

/** The main branch, as the remote says, else the one that is checked out. */
function branchOf(top: string): string | undefined {
  const [remote] = lines(top, ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD']);
  return remote?.replace(/^origin\//, '') ?? lines(top, ['symbolic-ref', '--quiet', '--short', 'HEAD'])[0];
}

function lines(top: string, args: readonly string[]): string[] {
  const text = git(top, args).output?.toString('utf8') ?? '';
  return text.split('\n').filter((line) => line !== '');
}

/** `packageManager` of package.json; what that cannot say is told when the file is added to. */
function saidManager(folder: string): unknown {
  try {
    return (JSON.parse(readText(join(folder, 'package.json')) ?? '{}') as { packageManager?: unknown }).packageManager;
  } catch {
    return undefined;
  }
}

/**
 * A file's text; undefined where there is none.
 *
 * @throws EspalierError for what is no file, or a link, which may lead anywhere
 */
export function readText(path: string): string | undefined {
  try {
    return readRegular(path).toString('utf8');
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return undefined;
    const what =
      code === 'ELOOP' ? 'is a symbolic link' : code === 'EINVAL' ? 'is no file' : `cannot be read (${code ?? error})`;
    throw new EspalierError(`${path} ${what}. Move it away, or put a file in its place; nothing was written.`);
  }
}
