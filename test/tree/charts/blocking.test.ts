import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCharts, type RenderInput } from '../../../lib/tree/charts';
import { renderBlocking } from '../../../lib/tree/charts/blocking';
import { has, temporaryFolder } from '../../repository';
import { type Registry, startRegistry } from './registry';

const whereHelmIs = has('helm', ['version']) ? describe : describe.skip;

const root = temporaryFolder();
const before = { folder: process.cwd(), cache: process.env.XDG_CACHE_HOME };
const input: RenderInput = {
  release: { name: 'web', namespace: 'shop' },
  values: {},
  valuesFiles: [],
  crds: true,
  hooks: true,
  kubeVersion: '1.36.0',
  apiVersions: [],
};

let registry: Registry;
beforeAll(async () => {
  process.env.XDG_CACHE_HOME = join(root, 'cache');
  process.chdir(mkdtempSync(join(root, 'project-')));
  const chart = {
    'Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
    'templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\n',
  };
  registry = await startRegistry({ charts: [chart] });
  // While a thread waits it answers nobody: the chart comes from the cache.
  await makeCharts({ hosts: [registry.host] }).open({ type: 'oci', url: `${registry.oci}/shop`, tag: '1.0.0' });
});
afterAll(async () => {
  process.chdir(before.folder);
  if (before.cache === undefined) delete process.env.XDG_CACHE_HOME;
  else process.env.XDG_CACHE_HOME = before.cache;
  await registry.close();
});

const source = () => ({ type: 'oci' as const, url: `${registry.oci}/shop`, tag: '1.0.0' });

whereHelmIs('a chart that is waited for (needs helm on the PATH)', () => {
  test('is rendered when the call returns', () => {
    const digest = registry.digest('shop', '1.0.0');
    expect(renderBlocking({ source: source(), input, digest, hosts: [registry.host] }, {})).toEqual({
      type: 'chart',
      name: 'shop',
      version: '1.0.0',
      digest,
      rendering: expect.objectContaining({ type: 'rendered', looksUp: false, incomplete: false }),
    });
  });

  test('stays closed when it is another than was imported', () => {
    expect(renderBlocking({ source: source(), input, digest: 'sha256:other', hosts: [registry.host] }, {})).toEqual({
      type: 'closed',
      why: `chart shop 1.0.0 is no longer what was imported: its digest is ${registry.digest('shop', '1.0.0')}, and was sha256:other`,
      fix: 'If the change is meant, import it again: espalier import.',
    });
  });

  test('stays closed when the lock of the repository cannot be read', () => {
    writeFileSync('espalier.charts.lock', 'no lock');
    expect(renderBlocking({ source: source(), input, hosts: ['another.example.org'] }, {})).toMatchObject({
      type: 'closed',
      why: expect.stringContaining('espalier.charts.lock is no lock of charts.'),
    });
  });
});
