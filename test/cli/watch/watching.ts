import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { command, repository } from '../../repository';

/** Projects live in the checkout, so that `lib` and tsx are at hand. */
const folder = join(repository, 'build', 'test-watch');
const lib = join(repository, 'lib');

/** Generous: the machine may be busy. What is waited for comes in seconds. */
export const patience = 60_000;

/** A folder with files, in which `espalier synth --watch` runs. */
export class Project {
  readonly cwd: string;

  constructor(name: string, files: Readonly<Record<string, string>>) {
    this.cwd = join(folder, name);
    rmSync(this.cwd, { recursive: true, force: true });
    this.write(files);
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(this.at(path)), { recursive: true });
      writeFileSync(this.at(path), text);
    }
  }

  at(path: string): string {
    return join(this.cwd, path);
  }

  read(path: string): string {
    return readFileSync(this.at(path), 'utf8');
  }

  /** Every file of the tree with its text. */
  tree(): Record<string, string> {
    const entries = readdirSync(this.at('dist'), { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    const paths = entries.map(({ parentPath, name }) => join(parentPath, name).slice(this.cwd.length + 1));
    return Object.fromEntries(paths.sort().map((path) => [path, this.read(path)]));
  }

  /** When each file of the tree was last written, and which file it is. */
  times(): Record<string, string> {
    return Object.fromEntries(
      Object.keys(this.tree()).map((path) => {
        const { mtimeMs, ino } = statSync(this.at(path));
        return [path, `${mtimeMs} ${ino}`];
      }),
    );
  }
}

const running = new Set<Watching>();
afterEach(async () => {
  for (const one of running) await one.kill();
});

/** A running `espalier synth --watch`. */
export class Watching {
  private readonly child: ChildProcess;
  private readonly closed: Promise<number | null>;
  private heard = '';
  private read = 0;
  private waiting: (() => void)[] = [];

  constructor({ cwd }: Project, args: readonly string[] = []) {
    const { NODE_OPTIONS: _, JEST_WORKER_ID: __, NODE_ENV: ___, ...env } = process.env;
    const endsWithThis = ['--require', join(repository, 'test', 'ends-with-parent.cjs')];
    this.child = spawn(process.execPath, [...endsWithThis, command, 'synth', '--watch', ...args], {
      cwd,
      env: { ...env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.heard += text;
        for (const wake of this.waiting) wake();
      });
    }
    this.closed = new Promise((done) => this.child.once('close', done));
    running.add(this);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** What was said since it was last waited for, up to where the pattern ends, with durations written as `N`. */
  async until(pattern: RegExp): Promise<string> {
    const end = Date.now() + patience;
    for (;;) {
      const rest = this.heard.slice(this.read);
      const match = pattern.exec(rest);
      if (match) {
        const length = match.index + match[0].length;
        this.read += length;
        return rest.slice(0, length).replace(/[\d.]+ (m?s)\b/g, 'N $1');
      }
      if (Date.now() > end || this.child.exitCode !== null) throw new Error(`${pattern} did not come:\n${this.heard}`);
      await new Promise<void>((done) => {
        const timer = setTimeout(done, 1000);
        this.waiting.push(() => {
          clearTimeout(timer);
          done();
        });
      });
      this.waiting = [];
    }
  }

  /** Ends it as Ctrl-C does. @returns its exit code */
  async end(signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
    this.child.kill(signal);
    running.delete(this);
    return this.closed;
  }

  async kill(): Promise<void> {
    running.delete(this);
    this.child.kill('SIGTERM');
    await this.closed;
  }
}

/** A main.ts with an app a file. */
export function mainWith(apps: readonly string[], body = ''): string {
  return `import { App, Cluster, ExternalSecrets, VaultStore } from ${JSON.stringify(lib)};
${apps.map((app) => `import { ${app} } from './apps/${app}';`).join('\n')}
const app = new App();
const home = new Cluster(app, 'home', { organisation: 'acme', environment: 'prod' });
const operator = new ExternalSecrets(home, { version: '2.9.0' });
const vault = new VaultStore(home, 'vault', { operator, server: 'http://vault.vault.svc:8200' });
${apps.map((app) => `${app}(home, { vault });`).join('\n')}
${body}
app.synth();
`;
}

/** An app with one ConfigMap and one ExternalSecret. */
export function appNamed(name: string, level: string, body = ''): string {
  return `import { ApiObject } from 'cdk8s';
import { Application, type Cluster, ConfigMap, ExternalSecret, PushSecret, Secret, type VaultStore } from ${JSON.stringify(lib)};
export function ${name}(cluster: Cluster, { vault }: { vault: VaultStore }): void {
  const { directory } = new Application(cluster, '${name}');
  new ConfigMap(directory, 'settings', { name: '${name}-settings', data: { LEVEL: '${level}' } });
  new ExternalSecret(directory, 'secret', { name: '${name}-secret', store: vault, extract: vault.app('${name}', 'app'), required: ['TOKEN'] });
${body}
}
`;
}

/** Where an app's ConfigMap lies. */
export function settingsOf(name: string): string {
  return `dist/kubernetes/apps/${name}/${name}/app/settings.yaml`;
}
