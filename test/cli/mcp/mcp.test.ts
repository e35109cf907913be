import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tools } from '../../../lib/cli/mcp/tools';
import { fluxKustomization, object } from '../../graph/graph';
import { repository, run, temporaryFolder } from '../../repository';
import { plant, planted, surroundings } from '../masking/planted';
import { leaksIn } from '../masking/runs';
import { type Connected, connect } from './connected';

const folder = temporaryFolder();

function write(name: string, texts: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(texts)) {
    const file = join(folder, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return join(folder, name);
}

const ks = (name: string, more = '') => fluxKustomization(name, `./${name}`, more);
const shop = {
  'flux/ks.yaml': ks('shop') + ks('web', 'dependsOn: [{ name: shop }]') + ks('off', 'suspend: true'),
  'shop/a.yaml': object('v1', 'Secret', 'db', 'stringData: { password: Zq7xsecret1 }'),
  'web/a.yaml': object(
    'apps/v1',
    'Deployment',
    'web',
    'spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: web, env: [{ name: A, valueFrom: { secretKeyRef: { name: db, key: pasword } } }, { name: B, valueFrom: { secretKeyRef: { name: gone, key: a } } }] }] } } }',
  ),
  'off/a.yaml': object('v1', 'ConfigMap', 'off', 'data: {}'),
};

describe('the tools', () => {
  let server: Connected;
  beforeAll(async () => {
    server = await connect(write('shop', shop));
  });

  it('say that they change nothing, and what they answer', async () => {
    const { tools: listed } = await server.client.listTools();
    expect(listed.map(({ name }) => name)).toEqual(['check', 'explain', 'fix', 'diff', 'search', 'impact', 'order']);
    for (const { annotations, inputSchema, outputSchema, description } of listed) {
      expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false, openWorldHint: false });
      expect({ inputSchema, outputSchema }).toMatchObject({
        inputSchema: { type: 'object', additionalProperties: false },
        outputSchema: { type: 'object', additionalProperties: false },
      });
      expect(description).not.toBe('');
    }
  });

  it('check counts first, and gives findings a page at a time, each with its rule, place and fix', async () => {
    const first = await server.call('check', { limit: 1 });
    expect(first.counts).toMatchObject({ errors: 7, warnings: 0, files: 4 });
    expect(first.rules).toEqual({
      'flux/namespace-undeclared': 1,
      'schema/required': 3,
      'secrets/missing': 1,
      'secrets/missing-key': 1,
      'security/plaintext-secret': 1,
    });
    expect(first.findings).toMatchObject({ total: 7, next: 1, items: [expect.anything()] });
    const found = await server.call('check', { rule: 'secrets/missing-key' });
    expect(found.findings.items).toEqual([
      {
        rule: 'secrets/missing-key',
        severity: 'error',
        message: expect.stringContaining('pasword'),
        fix: expect.any(String),
        canFix: 'write password for pasword',
        file: expect.stringMatching(/web\/a\.yaml$/),
        line: 5,
        column: expect.any(Number),
        object: 'Deployment shop/web',
        chain: ['Deployment/web', 'Secret/db key `pasword`', 'it has password'],
      },
    ]);
    const [file] = found.findings.items.map((one: { file: string }) => one.file);
    expect((await server.call('check', { file })).findings.total).toBeGreaterThan(0);
    const last = await server.call('check', { limit: 3, offset: 5 });
    expect(last.findings).toMatchObject({ total: 7, items: [expect.anything(), expect.anything()] });
    expect(last.findings.next).toBeUndefined();
  });

  it('explain tells a rule, or lists those of a system', async () => {
    expect((await server.call('explain', { rule: 'eso/two-owners' })).rule).toMatchObject({
      id: 'eso/two-owners',
      severity: 'error',
    });
    expect((await server.call('explain', { rule: 'flux', limit: 2 })).rules.items).toHaveLength(2);
    const { rule } = await server.call('explain', { rule: 'flux/no-retry-interval' });
    expect(rule.canFix).toMatch(/^set spec\.retryInterval/);
  });

  it('impact answers the part that is asked for', async () => {
    const { impacts } = await server.call('impact', { object: 'secret/shop/db', what: 'readers' });
    expect(impacts).toEqual([
      {
        cluster: 'shop',
        subject: 'Secret/shop/db',
        file: expect.stringMatching(/shop\/a\.yaml$/),
        line: 4,
        kustomization: 'flux-system/shop',
        madeBy: ['the tree'],
        readers: {
          total: 1,
          items: [
            {
              object: 'Deployment shop/web',
              how: 'takes `pasword` as environment variables',
              optional: false,
              file: expect.stringMatching(/web\/a\.yaml$/),
              line: 5,
            },
          ],
        },
      },
    ]);
    const gone = await server.call('impact', { object: 'secret/shop/db', what: 'gone' });
    expect(gone.impacts[0].ifGone.items.map(({ object }: { object: string }) => object)).toEqual([
      'Deployment shop/web',
    ]);
  });

  it('order counts, and tells waves, what must be there before, and what never starts', async () => {
    const told = async (part: string) => (await server.call('order', { part })).clusters[0];
    expect(await told('waves')).toMatchObject({
      counts: { before: 3, waves: 2, kustomizations: 2, stuck: 1 },
      waves: {
        total: 2,
        items: [
          { wave: 0, kustomization: 'flux-system/shop' },
          { wave: 1, kustomization: 'flux-system/web' },
        ],
      },
    });
    expect((await told('before')).before.items.map(({ what }: { what: string }) => what)).toEqual([
      'GitRepository flux-system/flux-system',
      'Secret shop/gone',
      'docker.io',
    ]);
    expect((await told('stuck')).stuck.items).toMatchObject([
      { kustomization: 'flux-system/off', why: 'is suspended until somebody resumes it' },
    ]);
  });

  it('search finds what impact takes', async () => {
    const { found } = await server.call('search', { text: 'SHOP/', kind: 'secret' });
    expect(found.items.map(({ name }: { name: string }) => name)).toEqual(['Secret/shop/db', 'Secret/shop/gone']);
  });

  it.each([
    ['explain', { rule: 'eso/two-owner' }, 'there is no rule "eso/two-owner"; did you mean eso/two-owners?'],
    ['check', { rule: 'nothing' }, 'there is no rule "nothing". The tool explain lists all rules.'],
    [
      'impact',
      { object: 'secret/shop/dp' },
      'nothing in the tree is called "secret/shop/dp"; did you mean Secret/shop/db?',
    ],
    ['check', { cluster: 'other' }, '--cluster "other": there is no such cluster. The cluster is shop.'],
    ['check', { path: 'nowhere' }, 'nowhere does not exist. Give a folder that holds a Flux tree, or one YAML file.'],
    [
      'check',
      { file: 'b.yaml' },
      '"b.yaml" is no YAML file of the tree. The tool search tells in which file an object is.',
    ],
    [
      'search',
      { text: '', kind: 'deployent' },
      'the tree has no object of the kind "deployent"; did you mean Deployment?',
    ],
    [
      'search',
      { text: '', kind: 'pvc' },
      'the tree has no object of the kind "pvc". Its kinds are ConfigMap, Deployment, GitRepository, Kustomization, Secret',
    ],
    ['search', {}, 'the tool search needs text: A part of the name; empty for all.'],
    ['check', { limit: 101 }, 'limit of the tool check must be a whole number from 1 to 100, and is 101.'],
    ['check', { offset: -1 }, 'offset of the tool check must be a whole number of at least 0, and is -1.'],
    ['check', { path: 5 }, 'path of the tool check must be a text, and is 5.'],
    ['fix', { write: 'yes' }, 'write of the tool fix must be true or false, and is "yes".'],
    ['order', { part: 'wave' }, 'part of the tool order must be one of waves, before, stuck, and is "wave".'],
    [
      'check',
      { rules: 'flux' },
      'the tool check has no argument "rules"; did you mean rule? It takes path, cluster, rule, file, limit, offset.',
    ],
  ])('%s with %j is refused in one sentence', async (name, args, message) => {
    expect((await server.refusal(name, args)).replace(/.*(?=nowhere does)/, '')).toBe(message);
  });
});

