import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject } from 'cdk8s';
import { App, Cluster, ExternalSecrets, File, VaultStore } from '../../lib';
import { outputOf } from '../../lib/constructs/output';
import type { CheckSettings } from '../../lib/rules/settings';
import { temporaryFolder } from '../repository';
import { emptyCluster, stage } from './synthesize';

const folder = temporaryFolder();

const options = { outdir: 'dist', check: {} } as const;
const policies = (app: App, check: CheckSettings | false = {}) =>
  [...outputOf(app.tree(), { ...options, check }).files.keys()].filter((path) => !path.endsWith('.yaml'));

describe('with a tree are written', () => {
  it('the policies of a cluster that has a store of Vault, and the commands for them', () => {
    expect(policies(stage().app)).toEqual(['vault/external-secrets.hcl', 'vault/external-secrets.sh']);
    expect(policies(stage({ directory: 'clusters/soyo' }).app)).toEqual([
      'clusters/soyo/vault/external-secrets.hcl',
      'clusters/soyo/vault/external-secrets.sh',
    ]);
  });

  it('the policies also where nobody wants the checks', () => {
    expect(policies(stage().app, false)).toHaveLength(2);
    expect(outputOf(stage().app.tree(), { ...options, check: false }).result).toBeUndefined();
  });

  it('none without a store, or where the cluster wants none', () => {
    expect(policies(emptyCluster().app)).toEqual([]);
    expect(policies(stage({ vaultPolicies: false }).app)).toEqual([]);
    expect(policies(stage({ vaultPolicies: false }).app, false)).toEqual([]);
  });

  it('all files by path, in the order of code units', () => {
    const paths = [...outputOf(stage().app.tree(), options).files.keys()];
    expect(paths).toEqual([...paths].sort());
  });

  it('the policies of each of several clusters', () => {
    const app = new App();
    for (const name of ['one', 'two']) {
      const cluster = new Cluster(app, name, { organisation: 'acme', environment: 'prod', directory: name });
      const operator = new ExternalSecrets(cluster, { version: '2.9.0' });
      new VaultStore(cluster, 'vault', { operator, server: `https://${name}.example.com`, role: name });
    }
    expect(policies(app)).toEqual(['one/vault/one.hcl', 'one/vault/one.sh', 'two/vault/two.hcl', 'two/vault/two.sh']);
  });
});

test('a file that stands where a policy belongs is refused', () => {
  const { app, cluster } = stage({ fluxRoot: 'vault' });
  new ApiObject(new File(cluster.entry, 'external-secrets.hcl'), 'a', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', namespace: 'flux-system' },
  });
  expect(() => outputOf(app.tree(), options)).toThrow(/both write the file vault\/external-secrets\.hcl/);
});

test('app.synth() writes the policies, and deletes those that are no longer needed', () => {
  const outdir = join(folder, 'roles');
  const synth = (role: string) => {
    const app = new App({ outdir });
    const cluster = new Cluster(app, 'soyo', { organisation: 'webgrip', environment: 'prod' });
    const operator = new ExternalSecrets(cluster, { version: '2.9.0' });
    new VaultStore(cluster, 'vault', { operator, server: 'http://vault.vault.svc:8200', role });
    app.synth();
    return readdirSync(join(outdir, 'vault')).sort();
  };
  expect(synth('one')).toEqual(['one.hcl', 'one.sh']);
  expect(synth('two')).toEqual(['two.hcl', 'two.sh']);
  expect(readFileSync(join(outdir, '.espalier.sha256'), 'utf8')).toMatch(/ {2}vault\/two\.hcl$/m);
});

test('a policy that somebody edited is not overwritten', () => {
  const outdir = join(folder, 'edited');
  mkdirSync(join(outdir, 'vault'), { recursive: true });
  writeFileSync(join(outdir, 'vault', 'external-secrets.hcl'), 'path "kv/*" { capabilities = ["read"] }\n');
  const app = new App({ outdir });
  const cluster = new Cluster(app, 'soyo', { organisation: 'webgrip', environment: 'prod' });
  const operator = new ExternalSecrets(cluster, { version: '2.9.0' });
  new VaultStore(cluster, 'vault', { operator, server: 'http://vault.vault.svc:8200' });
  expect(() => app.synth()).toThrow('vault/external-secrets.hcl (not written by espalier)');
});
