import { accessSync, constants, statSync } from 'node:fs';
import { availableParallelism, devNull } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { inPrivateFolder, type Limits, runBounded } from './bounded-process';
import type { Closed } from './chart';
import type { Engine, TemplateRequest } from './engine';
import { sha256 } from './pack';
import { makeQueue } from './queue';
import type { Store } from './store';

/** The oldest that can leave schemas alone (`--skip-schema-validation`, helm v3.16 cmd/helm/install.go). */
const oldest = { major: 3, minor: 16 };

const howToGetIt = 'Install Helm 3.16 or newer, so that `helm` is on the PATH (https://helm.sh/docs/intro/install/).';

const GiB = 1024 ** 3;

/** What a chart may take; those that people use take a hundredth of it. Go's runtime asks for 1.3 GB before it begins. */
const ample: Limits = { time: 60_000, output: GiB / 32, addresses: 3 * GiB, processor: 240 };

/**
 * The `helm` of the PATH. A second run does not start it to learn its version.
 *
 * @param path where it is looked for; entries that are not absolute are passed over: nothing of the tree is run
 */
export async function findHelm(
  store: Store,
  path = process.env.PATH ?? '',
  limits: Limits = ample,
): Promise<Engine | Closed> {
  const file = fileOnPath('helm', path);
  if (file === undefined) return { type: 'closed', why: '`helm` is not on the PATH', fix: howToGetIt };
  const { size, mtimeMs } = statSync(file);
  const key = `helm-version-${sha256(JSON.stringify([file, size, mtimeMs])).slice('sha256:'.length)}`;
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
  return {
    id: `helm ${version}`,
    template: (request) =>
      queue(() =>
        inPrivateFolder((folder) =>
          // The values are in no file: who is interrupted leaves none behind.
          runBounded(file, argumentsOf(request), isolated(folder), limits, request.values),
        ),
      ),
  };
}

/** A program of the PATH, but of no folder that is relative to the working directory. */
export function fileOnPath(program: string, path = process.env.PATH ?? ''): string | undefined {
  const name = process.platform === 'win32' ? `${program}.exe` : program;
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
  const result = await inPrivateFolder((folder) =>
    runBounded(file, ['version', '--template', '{{.Version}}'], isolated(folder), ample),
  );
  return result.type === 'output' ? result.text.trim() : '';
}

function argumentsOf({ archive, release, kubeVersion, apiVersions, schema }: TemplateRequest): readonly string[] {
  const args = ['template', '--namespace', release.namespace, '--kube-version', kubeVersion, '--include-crds'];
  // The most that Linux takes as one argument is 128 KiB.
  const each = 500;
  for (let i = 0; i < apiVersions.length; i += each) args.push('--api-versions', apiVersions.slice(i, i + each).join());
  if (!schema) args.push('--skip-schema-validation');
  return [...args, '--values', '-', '--', release.name, archive];
}

/**
 * Of the user's own configuration, plugins, credentials and clusters helm knows nothing, and what it asks of the network goes to a
 * proxy that is not there.
 */
function isolated(folder: string): { readonly cwd: string; readonly env: NodeJS.ProcessEnv } {
  const nowhere = 'http://127.0.0.1:9';
  const env = {
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
    // A process that lives for a tenth of a second need not collect much.
    GOGC: '400',
    // Where the system does not count what is asked for, the runtime at least collects before it grows.
    GOMEMLIMIT: String(GiB),
    LC_ALL: 'C',
  };
  return { cwd: folder, env };
}