describe('fix', () => {
  const wait = fluxKustomization('shop', './shop', 'interval: 1h\nprune: true\nwait: true\ntimeout: 5m');
  const texts = { 'flux/ks.yaml': `${wait}# kept\n`, 'shop/a.yaml': object('v1', 'ConfigMap', 'a', 'data: {}') };
  const read = (tree: string) => readFileSync(join(folder, tree, 'flux/ks.yaml'), 'utf8');

  it('shows what it would change, and changes nothing', async () => {
    const server = await connect(write('dry', texts));
    const { findings } = await server.call('check', { rule: 'flux/no-retry-interval' });
    expect(findings.items).toMatchObject([{ canFix: 'set spec.retryInterval to 2m' }]);
    const told = await server.call('fix', { rule: 'flux/no-retry-interval' });
    expect(told).toEqual({
      written: false,
      files: [expect.stringMatching(/flux\/ks\.yaml$/)],
      fixed: {
        total: 1,
        items: [
          {
            rule: 'flux/no-retry-interval',
            file: expect.stringMatching(/flux\/ks\.yaml$/),
            line: expect.any(Number),
            title: 'set spec.retryInterval to 2m',
          },
        ],
      },
      notFixed: [],
      diff: expect.stringContaining('\n+  retryInterval: 2m\n'),
    });
    expect(read('dry')).toBe(texts['flux/ks.yaml']);
    expect(await server.refusal('fix', { write: true })).toBe(
      'this server only shows what it would change. Start it with espalier mcp --write to have files written.',
    );
  });

  it('writes where the server may and who calls asks for it, and says so before', async () => {
    const server = await connect(write('wet', texts), true);
    const { tools: listed } = await server.client.listTools();
    expect(Object.fromEntries(listed.map(({ name, annotations }) => [name, annotations?.readOnlyHint]))).toMatchObject({
      fix: false,
      check: true,
    });
    expect(await server.call('fix', { rule: 'flux' })).toMatchObject({ written: false });
    expect(read('wet')).toBe(texts['flux/ks.yaml']);
    expect(await server.call('fix', { rule: 'flux/no-retry-interval', write: true })).toMatchObject({ written: true });
    expect(read('wet')).toBe(`${wait.replace('interval: 1h', 'interval: 1h\n  retryInterval: 2m')}# kept\n`);
    expect((await server.call('check', { rule: 'flux/no-retry-interval' })).findings.total).toBe(0);
  });
});

