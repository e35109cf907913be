import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { espalier } from '../repository';
import { type Registry, startRegistry } from '../tree/charts/registry';
import { put, temporaryFolder } from '../tree/folder';

const chart = (version: string) => ({ 'Chart.yaml': `apiVersion: v2\nname: web\nversion: ${version}\n` });
const running: Registry[] = [];
afterEach(() => Promise.all(running.splice(0).map((registry) => registry.close())));

/** A tree with a release of a range of versions, and one that is not to be had. */
async function treeOf(...versions: string[]): Promise<{ cwd: string; registry: Registry }> {
  const registry = await startRegistry({ charts: versions.map(chart) });
  running.push(registry);
  const cwd = temporaryFolder();
  process.env.XDG_CACHE_HOME = join(cwd, 'cache');
  const release = (name: string) => `---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: ${name}
  namespace: default
spec:
  interval: 1h
  chart:
    spec:
      chart: ${name}
      version: 1.x
      sourceRef:
        kind: HelmRepository
        name: charts
`;
  put(cwd, {
    'espalier.config.yaml': `charts:\n  hosts: ["${registry.host}"]\n`,
    'apps/charts.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: charts
  namespace: default
spec:
  interval: 1h
  url: ${registry.url}
${release('web')}`,
    'apps/other.yaml': release('other'),
  });
  return { cwd, registry };
}

const lockOf = (cwd: string) => readFileSync(join(cwd, 'espalier.charts.lock'), 'utf8');
const line = ({ url, digest }: Registry, version: string) =>
  `{
  "format": 1,
  "charts": {
    "${url} web 1.x": {"version":"${version}","digest":"${digest('web', version)}"}
  }
}
`;

test('writes what the charts are, and says which could not be had', async () => {
  const { cwd, registry } = await treeOf('1.0.0', '1.1.0');
  expect(await espalier(['lock', 'apps'], { cwd })).toEqual({
    code: 1,
    stdout: 'espalier.charts.lock: 1 chart, 1 of them new or changed\n',
    stderr: `${registry.url} other 1.x: the chart cannot be opened: ${registry.url}/ has no chart other. Correct its name, or the repository.\n`,
  });
  expect(lockOf(cwd)).toBe(line(registry, '1.1.0'));
});

test('writes anew what was locked, which others keep to', async () => {
  const { cwd, registry } = await treeOf('1.0.0', '1.1.0');
  writeFileSync(join(cwd, 'espalier.charts.lock'), line(registry, '1.0.0'));
  await espalier(['check', 'apps'], { cwd });
  expect(registry.requests.filter((request) => request.includes('archives'))).toEqual(['GET /archives/web-1.0.0.tgz']);
  expect((await espalier(['lock', 'apps'], { cwd })).stdout).toBe(
    'espalier.charts.lock: 1 chart, 1 of them new or changed\n',
  );
  expect(lockOf(cwd)).toBe(line(registry, '1.1.0'));
});

test('keeps what could not be had as it was', async () => {
  const { cwd, registry } = await treeOf('1.0.0');
  writeFileSync(join(cwd, 'espalier.charts.lock'), line(registry, '1.0.0').replace('web 1.x', 'other 1.x'));
  await espalier(['lock', 'apps'], { cwd });
  expect(lockOf(cwd)).toContain(`"${registry.url} other 1.x": {"version":"1.0.0"`);
});

test('a lock that is none is refused', async () => {
  const { cwd } = await treeOf('1.0.0');
  for (const text of ['', '[]', '{"format":2,"charts":{}}', '{"format":1,"charts":{"a":{}}}']) {
    writeFileSync(join(cwd, 'espalier.charts.lock'), text);
    const { code, stderr } = await espalier(['check', 'apps'], { cwd });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining(
        'espalier.charts.lock is no lock of charts. Delete it, and write it anew: espalier lock.',
      ),
    });
  }
});
