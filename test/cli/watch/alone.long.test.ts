import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject } from 'cdk8s';
import fc from 'fast-check';
import { targetsOf } from '../../../lib/cli/targets';
import { changeAlone } from '../../../lib/cli/watch/alone';
import { composed, type Recording, record } from '../../../lib/cli/watch/record';
import { Unproven } from '../../../lib/cli/watch/unproven';
import type { Synthesized } from '../../../lib/constructs/synthesis';
import {
  App,
  Application,
  type AppProps,
  Cluster,
  ConfigMap,
  ExternalSecret,
  ExternalSecrets,
  VaultStore,
} from '../../../lib/index';
import { writeTree } from '../../../lib/tree';
import { temporaryFolder } from '../../repository';

const outdir = join(temporaryFolder(), 'dist');
const options = {
  targetsOf: (apps: readonly Synthesized[]) =>
    targetsOf(apps, {
      file: 'main.ts',
      output: outdir,
      config: { config: {}, folder: '', name: undefined },
      proofs: undefined,
    }),
};

/** What an app is: its settings, and whether it adds to what all share. */
interface Shop {
  readonly level: string;
  readonly secrets: readonly string[];
  readonly files: readonly string[];
}
interface Given {
  readonly vault: VaultStore;
  readonly host?: unknown;
}
type Add = (cluster: Cluster, given: Given) => void;

/** The function of an app's file: another one whenever the file was loaded again. */
function load(name: string, { level, secrets, files }: Shop): Add {
  return (cluster, { vault, host }) => {
    const { directory } = new Application(cluster, name);
    const data = { LEVEL: level, HOST: JSON.stringify(host) ?? '' };
    new ConfigMap(directory, 'settings', { name: `${name}-settings`, data });
    for (const file of files) new ConfigMap(directory, file, { name: `${name}-${file}`, data: { FILE: file } });
    for (const key of secrets) {
      const extract = vault.app(name, key);
      new ExternalSecret(directory, `${key}-secret`, {
        name: `${name}-${key}`,
        store: vault,
        extract,
        required: [key],
      });
    }
  };
}

interface Main {
  readonly apps: ReadonlyMap<string, Add>;
  readonly hosts?: Readonly<Record<string, unknown>>;
  readonly organisation?: string;
  readonly props?: AppProps;
  readonly body?: (cluster: Cluster) => void;
}

/** main.ts. */
function main({ apps, hosts = {}, organisation = 'acme', props = {}, body }: Main): () => void {
  return () => {
    const app = new App(props);
    const cluster = new Cluster(app, 'home', { organisation, environment: 'prod' });
    const operator = new ExternalSecrets(cluster, { version: '2.9.0' });
    const vault = new VaultStore(cluster, 'vault', { operator, server: 'http://vault.vault.svc:8200' });
    for (const [name, add] of apps) cluster.compose(name, add, { vault, host: hosts[name] });
    body?.(cluster);
    app.synth();
  };
}

const plain: Shop = { level: 'info', secrets: ['app'], files: [] };
const shop = load('shop', plain);
const blog = load('blog', plain);
const apps = new Map([
  ['shop', shop],
  ['blog', blog],
]);

async function change(before: Main, after: Main, more: { maxParts?: number } = {}) {
  return changeAlone(record(main(before)), record(main(after)), { ...options, ...more });
}

/** All that a main.ts yields. */
async function whole(of: Main): Promise<ReadonlyMap<string, string>> {
  const recording: Recording = record(main(of));
  const [target] = await options.targetsOf(composed(recording, recording.parts));
  return target?.files ?? new Map();
}

function onDisk(): Record<string, string> {
  const entries = readdirSync(outdir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name).slice(outdir.length + 1));
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(outdir, path), 'utf8')]));
}

