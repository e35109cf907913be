import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { espalier, repository } from './repository';

/** The committed trees of the two clusters of examples/fleet. */
const dist = join(repository, 'examples', 'fleet', 'dist');
const files = (cluster: string) =>
  readdirSync(join(dist, cluster), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .sort();

test('the committed trees are what examples/fleet/main.ts yields', async () => {
  expect(await espalier(['synth', 'examples/fleet/main.ts', '--check'])).toMatchObject({ code: 0, stderr: '' });
});

test('a diff of staging and production shows size, host, Vault environment and login, and versions, and nothing else', () => {
  expect(files('staging')).toEqual(files('production'));
  const differences = files('staging').flatMap((file) => {
    const [staging, production] = ['staging', 'production'].map((cluster) =>
      readFileSync(join(dist, cluster, file), 'utf8').split('\n'),
    ) as [string[], string[]];
    expect(staging).toHaveLength(production.length);
    return staging.flatMap((line, i) => (line === production[i] ? [] : [`${line.trim()} | ${production[i]?.trim()}`]));
  });
  const push = 'remoteKey: acme/staging/clusters/staging/apps/backstage/db';
  expect(differences).toEqual([
    'instances: 1 | instances: 3',
    'size: 5Gi | size: 50Gi',
    `${push} | ${push.replaceAll('staging', 'production')}`,
    `${push} | ${push.replaceAll('staging', 'production')}`,
    'replicas: 1 | replicas: 2',
    'image: ghcr.io/acme/backstage:1.5.0-rc.1 | image: ghcr.io/acme/backstage:1.4.2',
    '- backstage.staging.acme.example | - backstage.acme.example',
    'key: acme/staging/clusters/staging/apps/backstage/app | key: acme/production/clusters/production/apps/backstage/app',
    'version: "0.29.0" | version: "0.28.3"',
    'mountPath: kubernetes-staging | mountPath: kubernetes-production',
    'tag: "2.9.0" | tag: "2.8.0"',
    'espalier/cluster: staging | espalier/cluster: production',
  ]);
});

test('each cluster has its own policy of the Vault that they share, below its own folder', () => {
  const policy = (cluster: string) =>
    readFileSync(join(dist, cluster, 'vault', `kubernetes-${cluster}-external-secrets.hcl`), 'utf8');
  expect(readdirSync(join(dist, 'staging', 'vault')).sort()).toEqual([
    'kubernetes-staging-external-secrets.hcl',
    'kubernetes-staging-external-secrets.sh',
  ]);
  expect(policy('staging').match(/^path .*$/gm)).toEqual([
    'path "kv/data/acme/staging/clusters/staging/apps/backstage/app" {',
    'path "kv/data/acme/staging/clusters/staging/apps/backstage/db" {',
    'path "kv/metadata/acme/staging/clusters/staging/apps/backstage/db" {',
  ]);
  expect(policy('production').match(/^path .*$/gm)).toEqual(
    policy('staging')
      .replaceAll('staging', 'production')
      .match(/^path .*$/gm),
  );
});

test('the checker finds nothing in the committed trees, their policies included', async () => {
  expect(await espalier(['check', 'examples/fleet/dist'])).toMatchObject({ code: 0, stderr: '' });
});
