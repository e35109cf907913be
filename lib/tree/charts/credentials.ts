import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { at, listAt, textAt } from '../../json/read';
import { lazy } from '../../text/memoize';
import { parseFile } from '../source/parse';
import type { Certificates } from './http';

/** Who asks. */
export interface Login {
  readonly username: string;
  readonly password: string;
  /** A token in place of the password, for which the registry gives others (OAuth 2). */
  readonly refreshToken?: string;
}

/** How a chart repository is asked, as `helm repo add` was told. */
export interface RepositoryLogin {
  readonly login?: Login;
  /** Whether other hosts that the index names are told the login, too. */
  readonly everywhere: boolean;
  readonly certificates?: Certificates;
}

/** The logins of this machine's user. Those that a tree holds in Secrets are no concern of a command that reads the tree. */
export interface Credentials {
  registry(host: string): Promise<Login | undefined>;
  repository(url: string): RepositoryLogin;
}

/**
 * Credentials where Helm has them: `registry/config.json` and `repositories.yaml` of its configuration
 * (helm v4.2 pkg/cli/environment.go, pkg/helmpath), and Docker's `config.json`, which Helm falls back to.
 */
export function credentialsOf(env: NodeJS.ProcessEnv = process.env, platform = process.platform): Credentials {
  const helm = env.HELM_CONFIG_HOME || join(configFolder(env, platform), 'helm');
  const registryFiles = lazy(() => {
    const docker = env.DOCKER_CONFIG || join(homedir(), '.docker');
    return [env.HELM_REGISTRY_CONFIG || join(helm, 'registry', 'config.json'), join(docker, 'config.json')].map(
      readJson,
    );
  });
  const repositories = lazy(() => readYaml(env.HELM_REPOSITORY_CONFIG || join(helm, 'repositories.yaml')));
  return {
    registry: async (host) => {
      for (const config of registryFiles()) {
        const login = await registryLogin(config, host, env);
        if (login !== undefined) return login;
      }
      return undefined;
    },
    repository: (url) => repositoryLogin(repositories(), url),
  };
}

function configFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (env.XDG_CONFIG_HOME) return env.XDG_CONFIG_HOME;
  if (platform === 'win32') return env.APPDATA || join(homedir(), 'AppData', 'Roaming');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Preferences');
  return join(homedir(), '.config');
}

/** Docker Hub has several names; its login stands under the oldest. */
const hubHosts = ['registry-1.docker.io', 'index.docker.io', 'docker.io'];
const hubKey = 'https://index.docker.io/v1/';

/** (https://docs.docker.com/reference/cli/docker/login/: auths, credsStore, credHelpers) */
async function registryLogin(config: JsonObject, host: string, env: NodeJS.ProcessEnv): Promise<Login | undefined> {
  const names = hubHosts.includes(host) ? hubHosts : [host];
  const of = (entries: Json | undefined) =>
    Object.entries(isJsonObject(entries) ? entries : {}).find(([key]) => names.includes(hostIn(key)))?.[1];
  const helper = of(config.credHelpers) ?? config.credsStore;
  const asked = typeof helper === 'string' && (await askHelper(helper, names === hubHosts ? hubKey : host, env));
  return asked || ofAuth(of(config.auths));
}

/** `ghcr.io`, also of `https://ghcr.io/v2/`, as Docker once wrote it. */
function hostIn(key: string): string {
  return key.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
}

function ofAuth(entry: Json | undefined): Login | undefined {
  const [, username, password] = /^([^:]*):(.*)$/s.exec(decode(textAt(entry, 'auth') ?? '')) ?? [];
  const refreshToken = textAt(entry, 'identitytoken');
  if (refreshToken) return { username: username ?? '', password: '', refreshToken };
  if (username) return { username, password: password ?? '' };
  const named = textAt(entry, 'username');
  return named ? { username: named, password: textAt(entry, 'password') ?? '' } : undefined;
}

function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8').replace(/\0+$/, '');
}

/** Asks a program of the user's configuration, as Docker does (https://github.com/docker/docker-credential-helpers). */
function askHelper(name: string, host: string, env: NodeJS.ProcessEnv): Promise<Login | undefined> {
  if (!/^[\w.-]+$/.test(name)) return Promise.resolve(undefined);
  return new Promise((done) => {
    const child = execFile(
      `docker-credential-${name}`,
      ['get'],
      // Not where the tree lies, in which Windows would look for the program first.
      { cwd: homedir(), env, timeout: 30_000, maxBuffer: 1_000_000, windowsHide: true },
      (error, output) => {
        const found = error === null ? parseJson(output) : {};
        const [username, secret] = [textAt(found, 'Username'), textAt(found, 'Secret')];
        if (username === undefined || secret === undefined) return done(undefined);
        done(
          username === '<token>'
            ? { username: '', password: '', refreshToken: secret }
            : { username, password: secret },
        );
      },
    );
    // What could not be started takes nothing in.
    child.stdin?.on('error', () => {});
    child.stdin?.end(host);
  });
}

function repositoryLogin(config: JsonObject, url: string): RepositoryLogin {
  const plain = (text: string | undefined) => text?.replace(/\/+$/, '');
  const entry = listAt(config, 'repositories').find((each) => plain(textAt(each, 'url')) === plain(url));
  if (entry === undefined) return { everywhere: false };
  const [username, password] = [textAt(entry, 'username'), textAt(entry, 'password')];
  const certificates = {
    ...pem('ca', textAt(entry, 'caFile')),
    ...pem('cert', textAt(entry, 'certFile')),
    ...pem('key', textAt(entry, 'keyFile')),
  };
  return {
    ...(username && password !== undefined ? { login: { username, password } } : {}),
    everywhere: at(entry, 'pass_credentials_all') === true,
    ...(Object.keys(certificates).length === 0 ? {} : { certificates }),
  };
}

function pem(key: keyof Certificates, file: string | undefined): Certificates {
  const text = file ? readText(file) : undefined;
  return text === undefined ? {} : { [key]: text };
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Nobody needs to have logged in.
    return undefined;
  }
}

function readJson(file: string): JsonObject {
  return parseJson(readText(file) ?? '');
}

function parseJson(text: string): JsonObject {
  try {
    const value = JSON.parse(text) as Json;
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}

function readYaml(file: string): JsonObject {
  const value = parseFile('', readText(file) ?? '').documents[0]?.value;
  return isJsonObject(value) ? value : {};
}
