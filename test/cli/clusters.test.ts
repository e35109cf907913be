import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import type { Review } from '../../lib/changes/review';
import { espalier, has, run, temporaryFolder } from '../repository';

const folder = temporaryFolder();
const fleet = 'examples/fleet/dist';

const kustomization = (path: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec:
  interval: 10m
  retryInterval: 2m
  path: ${path}
  prune: true
  wait: true
  sourceRef: { kind: GitRepository, name: flux-system }
`;
const settings = (port: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: default }\ndata: { port: ${port} }\n`;

/** Two clusters that share apps/, and one that has all in a folder of its own. */
function tree(name: string, files: Record<string, string> = {}): string {
  const root = join(folder, name);
  const all = {
    'clusters/east/flux.yaml': kustomization('./apps/shop'),
    'clusters/west/flux.yaml': kustomization('./apps/west'),
    'clusters/lab/flux.yaml': kustomization('./clusters/lab/app'),
    'clusters/lab/app/settings.yaml': settings('8080'),
    'apps/shop/kustomization.yaml': 'resources: [settings.yaml]\n',
    'apps/shop/settings.yaml': settings('"8080"'),
    'apps/west/kustomization.yaml': 'resources: [../shop, more.yaml]\n',
    'apps/west/more.yaml': settings('"1"').replace('settings,', 'more,'),
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

describe('espalier clusters', () => {
  it('lists each cluster with the folder that it can be judged by alone, else that of the tree', async () => {
    expect(await espalier(['clusters'], { cwd: tree('listed') })).toEqual({
      code: 0,
      stderr: '',
      stdout: [
        'east  .             1 Kustomization, 2 resources',
        'lab   clusters/lab  1 Kustomization, 2 resources',
        'west  .             1 Kustomization, 3 resources\n',
      ].join('\n'),
    });
  });

  it("is the matrix of a job of GitHub's", async () => {
    const { stdout } = await espalier(['clusters', fleet, '--format', 'github-matrix']);
    expect(stdout).toBe(
      `{"include":[{"cluster":"production","path":"${fleet}/production"},{"cluster":"staging","path":"${fleet}/staging"}]}\n`,
    );
  });

  it("is a child pipeline of GitLab's with a job for each, and one that merges", async () => {
    const { stdout } = await espalier(['clusters', fleet, '--format', 'gitlab']);
    const pipeline = parse(stdout);
    expect(Object.keys(pipeline)).toEqual(['stages', '.espalier', 'report', 'cluster production', 'cluster staging']);
    expect(pipeline['cluster staging']).toEqual({
      extends: '.espalier',
      variables: { ESPALIER_CLUSTER: 'staging', ESPALIER_PATH: `${fleet}/staging` },
    });
  });

  it('each job judges its cluster as the whole tree does', async () => {
    const whole = JSON.parse((await espalier(['check', fleet, '--format', 'json'])).stdout);
    const { clusters } = JSON.parse((await espalier(['clusters', fleet, '--format', 'json'])).stdout);
    let resources = 0;
    for (const { cluster, path } of clusters) {
      const of = async (where: string) =>
        JSON.parse((await espalier(['check', where, '--cluster', cluster, '--format', 'json'])).stdout);
      const alone = await of(path);
      expect(alone).toEqual(await of(fleet));
      resources += alone.counts.resources;
    }
    expect(resources).toBe(whole.counts.resources);
  });
});

describe('check --cluster', () => {
  const rules = async (...args: string[]) => {
    const { stdout } = await espalier(['check', '--format', 'json', ...args], { cwd: tree('checked') });
    return (JSON.parse(stdout) as { findings: { rule: string; file: string }[] }).findings.map(
      ({ rule, file }) => `${rule} ${file}`,
    );
  };

  it('tells what is of that cluster alone', async () => {
    expect(await rules()).toEqual(['schema/type clusters/lab/app/settings.yaml']);
    expect(await rules('--cluster', 'lab')).toEqual(['schema/type clusters/lab/app/settings.yaml']);
    expect(await rules('--cluster', 'east')).toEqual([]);
    expect(await rules('--cluster', 'clusters')).toEqual(['schema/type clusters/lab/app/settings.yaml']);
  });

  it.each([
    [
      ['--cluster', 'eats'],
      '--cluster "eats": there is no such cluster; did you mean east? The clusters are east, lab, west.',
    ],
    [
      ['--cluster', 'east', '--write-baseline'],
      '--write-baseline writes the findings of all clusters: leave --cluster out.',
    ],
  ])('%j is refused', async (args, message) => {
    expect(await espalier(['check', ...args], { cwd: tree('refused') })).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: ${message}\n`,
    });
  });

  it('says nothing of the lines of a baseline that are of other clusters', async () => {
    const cwd = tree('baseline');
    await espalier(['check', '--write-baseline'], { cwd });
    writeFileSync(join(cwd, 'espalier.config.json'), '{ "baseline": "espalier.baseline" }');
    expect(await espalier(['check', '--cluster', 'east'], { cwd })).toMatchObject({ code: 0, stderr: '' });
  });
});

(has('git') ? test : test.skip)('diff --cluster compares that cluster, also one that is new or goes', async () => {
  const cwd = tree('compared');
  const git = (...args: string[]) =>
    run('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], { cwd });
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-q', '-m', 'all');
  rmSync(join(cwd, 'clusters/lab'), { recursive: true });
  tree('compared', {
    'clusters/lab/flux.yaml': '',
    'clusters/lab/app/settings.yaml': '',
    'clusters/new/flux.yaml': kustomization('./apps/shop'),
    'apps/west/more.yaml': settings('"2"').replace('settings,', 'more,'),
  });
  const changed = async (cluster: string) => {
    const { code, stdout, stderr } = await espalier(['diff', 'HEAD', '--cluster', cluster, '--format', 'json'], {
      cwd,
    });
    if (code !== 0) return stderr;
    const { clusters } = JSON.parse(stdout) as { clusters: { name: string; type: string; changes: object[] }[] };
    return clusters.map(({ name, type, changes }) => `${name} ${type} ${changes.length}`).join();
  };
  expect(await changed('west')).toBe('west changed 1');
  expect(await changed('east')).toBe('');
  expect(await changed('lab')).toBe('lab deleted 2');
  expect(await changed('new')).toBe('new created 2');
  expect(await changed('wset')).toBe(
    'error: --cluster "wset": there is no such cluster; did you mean west? The clusters are east, lab, west, new.\n',
  );
  expect((await espalier(['clusters', '--base', 'HEAD'], { cwd })).stdout).toMatch(/^lab +clusters\/lab /m);
});

describe('diff --between', () => {
  const between = (...args: string[]) => espalier(['diff', '--between', ...args, '--path', fleet]);

  it('tells the differences of two clusters, and neither files nor effects', async () => {
    const { code, stdout } = await between('staging', 'production', '--format', 'json', '--exit-code');
    const { danger, clusters } = JSON.parse(stdout) as Review;
    expect({ code, danger, effects: clusters.flatMap(({ effects }) => effects) }).toEqual({
      code: 1,
      danger: 'none',
      effects: [],
    });
    expect(clusters.flatMap(({ changes }) => changes.map(({ type, object }) => `${type} ${object}`))).toEqual([
      'changed Kustomization flux-system/cluster-apps',
      'changed Cluster backstage/backstage-db',
      'changed Deployment backstage/backstage',
      'changed ExternalSecret backstage/backstage-secrets',
      'changed HTTPRoute backstage/backstage',
      'changed PushSecret backstage/backstage-db-credentials-to-vault',
      'changed HelmRelease cnpg-system/cloudnative-pg',
      'changed OCIRepository external-secrets/external-secrets',
      'changed ClusterSecretStore vault',
    ]);
  });

  it('of a cluster and itself is nothing', async () => {
    expect(await between('staging', 'staging', '--exit-code')).toMatchObject({
      code: 0,
      stdout: 'Nothing changes in any cluster between staging and staging.\n',
    });
  });

  it.each([
    [['staging'], '--between compares two clusters of the tree. Name both, and leave --cluster out'],
    [['staging', 'prodction'], '--between "prodction": there is no such cluster; did you mean production?'],
    [['staging', 'dist'], '--between "dist": that is 2 clusters. Name one.'],
  ])('%j is refused', async (args, message) => {
    expect(await between(...args)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(message) });
  });
});

describe('synth --cluster', () => {
  const synth = (outdir: string, ...args: string[]) =>
    espalier(['synth', 'examples/fleet/main.ts', '--output', outdir, ...args]);
  const deployment = (outdir: string, cluster: string) =>
    join(outdir, cluster, 'kubernetes/apps/backstage/backstage/app/deployment.yaml');

  it('writes the folder of that Cluster, and leaves the others and their lines of the ownership file', async () => {
    const outdir = join(folder, 'fleet');
    cpSync(fleet, outdir, { recursive: true });
    const before = readFileSync(join(outdir, '.espalier.sha256'), 'utf8');
    rmSync(deployment(outdir, 'production'));
    writeFileSync(deployment(outdir, 'staging'), 'edited: true\n');
    expect(await synth(outdir, '--check', '--cluster', 'production')).toMatchObject({ code: 1 });
    expect(await synth(outdir, '--cluster', 'production')).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining(
        '33 files, 1 created\n  + production/kubernetes/apps/backstage/backstage/app/deployment.yaml\n',
      ),
    });
    expect(readFileSync(join(outdir, '.espalier.sha256'), 'utf8')).toBe(before);
    expect(readFileSync(deployment(outdir, 'staging'), 'utf8')).toBe('edited: true\n');
    expect(await synth(outdir, '--check', '--cluster', 'production')).toMatchObject({ code: 0, stderr: '' });
    expect(await synth(outdir, '--cluster', 'staging')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('staging/kubernetes/apps/backstage/backstage/app/deployment.yaml (edited)'),
    });
  });

  it('one after the other makes the whole tree', async () => {
    const outdir = join(folder, 'in-parts');
    for (const cluster of ['staging', 'production']) await synth(outdir, '--cluster', cluster);
    expect(await synth(outdir, '--check')).toMatchObject({ code: 0, stderr: '' });
  });

  it('of a Cluster that the program does not have is refused', async () => {
    expect(await synth(join(folder, 'none'), '--cluster', 'stagin')).toMatchObject({
      code: 2,
      stderr:
        'error: --cluster "stagin": there is no such cluster; did you mean staging? The clusters are staging, production.\n',
    });
  });
});
