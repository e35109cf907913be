import { execFile, spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { codeOf } from '../read';

/** A program that builds kustomizations. */
export interface Program {
  readonly command: string;
  readonly arguments: readonly string[];
}

/** What a run of it yields: what it printed, what it complains of, or why there is neither. */
export type Run = { readonly printed: string } | { readonly complaint: string } | { readonly prevented: string };

/** Files from beside the kustomization are allowed, as Flux allows them (fluxcd/pkg kustomize, Build). */
const anywhere = ['--load-restrictor', 'LoadRestrictionsNone'];

/** kustomize or, failing that, kubectl: where the PATH has one. A PATH's relative folders, which a tree could fill, do not count. */
export function findProgram(path = process.env.PATH ?? ''): Program | undefined {
  const folders = path.split(delimiter).filter(isAbsolute);
  for (const [name, ...given] of [
    ['kustomize', 'build', ...anywhere],
    ['kubectl', 'kustomize', ...anywhere],
  ] as const) {
    const file = process.platform === 'win32' ? `${name}.exe` : name;
    const command = folders.map((folder) => join(folder, file)).find(isProgram);
    if (command !== undefined) return { command, arguments: given };
  }
  return undefined;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

const timeout = 30_000;
const maxBuffer = 64 * 2 ** 20;

/** Builds a folder that lies on disk, and waits for it. */
export function run(program: Program, folder: string): Run {
  const { status, stdout, stderr, error } = spawnSync(program.command, [...program.arguments, folder], options(folder));
  return error === undefined && status === 0 ? { printed: stdout } : failure(status, stderr, codeOf(error));
}

/** Builds a folder that lies on disk, while others go on. */
export function runBeside(program: Program, folder: string): Promise<Run> {
  return new Promise((done) => {
    const child = execFile(
      program.command,
      [...program.arguments, folder],
      options(folder),
      (error, stdout, stderr) => {
        if (error === null) return done({ printed: stdout });
        const code = typeof error.code === 'number' ? error.code : null;
        done(failure(code, stderr, error.killed ? 'ETIMEDOUT' : code === null ? codeOf(error) : undefined));
      },
    );
    child.stdin?.end();
  });
}

function options(folder: string) {
  return {
    encoding: 'utf8',
    cwd: folder,
    timeout,
    maxBuffer,
    killSignal: 'SIGKILL',
    windowsHide: true,
    // No PATH: no git to clone with, no helm. No proxy that answers: nothing is fetched.
    env: { PATH: '', HOME: folder, TMPDIR: folder, HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere, NO_PROXY: '' },
  } as const;
}
const nowhere = 'http://127.0.0.1:9';

function failure(status: number | null, stderr: string, code: string | undefined): Run {
  if (code === 'ETIMEDOUT') return { prevented: `it took longer than ${timeout / 1000} s` };
  if (code === 'ENOBUFS' || code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return { prevented: 'it printed too much' };
  if (status === null) return { prevented: code ?? 'it was stopped' };
  return { complaint: stderr };
}