describe('a change of parts alone', () => {
  test('is what it does to the files of these parts', async () => {
    const edited = new Map([...apps, ['shop', load('shop', { ...plain, level: 'debug', files: ['more'] })]]);
    const result = await change({ apps }, { apps: edited });
    expect(result).toMatchObject({ kind: 'alone', parts: ['shop'] });
    const changes = result.kind === 'alone' ? result.folders.flatMap((folder) => folder.changes) : [];
    expect(changes.map(({ path, before, after }) => [path, before !== undefined, after !== undefined])).toEqual([
      ['kubernetes/apps/shop/shop/app/kustomization.yaml', true, true],
      ['kubernetes/apps/shop/shop/app/settings.yaml', true, true],
      ['kubernetes/apps/shop/shop/app/more.yaml', false, true],
    ]);
  });

  test('is known by what a part is given, too', async () => {
    const result = await change({ apps, hosts: { shop: { name: 'a' } } }, { apps, hosts: { shop: { name: 'b' } } });
    expect(result).toMatchObject({ kind: 'alone', parts: ['shop'] });
  });

  const addName = (name: string, extra: string) => (cluster: Cluster) =>
    new ApiObject(new Application(cluster, name).directory, 'x', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: extra },
    });
  const other = load('shop', plain);
  const cases: [string, Main, Main, string][] = [
    [
      'nothing is named',
      { apps: new Map() },
      { apps: new Map() },
      'no cluster.compose() says which parts stand on their own',
    ],
    ['a part is new', { apps: new Map([['shop', shop]]) }, { apps }, 'home/blog is new'],
    ['a part is gone', { apps }, { apps: new Map([['blog', blog]]) }, 'home/shop is gone'],
    [
      'parts come in another order',
      { apps },
      { apps: new Map([...apps].reverse()) },
      'the parts come in another order',
    ],
    [
      'something is made beside the parts',
      { apps },
      { apps, body: addName('more', 'x') },
      'what stands around the parts changed',
    ],
    [
      'something beside the parts is made otherwise',
      { apps, body: addName('more', 'x') },
      { apps, body: addName('more', 'y') },
      'what stands around the parts changed',
    ],
    // Nothing that stands around the parts says it: Vault paths of the parts do.
    [
      'the cluster is of another organisation',
      { apps },
      { apps, organisation: 'ajax' },
      'what stands around the parts changed',
    ],
    [
      'the app is set up otherwise',
      { apps },
      { apps, props: { schemaHost: false } },
      'what stands around the parts changed',
    ],
    ['nothing that can be seen changed', { apps }, { apps }, 'no part changed'],
    [
      'a part refers to what is not there',
      { apps },
      { apps: new Map([...apps, ['shop', broken]]) },
      'the checks find an error',
    ],
  ];
  test.each(cases)('is none where %s', async (_what, before, after, because) => {
    expect(await change(before, after)).toEqual({ kind: 'whole', because });
  });

  test('is none where many parts changed', async () => {
    const all = new Map([
      ['shop', other],
      ['blog', load('blog', plain)],
    ]);
    expect(await change({ apps }, { apps: all }, { maxParts: 1 })).toEqual({
      kind: 'whole',
      because: '2 parts changed',
    });
  });

  test('is not written where another part adds to a file', async () => {
    // The policy of the store names the paths of both apps.
    writeTree(await whole({ apps }), outdir, { force: true });
    const before = onDisk();
    const result = await change(
      { apps },
      { apps: new Map([...apps, ['shop', load('shop', { ...plain, secrets: ['app', 'db'] })]]) },
    );
    expect(result).toMatchObject({ kind: 'alone' });
    expect(result.kind === 'alone' && new Unproven().write(result)).toEqual({
      impossible: 'vault/external-secrets.hcl holds something else than what shop alone made of it',
    });
    expect(onDisk()).toEqual(before);
  });

  test('whatever is edited, the folder ends as a run of all of main.ts would leave it; put back, as it was proven last', async () => {
    const names = ['shop', 'blog', 'news'];
    const aShop = fc.record<Shop>({
      level: fc.constantFrom('info', 'debug', 'warn'),
      secrets: fc.constantFrom(['app'], ['app'], ['app'], ['app', 'db']),
      files: fc.subarray(['one', 'two', 'three']),
    });
    const edit = fc.record({
      edits: fc.dictionary(fc.constantFrom(...names), aShop, { minKeys: 1, maxKeys: 2 }),
      host: fc.constantFrom('a', 'a', 'b'),
      organisation: fc.constantFrom(...Array(9).fill('acme'), 'ajax'),
      proof: fc.constantFrom('right', 'right', 'wrong', 'later'),
    });
    let alone = 0;
    const property = fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 6 }), async (edits) => {
      let now: Main = { apps: new Map(names.map((name) => [name, load(name, plain)])), hosts: { shop: 'a' } };
      let proven = now;
      writeTree(await whole(now), outdir, { force: true });
      const unproven = new Unproven();
      for (const { edits: edited, host, organisation, proof } of edits) {
        const loaded = Object.entries(edited).map(([name, of]) => [name, load(name, of)] as const);
        const next: Main = { apps: new Map([...now.apps, ...loaded]), hosts: { shop: host }, organisation };
        const result = await change(now, next);
        const written = result.kind === 'alone' ? unproven.write(result) : { impossible: '' };
        if ('impossible' in written) {
          writeTree(await whole(next), outdir);
          unproven.clear();
          proven = next;
        } else alone++;
        now = next;
        expect(onDisk()).toMatchObject(Object.fromEntries(await whole(now)));
        expect(writeTree(await whole(now), outdir).written).toBe(false);
        if (proof === 'later') continue;
        if (proof === 'wrong') {
          unproven.putBack();
          now = proven;
          expect(writeTree(await whole(now), outdir).written).toBe(false);
        }
        unproven.clear();
        proven = now;
      }
    });
    await fc.assert(property, { numRuns: 15 });
    expect(alone).toBeGreaterThan(10);
  });
});

/** An app whose ConfigMap names a Secret that nobody makes. */
function broken(cluster: Cluster): void {
  new ApiObject(new Application(cluster, 'shop').directory, 'pod', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'shop' },
    spec: { containers: [{ name: 'shop', image: 'shop:1', envFrom: [{ secretRef: { name: 'missing' } }] }] },
  });
}
