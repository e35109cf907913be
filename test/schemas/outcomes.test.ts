import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryWith } from '../cli/adopt/repository';
import { project, folder as projects } from '../cli/project';
import { espalier, repository } from '../repository';
import { type Registry, startRegistry } from '../tree/charts/registry';
import { put, temporaryFolder } from '../tree/folder';
import { faults } from './validate';

/** What a command prints with --format json, once its schema has been asked. */
async function told(
  schema: string,
  args: readonly string[],
  cwd: string,
): Promise<{ code: number | null; json: never }> {
  const { code, stdout, stderr } = await espalier([...args, '--format', 'json'], { cwd });
  if (stdout === '') throw new Error(stderr);
  expect(faults(`${schema}.v1.json`, stdout)).toEqual([]);
  return { code, json: JSON.parse(stdout) as never };
}

describe('commands that write tell programs what they wrote', () => {
  const registries: Registry[] = [];
  const cacheHome = process.env.XDG_CACHE_HOME;
  beforeAll(() => {
    mkdirSync(projects, { recursive: true });
    process.env.XDG_CACHE_HOME = temporaryFolder();
  });
  afterAll(async () => {
    await Promise.all(registries.map((registry) => registry.close()));
    if (cacheHome === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = cacheHome;
  });

  test('synth: paths, and that nothing is left to write; --check says the same and writes nothing', async () => {
    rmSync(join(projects, 'told'), { recursive: true, force: true });
    const cwd = project('told');
    const shop = 'kubernetes/apps/shop/';
    const files = [
      'kubernetes/apps/kustomization.yaml',
      ...[
        'kustomization.yaml',
        'namespace.yaml',
        'shop/app/kustomization.yaml',
        'shop/app/settings.yaml',
        'shop/ks.yaml',
      ].map((path) => shop + path),
      'kubernetes/flux/cluster/ks.yaml',
      'kubernetes/flux/cluster/kustomization.yaml',
    ];
    const of = (upToDate: boolean, created: number) => ({
      version: 1,
      trees: [
        {
          ...{ folder: 'dist/', upToDate, created: files.slice(0, created), changed: [] },
          ...{ deleted: [], unchanged: 8 - created, kept: [], findings: [], unknowns: [], notCaused: [] },
        },
      ],
    });
    expect(await told('synth', ['synth', '--check'], cwd)).toMatchObject({ code: 1, json: of(false, 8) });
    expect(await told('synth', ['synth'], cwd)).toMatchObject({ code: 0, json: of(false, 8) });
    expect(await told('synth', ['synth', '--check'], cwd)).toMatchObject({ code: 0, json: of(true, 0) });
    expect(await told('synth', ['synth'], cwd)).toMatchObject({ code: 0, json: of(true, 0) });
    expect((await espalier(['synth', '--watch', '--format', 'json'], { cwd })).stderr).toMatch(
      /^error: --watch goes on/,
    );
  });

  test('docs', async () => {
    const { code, json } = await told('docs', ['docs', 'dist', '--check'], repository);
    expect({ code, json }).toEqual({
      code: 0,
      json: {
        version: 1,
        folders: [
          {
            ...{ folder: 'docs/clusters/soyo/', upToDate: true, created: [], changed: [], deleted: [] },
            ...{ unchanged: 5, kept: [] },
          },
        ],
      },
    });
  });

  const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: shops.acme.com }
spec:
  group: acme.com
  names: { kind: Shop, plural: shops }
  scope: Namespaced
  versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object } } } } }]
