import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { espalier, repository, temporaryFolder } from '../repository';

const scratch = temporaryFolder();

describe('espalier impact', () => {
  it('tells what docs/impact.md shows', async () => {
    const { code, stdout } = await espalier(['impact', 'secret', 'backstage/backstage-secrets', 'dist']);
    expect(code).toBe(0);
    const page = readFileSync(join(repository, 'docs', 'impact.md'), 'utf8');
    expect(page).toContain(`$ npx cdk8s-espalier impact secret backstage/backstage-secrets dist\n${stdout}\`\`\`\n`);
  });

  it.each([
    ['dist/kubernetes/apps/backstage/backstage/app/service.yaml', ['Service/backstage/backstage']],
    ['kubernetes/apps/backstage/backstage/app/service.yaml', ['Service/backstage/backstage']],
    [
      './dist/kubernetes/apps/external-secrets/external-secrets/app/helmrelease.yaml',
      ['OCIRepository/external-secrets/external-secrets', 'HelmRelease/external-secrets/external-secrets'],
    ],
  ])('takes the file %s for what is written in it', async (file, subjects) => {
    const { stdout } = await espalier(['impact', file, 'dist', '--format', 'json']);
    expect(JSON.parse(stdout).impacts.map(({ subject }: { subject: string }) => subject)).toEqual(subjects);
  });

  it('answers for each cluster that has it, or for the one that is named', async () => {
    const answered = async (...args: string[]) => {
      const { stdout } = await espalier([
        'impact',
        'deploy/backstage',
        'examples/fleet/dist',
        '--format',
        'json',
        ...args,
      ]);
      return JSON.parse(stdout).impacts.map(({ cluster }: { cluster: string }) => cluster);
    };
    expect(await answered()).toEqual(['production', 'staging']);
    expect(await answered('--cluster', 'staging')).toEqual(['staging']);
  });

  it('takes a kind beside the name without a path, too', async () => {
    const cwd = join(repository, 'dist');
    const { stdout } = await espalier(['impact', 'secret', 'backstage/backstage-secrets'], { cwd });
    expect(stdout).toMatch(/^Secret\/backstage\/backstage-secrets\n/);
  });

  it.each([
    [[], 'impact needs the name of something, such as Secret/shop/db.'],
    [
      ['cluster/backstage', 'dist'],
      'nothing in the tree is called "cluster/backstage"; did you mean Cluster/backstage/backstage-db, Namespace/backstage, Kustomization/backstage/backstage,',
    ],
    [
      ['vault:kv/webgrip/prod/clusters/soyo/apps/backstage/ap', 'dist'],
      'nothing in the tree is called "vault:kv/webgrip/prod/clusters/soyo/apps/backstage/ap"; did you mean vault:kv/webgrip/prod/clusters/soyo/apps/backstage/app?',
    ],
    [
      ['backstage', 'dist'],
      '"backstage" may be one of several: Deployment/backstage/backstage, HTTPRoute/backstage/backstage,',
    ],
    [['zzz', 'dist'], 'nothing in the tree is called "zzz". Name an object (Secret/shop/db)'],
    [['zzz', 'dist', '--format', 'html'], '--format "html": it must be one of text, json, markdown.'],
  ])('refuses %j with what to do instead', async (args, message) => {
    const { code, stdout, stderr } = await espalier(['impact', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`error: ${message}`);
  });

  it('shows nothing secret in the names that it suggests', async () => {
    const store =
      'apiVersion: external-secrets.io/v1\nkind: SecretStore\nmetadata: { name: v, namespace: shop }\nspec: { provider: { vault: { server: "https://v", path: kv } } }\n';
    const read =
      'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: e, namespace: shop }\nspec: { secretStoreRef: { name: v }, dataFrom: [{ extract: { key: app-Zq7xsecret9 } }] }\n';
    const open =
      'apiVersion: v1\nkind: Secret\nmetadata: { name: s, namespace: shop }\nstringData: { password: Zq7xsecret9 }\n';
    writeFileSync(join(scratch, 'a.yaml'), [store, read, open].join('---\n'));
    const { stderr } = await espalier(['impact', 'vault:kv/app-Zq7xsecret8', scratch]);
    expect(stderr).toContain('did you mean vault:kv/app-(hidden)?');
  });
});
