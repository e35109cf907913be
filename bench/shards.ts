import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/*
 * A fleet in shards: `node --import tsx bench/shards.ts [CLUSTERS] [APPS]`. Each cluster's check and diff in a process of its own, one
 * after the other, then both merged; and the same of the whole tree in one process.
 */
const [clusters = 200, apps = 20] = process.argv.slice(2).map(Number);
const bin = resolve(__dirname, '..', 'scripts', 'espalier.mjs');
const root = mkdtempSync(join(tmpdir(), 'espalier-shards-'));

const metadata = (name: string, namespace: string) => `metadata: { name: ${name}, namespace: ${namespace} }`;
const kustomization = (name: string, path: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
${metadata(name, 'flux-system')}
spec: { interval: 1h, retryInterval: 2m, path: ${path}, prune: true, wait: true, sourceRef: { kind: GitRepository, name: flux-system } }
`;
const app = (name: string, image: string) => `apiVersion: v1
kind: ConfigMap
${metadata(name, 'default')}
data: { LEVEL: info }
---
apiVersion: apps/v1
kind: Deployment
${metadata(name, 'default')}
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
        - { name: app, image: 'ghcr.io/acme/${name}:${image}', envFrom: [{ configMapRef: { name: ${name} } }] }
`;

/** @param image of the first app of every cluster */
function writeFleet(side: string, image: string): void {
  for (let cluster = 0; cluster < clusters; cluster += 1) {
    const folder = `clusters/store-${cluster}`;
    const write = (path: string, text: string) => {
      const file = join(root, side, folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    };
    for (let i = 0; i < apps; i += 1) {
      write(`flux/app-${i}.yaml`, kustomization(`app-${i}`, `./${folder}/apps/app-${i}`));
      write(`apps/app-${i}/app.yaml`, app(`app-${i}`, i === 0 ? image : '1.0.0'));
    }
  }
}

/** The seconds that a run takes, and what it prints. */
function timed(...args: string[]): { readonly seconds: number; readonly stdout: string } {
  const begun = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (status !== 0) throw new Error(`${args.join(' ')}: ${status}\n${stderr}`);
  return { seconds: Number(process.hrtime.bigint() - begun) / 1e9, stdout };
}

function say(what: string, seconds: number): void {
  process.stdout.write(`${what.padEnd(40)} ${seconds.toFixed(2)} s\n`);
}

try {
  writeFleet('before', '1.0.0');
  writeFleet('after', '1.0.1');
  const listed = timed('clusters', 'after', '--format', 'json');
  say(`clusters: ${clusters} of ${apps} apps`, listed.seconds);
  const jobs = (JSON.parse(listed.stdout) as { clusters: { cluster: string; path: string }[] }).clusters;
  for (const command of ['check', 'diff'] as const) {
    let longest = 0;
    let sum = 0;
    const files = jobs.map(({ cluster, path }) => {
      const given = command === 'check' ? [path] : [`./${path.replace(/^after/, 'before')}`, `./${path}`];
      const { seconds, stdout } = timed(command, ...given, '--cluster', cluster, '--format', 'json');
      longest = Math.max(longest, seconds);
      sum += seconds;
      const file = join(root, `${command}-${cluster}.json`);
      writeFileSync(file, stdout);
      return file;
    });
    say(`${command}, a shard (mean)`, sum / jobs.length);
    say(`${command}, the longest shard`, longest);
    const merged = timed('report', 'merge', ...files, '--format', 'markdown');
    say(`report merge of ${command}: ${merged.stdout.length} characters`, merged.seconds);
    const whole = command === 'check' ? ['check', 'after'] : ['diff', './before', './after'];
    say(`${command} of all in one process`, timed(...whole, '--format', 'markdown').seconds);
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
