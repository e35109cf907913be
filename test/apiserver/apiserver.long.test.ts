import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { groupVersion } from '../../lib/systems/api-version';
import { isKubernetesGroup } from '../../lib/systems/kinds/groups';
import { repository, temporaryFolder } from '../repository';
import { ApiServer, assets, type Verdict } from './apiserver';
import { errorsOf } from './check-objects';
import { mutated, mutationOf, Seeds } from './mutations';
import { randomFrom } from './random';
import { validObjects } from './valid-objects';

const bin = assets();
if (bin === undefined) {
  console.info(
    'KUBEBUILDER_ASSETS names no folder with etcd and kube-apiserver: check is not held against a real API server.',
  );
}
/** The definitions as their projects release them; those of imports/ lack the fields that no construct writes. */
const released = process.env.ESPALIER_CRDS;
const examples = ['apps', 'fleet', 'kinds', 'secrets'];
const ifAssets = bin === undefined ? describe.skip : describe;

ifAssets('a real API server', () => {
  const folder = temporaryFolder();
  let server: ApiServer;

  beforeAll(async () => {
    server = await ApiServer.start(bin as string, join(folder, 'server'));
    await server.define(
      documentsBelow(released ?? join(repository, 'imports', 'crds'))
        .filter(({ kind }) => kind === 'CustomResourceDefinition')
        .map(approved),
    );
  });
  afterAll(() => server?.stop());

  const ask = async (objects: readonly Record<string, unknown>[]): Promise<Verdict[]> => {
    const verdicts: Verdict[] = [];
    let next = 0;
    const one = async (): Promise<void> => {
      while (next < objects.length) {
        const at = next++;
        verdicts[at] = await server.apply(inDefault(objects[at] as never), { dryRun: true });
      }
    };
    await Promise.all(Array.from({ length: 8 }, one));
    return verdicts;
  };

  test.each(['dist', ...examples.map((name) => `examples/${name}/dist`)])('accepts %s', async (tree) => {
    const objects = documentsBelow(join(repository, tree)).filter(
      ({ apiVersion }) => !/^kustomize\.config\.k8s\.io\//.test(String(apiVersion)),
    );
    const verdicts = await ask(objects);
    expect(verdicts.filter(({ refused }) => refused === false).length).toBeGreaterThanOrEqual(10);
    expect(verdicts.flatMap(({ refused, message }) => (refused ? [message] : []))).toEqual([]);
  });

  test('refuses of random mutations what check reports, and accepts the others', async () => {
    const count = Number(process.env.ESPALIER_MUTATIONS ?? 1000);
    const valid = [...validObjects().values()].filter(
      ({ apiVersion }) => released !== undefined || isKubernetesOwn(groupVersion(String(apiVersion)).group),
    );
    const seeds = new Seeds(valid, randomFrom(Number(process.env.ESPALIER_SEED ?? 14)));
    const rows = Array.from({ length: count }, () => {
      const object = seeds.random.of(valid);
      const mutation = mutationOf(object, seeds);
      return {
        object: mutated(object, mutation),
        what: `${object.kind}/${object.metadata.name} ${mutation.at.join('.')}: ${mutation.name}`,
      };
    });
    const verdicts = await ask(rows.map(({ object }) => object));
    const errors = await errorsOf(
      join(folder, 'tree'),
      rows.map(({ object }) => object),
    );
    const judged = rows
      .map((row, at) => ({ ...row, ...(verdicts[at] as Verdict), finding: errors.get(at) }))
      .filter(({ refused }) => refused !== undefined);
    // This server has no webhooks: what they refuse, it accepts.
    const alarms = judged.filter(
      ({ refused, finding, what }) =>
        !refused && finding !== undefined && !ofWebhooks.test(finding.rule) && !overwritten.test(what),
    );
    const missed = judged.filter(({ refused, finding }) => refused && finding === undefined);
    expect(alarms.map(({ what, finding }) => `${what}: ${finding?.message}`)).toEqual([]);
    // Of Kubernetes' own kinds alone, a larger share is what cannot be told without the cluster.
    expect(missed.length / judged.length).toBeLessThan(released === undefined ? 0.02 : 0.01);
  }, 600_000);
});

function isKubernetesOwn(group: string): boolean {
  return isKubernetesGroup(group) && group !== 'gateway.networking.k8s.io';
}

/** The API server writes the label itself before it looks at it. */
const overwritten = /^Namespace\/\S+ metadata\.labels\.kubernetes\.io\/metadata\.name:/;

const ofWebhooks = /^(cnpg|eso|gateway|certmanager)\//;

/** With the note that Kubernetes asks of definitions in its own groups, which imports/ leaves out. */
function approved(definition: Record<string, unknown>): Record<string, unknown> {
  const metadata = {
    ...(definition.metadata as object),
    annotations: { 'api-approved.kubernetes.io': 'unapproved, a test' },
  };
  return { ...definition, metadata };
}

/** Where the namespace is the test's affair, there is one that exists. */
function inDefault(object: { metadata?: { namespace?: unknown } }): Record<string, unknown> {
  return object.metadata?.namespace === undefined
    ? object
    : { ...object, metadata: { ...object.metadata, namespace: 'default' } };
}

function documentsBelow(folder: string): Record<string, unknown>[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .sort()
    .flatMap((path) => parseAllDocuments(readFileSync(join(folder, path), 'utf8'), { version: '1.1' }))
    .map((document) => document.toJS() as Record<string, unknown>)
    .filter((object) => object?.apiVersion !== undefined && object.kind !== undefined);
}
