import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** The folder with etcd and kube-apiserver, by the convention of controller-runtime's envtest; undefined for none. */
export function assets(): string | undefined {
  const folder = process.env.KUBEBUILDER_ASSETS;
  return folder !== undefined && ['etcd', 'kube-apiserver'].every((name) => existsSync(join(folder, name)))
    ? folder
    : undefined;
}

export interface Verdict {
  /** Whether the API server refuses the object; undefined for a kind that it does not have. */
  readonly refused: boolean | undefined;
  readonly message: string;
  /** What it makes of one that it takes. */
  readonly object?: Readonly<Record<string, unknown>> | undefined;
}

interface Answer {
  readonly status: number;
  readonly body: { readonly message?: string; readonly [key: string]: unknown };
}

/** An API server of its own on loopback, with etcd behind it. */
export class ApiServer {
  private readonly token = randomUUID();
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 8, rejectUnauthorized: false });
  private readonly processes: ChildProcess[] = [];
  private port = 0;
  private kinds = new Map<string, { readonly path: string; readonly plural: string; readonly namespaced: boolean }>();

  /** Starts both, and waits until the API server is ready. */
  static async start(bin: string, folder: string): Promise<ApiServer> {
    const server = new ApiServer();
    mkdirSync(folder, { recursive: true });
    const [client, peer, port] = await Promise.all([freePort(), freePort(), freePort()]);
    const etcd = `http://127.0.0.1:${client}`;
    const peers = `http://127.0.0.1:${peer}`;
    server.port = port;
    const key = join(folder, 'accounts.key');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(key, privateKey.export({ type: 'pkcs1', format: 'pem' }));
    writeFileSync(join(folder, 'tokens.csv'), `${server.token},judge,judge,"system:masters"\n`);
    try {
      server.run(join(bin, 'etcd'), folder, {
        'data-dir': join(folder, 'data'),
        'listen-client-urls': etcd,
        'advertise-client-urls': etcd,
        'listen-peer-urls': peers,
        'initial-advertise-peer-urls': peers,
        'initial-cluster': `default=${peers}`,
        'unsafe-no-fsync': 'true',
      });
      server.run(join(bin, 'kube-apiserver'), folder, {
        'etcd-servers': etcd,
        'bind-address': '127.0.0.1',
        'advertise-address': '127.0.0.1',
        'secure-port': String(port),
        'cert-dir': folder,
        'token-auth-file': join(folder, 'tokens.csv'),
        'authorization-mode': 'RBAC',
        'allow-privileged': 'true',
        'service-cluster-ip-range': '10.0.0.0/16',
        // No controller makes the ServiceAccount that it asks for.
        'disable-admission-plugins': 'ServiceAccount',
        'service-account-issuer': 'https://127.0.0.1',
        'service-account-key-file': key,
        'service-account-signing-key-file': key,
        'endpoint-reconciler-type': 'none',
      });
      await server.until('is ready', async () => (await server.call('GET', '/readyz')).status === 200);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /** Ends both: etcd after the server that writes to it. */
  async stop(): Promise<void> {
    this.agent.destroy();
    for (const child of this.processes.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      const hard = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(hard);
    }
  }

  /** Waits until the definitions are served, and learns which kinds there are. */
  async define(definitions: readonly Record<string, unknown>[]): Promise<void> {
    await this.learnKinds();
    for (const definition of definitions) {
      const { refused, message } = await this.apply(definition);
      if (refused !== false) throw new Error(message);
    }
    await this.until('serves the definitions', async () => {
      const { body } = await this.call('GET', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions');
      const items = body.items as { status?: { conditions?: { type: string; status: string }[] } }[];
      return items.every(({ status }) =>
        status?.conditions?.some(({ type, status }) => type === 'Established' && status === 'True'),
      );
    });
    await this.learnKinds();
  }

  /** What the server says of a server-side apply as kustomize-controller sends it; of a dry run, it keeps nothing. */
  async apply(object: Record<string, unknown>, { dryRun = false } = {}): Promise<Verdict> {
    const kind = this.kinds.get(`${object.apiVersion} ${object.kind}`);
    if (kind === undefined) return { refused: undefined, message: 'no such kind' };
    const { name, namespace = 'default' } = (object.metadata ?? {}) as { name?: unknown; namespace?: unknown };
    // What client-go asks of a name before it sends anything.
    if (typeof name !== 'string' || name === '' || name === '.' || name === '..' || /[/%]/.test(name)) {
      return { refused: true, message: 'metadata.name: not a name of a resource' };
    }
    const within = kind.namespaced ? `/namespaces/${encodeURIComponent(String(namespace))}` : '';
    const query = `fieldManager=kustomize-controller&force=true${dryRun ? '&dryRun=All' : ''}`;
    const path = `${kind.path}${within}/${kind.plural}/${encodeURIComponent(name)}?${query}`;
    const { status, body } = await this.call('PATCH', path, object);
    if (status === 429 || status > 500) throw new Error(`${status} ${body.message}`);
    return status >= 300
      ? { refused: true, message: String(body.message) }
      : { refused: false, message: '', object: body };
  }

  private run(program: string, folder: string, flags: Record<string, string>): void {
    const log = openSync(join(folder, `${program.split('/').at(-1)}.log`), 'a');
    const args = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
    const child = spawn(program, args, { stdio: ['ignore', log, log], cwd: folder });
    // Whatever becomes of the tests, they leave nothing behind that runs.
    process.once('exit', () => child.kill('SIGKILL'));
    this.processes.push(child);
  }

  private async learnKinds(): Promise<void> {
    const { body } = await this.call('GET', '/apis');
    const groups = body.groups as { versions: { groupVersion: string }[] }[];
    const versions = ['v1', ...groups.flatMap(({ versions }) => versions.map(({ groupVersion }) => groupVersion))];
    for (const version of versions) {
      const path = version === 'v1' ? '/api/v1' : `/apis/${version}`;
      const { resources } = (await this.call('GET', path)).body as unknown as {
        resources?: { name: string; kind: string; namespaced: boolean; verbs: string[] }[];
      };
      for (const { name, kind, namespaced, verbs } of resources ?? []) {
        if (name.includes('/') || !verbs.includes('patch')) continue;
        this.kinds.set(`${version} ${kind}`, { path, plural: name, namespaced });
      }
    }
  }

  private async until(what: string, holds: () => Promise<boolean>): Promise<void> {
    for (const end = Date.now() + 60_000; Date.now() < end; ) {
      if (await holds().catch(() => false)) return;
      if (this.processes.some(({ exitCode }) => exitCode !== null)) break;
      await new Promise((done) => setTimeout(done, 200));
    }
    throw new Error(`no API server that ${what} within a minute; its logs lie beside its data`);
  }

  private call(method: string, path: string, body?: unknown): Promise<Answer> {
    const headers = {
      authorization: `Bearer ${this.token}`,
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/apply-patch+yaml' }),
    };
    return new Promise((done, fail) => {
      const sent = request(
        { agent: this.agent, host: '127.0.0.1', port: this.port, method, path, headers },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (part) => {
            text += part;
          });
          answer.on('end', () => {
            const json = answer.headers['content-type']?.startsWith('application/json') === true;
            done({ status: answer.statusCode ?? 0, body: json ? JSON.parse(text) : { message: text } });
          });
        },
      );
      sent.on('error', fail);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}