`;

  test('schemas add', async () => {
    const cwd = temporaryFolder();
    put(cwd, { 'shops.yaml': definition });
    const of = (written: boolean) => ({
      version: 1,
      kinds: [
        { group: 'acme.com', kind: 'Shop', versions: ['v1'], file: '.espalier/schemas/acme.com/shop.json', written },
      ],
    });
    expect((await told('kept-schemas', ['schemas', 'add', 'shops.yaml'], cwd)).json).toEqual(of(true));
    expect((await told('kept-schemas', ['schemas', 'add', 'shops.yaml'], cwd)).json).toEqual(of(false));
  });

  test('import, of definitions and of a chart', async () => {
    const cwd = temporaryFolder();
    put(cwd, {
      'shops.yaml': definition,
      'shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.2.0\n',
      'shop/values.yaml': 'replicas: 1\n',
    });
    const files = (outcome: string) =>
      ['.espalier/schemas/acme.com/shop.json', 'imports/acme.com.ts', 'imports/kinds.ts'].map((file) =>
        expect.objectContaining({ file, outcome }),
      );
    const { json } = await told('import', ['import', 'shops.yaml'], cwd);
    expect(json).toMatchObject({ version: 1, files: expect.arrayContaining(files('written')), notes: [] });
    const stale = await told('import', ['import', '--check'], cwd);
    expect(stale).toMatchObject({ code: 0, json: { files: expect.arrayContaining(files('unchanged')) } });
    expect((await told('import', ['import', './shop'], cwd)).json).toEqual({
      version: 1,
      files: [{ file: 'imports/charts/shop.ts', outcome: 'written' }],
      notes: ['Only the types are written: where Flux gets the chart is not known. --location names it.'],
    });
  });

  test('cache', async () => {
    const folder = join(process.env.XDG_CACHE_HOME ?? '', 'espalier');
    const none = { files: 0, bytes: 0 };
    expect((await told('cache', ['cache'], repository)).json).toEqual({ version: 1, folder, ...none });
    expect((await told('cache', ['cache', 'prune', '--all'], repository)).json).toEqual({
      ...{ version: 1, folder, ...none },
      deleted: none,
    });
  });

  test('lock, and push', async () => {
    const registry = await startRegistry({
      charts: [{ 'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.2.0\n' }],
    });
    registries.push(registry);
    const cwd = temporaryFolder();
    const release = (name: string) =>
      `---\napiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: ${name}, namespace: default }\nspec: { interval: 1h, chart: { spec: { chart: ${name}, version: 1.x, sourceRef: { kind: HelmRepository, name: charts } } } }\n`;
    const source = `apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata: { name: charts, namespace: default }\nspec: { interval: 1h, url: ${registry.url} }\n`;
    put(cwd, {
      'espalier.config.yaml': `charts:\n  hosts: ["${registry.host}"]\n`,
      'apps/charts.yaml': `${source}${release('web')}${release('other')}`,
    });
    expect(await told('lock', ['lock', 'apps'], cwd)).toMatchObject({
      code: 1,
      json: {
        file: 'espalier.charts.lock',
        charts: [{ name: expect.stringContaining('web'), version: '1.2.0', changed: true }],
        failed: [{ name: expect.stringContaining('other') }],
      },
    });
    const to = `oci://${registry.host}/trees/fleet`;
    const origin = ['--source', 'https://example.org/fleet', '--revision', 'main@sha1:0123'];
    expect((await told('push', ['push', `${to}:v1`, 'apps', ...origin], cwd)).json).toEqual({
      version: 1,
      reference: expect.stringMatching(new RegExp(`^${to}@sha256:[\\da-f]{64}$`)),
      files: 1,
      revision: 'main@sha1:0123',
      altered: 0,
      signed: false,
    });
  });

  test('adopt', async () => {
    const cwd = repositoryWith();
    const { code, json } = await told('adopt', ['adopt', 'kubernetes/apps/media/jellyfin'], cwd);
    expect({ code, json }).toMatchObject({
      code: 0,
      json: { version: 1, adopted: { main: 'main.ts', output: 'src', objects: 3, files: 4 } },
    });
    await told('adopt', ['adopt', '.'], cwd);
    expect((await told('adopt', ['adopt', '.'], cwd)).json).toEqual({ version: 1, madeAlready: 12 });
  });
});
