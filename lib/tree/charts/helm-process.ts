import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, devNull, tmpdir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { messageOf } from '../read';
import type { Closed } from './chart';
import { type Engine, engineLimits, type Templated, type TemplateRequest } from './engine';
import { sha256 } from './pack';
import { makeQueue } from './queue';
import type { Store } from './store';

/** The oldest that can leave schemas alone (`--skip-schema-validation`, helm v3.16 cmd/helm/install.go). */
const oldest = { major: 3, minor: 16 };

const howToGetIt = 'Install Helm 3.16 or newer, so that `helm` is on the PATH (https://helm.sh/docs/intro/install/).';

/**
 * The `helm` of the PATH. A second run does not start it to learn its version.
 *
 * @param path where it is looked for; entries that are not absolute are passed over: nothing of the tree is run
 */
export async function findHelm(store: Store, path = process.env.PATH ?? ''): Promise<Engine | Closed> {
  const file = fileOnPath(path);
  if (file === undefined) return { type: 'closed', why: '`helm` is not on the PATH', fix: howToGetIt };
  const { size, mtimeMs } = statSync(file);
  const key = `helm-version-${sha256(JSON.stringify([file, size, mtimeMs])).slice(7)}`;
  const known = await store.read(key);
  const version = known ?? (await versionOf(file));
  const { major, minor } = /^v?(?<major>\d+)\.(?<minor>\d+)/.exec(version)?.groups ?? {};
  if (major === undefined) {
    return { type: 'closed', why: '`helm version` does not say which version it is', fix: howToGetIt };
  }
  if (known === undefined) await store.write(key, version);
  const newer = Number(major) - oldest.major || Number(minor) - oldest.minor;
  if (newer < 0) return { type: 'closed', why: `helm ${version} is older than 3.16`, fix: howToGetIt };
  const queue = makeQueue(availableParallelism());
  return { id: `helm ${version}`, template: (request) => queue(() => template(file, request)) };
}

function fileOnPath(path: string): string | undefined {
  const name = process.platform === 'win32' ? 'helm.exe' : 'helm';
  return path
    .split(delimiter)
    .filter(isAbsolute)
    .map((folder) => join(folder, name))
    .find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

async function versionOf(file: string): Promise<string> {
  const result = await inPrivateFolder((folder) => run(file, ['version', '--template', '{{.Version}}'], folder));
  return result.type === 'output' ? result.text.trim() : '';
}

function template(file: string, request: TemplateRequest): Promise<Templated | Closed> {
  return inPrivateFolder(async (folder) => {
    const values = join(folder, 'values.json');
    writeFileSync(values, request.values, { mode: 0o600 });
    return run(
      file,
      [...argumentsOf(request), '--values', values, '--', request.release.name, request.archive],
      folder,
    );
  });
}

function argumentsOf({ release, kubeVersion, apiVersions, schema }: TemplateRequest): string[] {
  const args = ['template', '--namespace', release.namespace, '--kube-version', kubeVersion, '--include-crds'];
  // The most that Linux takes as one argument is 128 KiB.
  const each = 500;
  for (let i = 0; i < apiVersions.length; i += each) args.push('--api-versions', apiVersions.slice(i, i + each).join());
  if (!schema) args.push('--skip-schema-validation');
  return args;
}

/** A folder that nobody else can read, and that is gone afterwards. */
async function inPrivateFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'espalier-helm-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Runs helm within bounds: of the user's own configuration, plugins, credentials and clusters it knows nothing, and what it asks of
 * the network goes to a proxy that is not there.
 */
function run(file: string, args: readonly string[], folder: string): Promise<Templated | Closed> {
  return new Promise((resolve) => {
    const child = start(file, args, folder);
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    let size = 0;
    let exceeded: Closed | undefined;
    const end = (why: string) => {
      exceeded ??= { type: 'closed', why, fix: 'Render the chart with `helm template` to see what it makes.' };
      child.kill('SIGKILL');
    };
    const seconds = engineLimits.time / 1000;
    const timer = setTimeout(() => end(`helm took longer than ${seconds} s to render the chart`), engineLimits.time);
    child.stdout?.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= engineLimits.output) output.push(part);
      else end(`the chart makes more than ${engineLimits.output / 1024 ** 2} MiB`);
    });
    child.stderr?.on('data', (part: Buffer) => {
      if (errors.length < 100) errors.push(part);
    });
    const done = (result: Templated | Closed) => {
      clearTimeout(timer);
      resolve(exceeded ?? result);
    };
    child.on('error', (error) =>
      done({ type: 'closed', why: `helm cannot be run: ${messageOf(error)}`, fix: howToGetIt }),
    );
    child.on('close', (code, signal) => {
      const message = Buffer.concat(errors).toString('utf8');
      if (code === 0) return done({ type: 'output', text: Buffer.concat(output).toString('utf8') });
      if (signal !== null || isOutOfMemory(message)) {
        return done({ type: 'closed', why: 'helm needs more memory or time for the chart than it is given' });
      }
      return done({ type: 'failed', message });
    });
  });
}

/** What Go's runtime says before it ends; to Helm's own messages they are foreign. */
function isOutOfMemory(message: string): boolean {
  return /^(?:fatal error|runtime): |^SIG[A-Z]+: /m.test(message);
}

/** A shell lays the bounds on that only a system has, and becomes helm. Windows has none of them. */
function start(file: string, args: readonly string[], folder: string): ChildProcess {
  const options: SpawnOptions = {
    cwd: folder,
    env: environment(folder),
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  };
  if (process.platform === 'win32') return spawn(file, args, options);
  const { addresses, processor } = engineLimits;
  const limits = [`-v ${addresses / 1024}`, `-t ${processor}`, '-c 0'].map((each) => `ulimit ${each} 2>/dev/null`);
  return spawn('/bin/sh', ['-c', [...limits, 'exec "$0" "$@"'].join('; '), file, ...args], options);
}

function environment(folder: string): NodeJS.ProcessEnv {
  const nowhere = 'http://127.0.0.1:9';
  return {
    ...(process.platform === 'win32' && { SystemRoot: process.env.SystemRoot }),
    HOME: folder,
    USERPROFILE: folder,
    TMPDIR: folder,
    TEMP: folder,
    HELM_CACHE_HOME: join(folder, 'cache'),
    HELM_CONFIG_HOME: join(folder, 'config'),
    HELM_DATA_HOME: join(folder, 'data'),
    HELM_PLUGINS: join(folder, 'plugins'),
    HELM_NO_PLUGINS: '1',
    KUBECONFIG: devNull,
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
    // As many run at once as there are cores.
    GOMAXPROCS: '2',
    GOMEMLIMIT: String(engineLimits.memory),
    LC_ALL: 'C',
  };
}
