import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { repository } from '../repository';

const script = readFileSync(join(__dirname, 'run.sh'), 'utf8');
const dist = join(repository, 'dist');
const objects = readdirSync(dist, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml'))
  .flatMap((path) => parseAllDocuments(readFileSync(join(dist, path), 'utf8')))
  .map(
    (document) => document.toJS() as { kind: string; metadata?: { name: string; namespace?: string }; spec?: unknown },
  );
const named = (kind: string): string[] =>
  objects.flatMap((object) =>
    object.kind === kind ? [`${object.metadata?.namespace ?? ''}/${object.metadata?.name}`] : [],
  );

test('the sequence on kind waits for every Kustomization of dist/', () => {
  const waited = /for name in ([^;]+); do/.exec(script)?.[1]?.split(' ');
  expect(['flux-system/cluster-apps', ...(waited ?? [])].sort()).toEqual(
    named('Kustomization')
      .filter((name) => !name.endsWith('/undefined'))
      .sort(),
  );
  expect(script).toContain('wait kustomization/cluster-apps');
});

test('the sequence on kind asserts each object that External Secrets and CloudNativePG act on', () => {
  for (const kind of ['ClusterSecretStore', 'ExternalSecret', 'PushSecret', 'Cluster', 'Deployment']) {
    expect(named(kind)).not.toEqual([]);
    for (const name of named(kind)) expect(script).toContain(name.split('/')[1]);
  }
  for (const key of ['webgrip/prod/clusters/soyo/apps/backstage/app', 'webgrip/prod/clusters/soyo/apps/backstage/db']) {
    expect(script).toContain(key);
    expect(JSON.stringify(objects)).toContain(key);
  }
});

test('the sequence on kind asserts ten arrows', () => {
  expect([...script.matchAll(/^arrow (\d+) /gm)].map(([, number]) => Number(number))).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
  ]);
});

test('Vault holds what the template of backstage-secrets does not do without', () => {
  const template = objects.find(
    ({ kind, metadata }) => kind === 'ExternalSecret' && metadata?.name === 'backstage-secrets',
  );
  const spec = template?.spec as { target: { template: { data: Record<string, string> } } };
  const needed = Object.entries(spec.target.template.data).flatMap(([key, value]) =>
    value.includes('default') ? [] : [key],
  );
  const written = /jq -n --rawfile key "[^"]+" '\{([^}]+)\}'/.exec(script)?.[1] ?? '';
  expect([...written.matchAll(/([A-Z0-9_]+):/g)].map(([, key]) => key).sort()).toEqual(needed.sort());
});
