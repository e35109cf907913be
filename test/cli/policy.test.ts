import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { espalier, repository, temporaryFolder } from '../repository';

const folder = temporaryFolder();

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** The specification's section "Vault policy requirements", word for word as rules. */
const seed = file(
  'seed.hcl',
  `path "kv/data/external-secrets/*" {
  capabilities = ["read", "create", "update"]
}
path "kv/metadata/external-secrets/*" {
  capabilities = ["read", "list"]
}
`,
);

describe('espalier policy', () => {
  it('prints what dist/vault/ holds', async () => {
    const { code, stdout, stderr } = await espalier(['policy', 'dist']);
    const kept = readFileSync(join(repository, 'dist', 'vault', 'external-secrets.hcl'), 'utf8');
    const body = (text: string) => text.slice(text.indexOf('\n'));
    expect({ code, stderr, body: body(stdout) }).toEqual({ code: 0, stderr: '', body: body(kept) });
    expect(stdout.split('\n')[0]).toBe('# Made by espalier policy.');
  });

  it('prints Vault commands, and JSON that names files', async () => {
    const { stdout } = await espalier(['policy', 'dist', '--format', 'commands']);
    expect(stdout).toContain("vault policy write external-secrets - <<'EOF'\n# Made by espalier policy.\n");
    const { version, policies } = JSON.parse((await espalier(['policy', 'dist', '--format', 'json'])).stdout);
    expect([version, policies[0].paths[0]]).toEqual([
      1,
      {
        path: 'kv/data/webgrip/prod/clusters/soyo/apps/backstage/app',
        capabilities: ['read'],
        neededBy: [
          {
            object: 'ExternalSecret backstage/backstage-secrets',
            file: 'dist/kubernetes/apps/backstage/backstage/app/secret-externalsecret.yaml',
            purpose: 'reads it',
            capabilities: ['read'],
          },
        ],
      },
    ]);
  });

  it("--against finds the seed's mistake, and ends with 1", async () => {
    const { code, stdout } = await espalier(['policy', 'dist', '--against', seed]);
    expect(code).toBe(1);
    expect(stdout).toContain(
      'read on kv/data/webgrip/prod/clusters/soyo/apps/backstage/app\n    ExternalSecret backstage/backstage-secrets reads it: 403 at GET',
    );
    expect(stdout).toContain('it covers none of the paths used');
    expect(stdout).toContain('\n3 paths are not allowed and 2 rules allow more than is needed.\n');
    const { code: same, stdout: text } = await espalier(['policy', 'dist', '--against', seed, '--format', 'json']);
    const { policy, lacks, exceeds } = JSON.parse(text);
    expect([
      same,
      policy,
      lacks.length,
      exceeds.map(({ line, why }: { line: number; why: string }) => [line, why]),
    ]).toEqual([
      1,
      'external-secrets',
      3,
      [
        [1, 'unused'],
        [4, 'unused'],
      ],
    ]);
  });

  it('--against ends with 0 where all is allowed; with --strict only where no more is', async () => {
    const own = join(repository, 'dist', 'vault', 'external-secrets.hcl');
    expect(await espalier(['policy', 'dist', '--against', own, '--strict'])).toMatchObject({ code: 0, stderr: '' });
    const wide = file('wide.json', '{"path": {"kv/*": {"capabilities": ["create", "read", "update"]}}}');
    expect((await espalier(['policy', 'dist', '--against', wide])).code).toBe(0);
    expect((await espalier(['policy', 'dist', '--against', wide, '--strict'])).code).toBe(1);
  });

  it('says where the policies of two clusters are one in Vault', async () => {
    const warned = async (server: string) => {
      const tree = join(folder, server.replace(/\W/g, ''));
      for (const cluster of ['east', 'west']) {
        const write = (path: string, object: object) => {
          mkdirSync(join(tree, path, '..'), { recursive: true });
          writeFileSync(join(tree, path), JSON.stringify(object));
        };
        write(`clusters/${cluster}/ks.yaml`, {
          apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
          kind: 'Kustomization',
          metadata: { name: 'apps', namespace: 'flux-system' },
          spec: { path: `./apps/${cluster}`, sourceRef: { kind: 'GitRepository', name: 'flux-system' } },
        });
        write(`apps/${cluster}/store.yaml`, {
          apiVersion: 'external-secrets.io/v1',
          kind: 'ClusterSecretStore',
          metadata: { name: 'vault' },
          spec: { provider: { vault: { server, path: 'kv', auth: { kubernetes: { role: 'eso' } } } } },
        });
      }
      const { code, stderr } = await espalier(['policy', tree]);
      return { code, warning: stderr.split('\n').filter((line) => line.startsWith('warning: ')) };
    };
    expect(await warned('https://vault.example.com')).toEqual({
      code: 0,
      warning: [
        "warning: The policy eso of clusters/east and clusters/west is one at https://vault.example.com: each writes over the other's. Mount the auth method once for each cluster (auth.kubernetes.mountPath), which the policy is then called after.",
      ],
    });
    expect(await warned('http://vault.vault.svc:8200')).toEqual({ code: 0, warning: [] });
  });

  it('of a tree with several clusters prints all, or the one that is chosen', async () => {
    const fleet = 'examples/fleet/dist';
    const all = await espalier(['policy', fleet]);
    expect(all.stderr).toBe(
      '2 policies: kubernetes-production-external-secrets, kubernetes-staging-external-secrets. Choose one with --store or --cluster.\n',
    );
    expect(all.stdout.match(/^# Made by .*$/gm)).toEqual([
      '# Made by espalier policy for the cluster examples/fleet/dist/production/kubernetes/flux/cluster.',
      '# Made by espalier policy for the cluster examples/fleet/dist/staging/kubernetes/flux/cluster.',
    ]);
    const staging = await espalier(['policy', fleet, '--cluster', 'staging', '--store', 'vault']);
    expect([staging.stderr, staging.stdout.match(/^path/gm)?.length]).toEqual(['', 3]);
    const { code, stderr } = await espalier(['policy', fleet, '--against', seed]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `error: --against compares one policy, and the tree needs 2. Choose one:
  --cluster examples/fleet/dist/production/kubernetes/flux/cluster --store vault
  --cluster examples/fleet/dist/staging/kubernetes/flux/cluster --store vault
`,
    });
  });

  mkdirSync(join(folder, 'empty'));
  writeFileSync(join(folder, 'empty', 'a.yaml'), 'apiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n');
  const broken = file('broken.hcl', 'path "a" {\n  capabilities = ["read"\n}\n');
  const wrong = file('wrong.hcl', 'path "a" {\n  capabilities = ["reed"]\n}\n');
  const typo = file('typo.hcl', 'path "a" {}\npath "b" {\n  capabilites = ["read"]\n}\n');
  const none = file('none.hcl', 'variable "a" {}\n');
  it.each([
    [['dist', '--format', 'yaml'], '--format "yaml": it must be one of hcl, commands, json.'],
    [['dist', '--against', seed, '--format', 'hcl'], '--format "hcl": it must be json here, or be left out.'],
    [['dist', '--strict'], '--strict needs --against FILE. Name the policy: --against FILE --strict.'],
    [
      ['dist', '--store', 'valt'],
      '--store "valt": there is no Vault store with that name; did you mean vault? The tree has vault.',
    ],
    [['dist', '--cluster', 'moon'], '--cluster "moon": there is no such cluster. The cluster is soyo.'],
    [
      [join(folder, 'empty')],
      `${join(folder, 'empty')} has no SecretStore or ClusterSecretStore for Vault, so it needs no policy. Name the folder of the whole tree.`,
    ],
    [['dist', '--against', join(folder, 'gone')], `--against ${join(folder, 'gone')}: the file cannot be read (ENOENT`],
    [['dist', '--against', broken], `${broken}:3:1: "]" is missing. A rule is path`],
    [['dist', '--against', wrong], `${wrong}:1: "reed" is not a capability; did you mean read? Vault would refuse`],
    [
      ['dist', '--against', typo],
      `${typo}:2: a path has no "capabilites"; did you mean capabilities? Vault would refuse the policy: correct it first.`,
    ],
    [['dist', '--against', none], `${none} has no rule (path "…" { capabilities = […] }), so it is not a policy.`],
  ])('%j cannot run, says why, and ends with 2', async (args, message) => {
    const { code, stdout, stderr } = await espalier(['policy', ...args]);
    expect({ code, stdout, stderr: stderr.slice(0, 'error: '.length + message.length) }).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: ${message}`,
    });
  });
});