describe('diff', () => {
  const changed = { ...shop, 'web/a.yaml': shop['web/a.yaml'].replace('image: web', 'image: web:2') };
  const git = (cwd: string, ...args: string[]) =>
    run('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], { cwd });
  let repo: string;
  beforeAll(() => {
    repo = write('repo', shop);
    git(repo, 'init', '-q', '-b', 'main');
    git(repo, 'add', '-A');
    git(repo, 'commit', '-q', '-m', 'The tree');
    write('repo', changed);
  });

  it('tells what a change does', async () => {
    const server = await connect(repo);
    expect(await server.call('diff', { base: 'main' })).toMatchObject({
      base: 'main',
      head: 'the work tree',
      danger: 'medium',
      counts: { restart: 1 },
      changed: 1,
      effects: { total: 1, items: [{ kind: 'restart', object: 'Deployment shop/web' }] },
    });
    expect(await server.refusal('diff', { base: 'mian' })).toBe(
      'there is no Git revision "mian". Name a branch, a tag or a commit.',
    );
    expect(await server.refusal('diff', { base: join(folder, 'shop') })).toContain('there is no Git revision');
  });

  it('refuses a folder whose repository begins above it', async () => {
    const server = await connect(join(repo, 'web'));
    expect(await server.refusal('diff')).toContain('the Git repository begins above the folder');
  });
});

describe('nothing outside of the folder is read', () => {
  const outside = 'Zq7xoutside1';
  let server: Connected;
  beforeAll(async () => {
    const inner = write('outer/inner', {
      'flux/ks.yaml': ks('app') + ks('up'),
      'app/kustomization.yaml': 'resources: [../../secret, ../linked, a.yaml]\n',
      'app/a.yaml': object('v1', 'ConfigMap', 'inside', 'data: {}'),
      'up/kustomization.yaml': 'resources: [../../secret/map.yaml]\n',
    });
    const map = object('v1', 'ConfigMap', 'outside', `data: { value: ${outside} }`);
    write('outer', { 'secret/map.yaml': map, 'secret/kustomization.yaml': 'resources: [map.yaml]\n', '.git/HEAD': '' });
    symlinkSync(join(folder, 'outer', 'secret'), join(inner, 'linked'));
    server = await connect(inner);
  });

  it.each([
    ['..'],
    ['../secret'],
    ['flux/../../secret'],
    [join(folder, 'outer', 'secret')],
    [repository],
    ['/etc'],
    ['linked'],
    ['linked/map.yaml'],
  ])('a path %s is refused', async (path) => {
    for (const tool of ['check', 'search', 'order', 'diff', 'fix']) {
      expect(await server.refusal(tool, { path, ...(tool === 'search' && { text: '' }) })).toMatch(
        /lies outside of the folder|begins above the folder/,
      );
    }
  });

  it('what a kustomization names above the folder, or behind a link, is not there', async () => {
    expect(
      (await server.call('search', { text: 'side' })).found.items.map(({ name }: { name: string }) => name),
    ).toEqual(['ConfigMap/shop/inside']);
    expect(JSON.stringify(await server.call('check', { limit: 100 }))).not.toContain(outside);
  });
});

test('no tool shows a planted value', async () => {
  const files = { ...planted(plant('a')), ...surroundings(plant('a')) };
  const server = await connect(write('planted', files));
  const answers = [
    await server.call('check', { limit: 100 }),
    await server.call('order', { part: 'before', limit: 100 }),
  ];
  answers.push(await server.call('fix', { limit: 100 }));
  answers.push(
    await server.call('search', { text: '', limit: 100 }),
    await server.call('search', { text: '', limit: 100, offset: 100 }),
  );
  for (const file of Object.keys(files).slice(0, 10))
    answers.push(await server.call('impact', { object: file, limit: 100 }));
  expect(answers.flatMap((answer) => leaksIn(JSON.stringify(answer, null, 1)))).toEqual([]);
});

test('every tool has been called', () => {
  expect(tools.map(({ name }) => name).sort()).toEqual([
    'check',
    'diff',
    'explain',
    'fix',
    'impact',
    'order',
    'search',
  ]);
});
