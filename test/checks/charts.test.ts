import { checks } from '../../lib/checks';
import type { Result } from '../../lib/checks/finding';
import { ofCharts } from '../../lib/checks/of-charts';
import type { JsonObject } from '../../lib/json/json';
import { makeBuild } from '../../lib/tree/kustomize';
import { fluxKustomization, object } from '../graph/graph';
import { type FakeChart, fakeCharts } from '../graph/releases/fake-charts';
import { memory } from '../tree/kustomize/memory';
import { checkOpened } from './check-tree';

const namespace = `---
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { kustomize.toolkit.fluxcd.io/prune: disabled } }
`;
const repository = object(
  'source.toolkit.fluxcd.io/v1',
  'HelmRepository',
  'charts',
  'spec: { url: https://charts.example.org, interval: 1h }',
);

function release(name: string, chart: string, more = ''): string {
  return `---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: ${name}
  namespace: shop${more}
spec:
  interval: 1h
  chart: { spec: { chart: ${chart}, version: 1.x, sourceRef: { kind: HelmRepository, name: charts } } }
  values:
    a: b
`;
}

async function opened(texts: Record<string, string>, charts: Record<string, FakeChart>): Promise<Result> {
  const tree = memory({
    'ks.yaml': fluxKustomization('apps', './apps', 'interval: 1h\nprune: true'),
    'apps/common.yaml': namespace + repository,
    ...texts,
  });
  return checkOpened(tree, makeBuild(tree), fakeCharts(charts), {
    severities: new Map([['flux/no-retry-interval', 'off']]),
  });
}

function pod(spec: JsonObject): JsonObject {
  return { containers: [{ name: 'app', image: 'example.org/app:1', ...spec }] };
}

function deployment(name: string, spec: JsonObject): JsonObject {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: pod(spec) } },
  };
}

const reading = (name: string) => deployment(name, { envFrom: [{ secretRef: { name: 'db' } }] });
const summary = ({ findings }: Result) =>
  findings.map(({ severity, rule, file, line, message, chain }) => ({
    severity,
    rule,
    at: `${file}:${line}`,
    message,
    chain,
  }));

describe('what a chart makes', () => {
  test('is not judged again by its schema where an earlier run found no fault with it', async () => {
    const kept = new Map<string, string>();
    const keep = <T>(key: string, make: () => T): T => {
      const text = kept.get(key) ?? JSON.stringify(make());
      kept.set(key, text);
      return JSON.parse(text);
    };
    const run = async (name = 'web') => {
      const faulty = [
        deployment('none', {}),
        deployment(name, { imagee: 'x' }),
        deployment('api', { ports: [{ containerPort: 0 }] }),
      ];
      const result = await opened({ 'apps/web.yaml': release('web', 'web') }, { web: { keep, render: () => faulty } });
      return result.findings.map(({ rule }) => rule).filter((rule) => /^schema|refused$/.test(rule));
    };
    const found = await run();
    expect(found).toEqual(['schema/unknown-field', 'workload/refused']);
    const verdicts = [...kept.keys()].filter((key) => key.includes('faultless'));
    expect(verdicts.map((key) => kept.get(key))).toEqual(['[0]']);
    expect(await run()).toEqual(found);
    for (const key of verdicts) kept.set(key, '[0,1,2]');
    expect(await run()).toEqual([]);
    expect(await run('other')).toEqual(found);
  });

  test('is told at the values of its HelmRelease, with the chart and its template', async () => {
    const result = await opened(
      { 'apps/web.yaml': release('web', 'web') },
      { web: { version: '1.2.3', render: () => [reading('web')] } },
    );
    expect(summary(result)).toEqual([
      {
        severity: 'error',
        rule: 'secrets/missing',
        at: 'apps/web.yaml:10',
        message: 'nothing creates Secret shop/db',
        chain: ['chart web 1.2.3 templates/all.yaml', 'Deployment/web', 'Secret/db'],
      },
    ]);
  });

  test('reads what the tree makes, and the tree what it makes', async () => {
    const secret: JsonObject = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'db' },
      stringData: { password: 'swordfish-12' },
    };
    const result = await opened(
      { 'apps/all.yaml': release('web', 'web') + release('db', 'db') },
      { web: { render: () => [reading('web')] }, db: { render: () => [secret] } },
    );
    expect(summary(result)).toEqual([]);
  });

  test('is silent where the HelmRelease says so', async () => {
    const annotations = '\n  annotations:\n    espalier/ignore: "secrets/missing: made by hand"';
    const result = await opened(
      { 'apps/web.yaml': release('web', 'web', annotations) },
      { web: { render: () => [reading('web')] } },
    );
    expect(summary(result)).toEqual([]);
    expect(result.counts.suppressed).toBe(1);
  });

  test('is a warning, told once for all releases, where its author alone can change it', async () => {
    const probing = (name: string) => deployment(name, { livenessProbe: { httpGet: { port: 'http', path: '/' } } });
    const charts = { web: { render: ({ release: { name } }: { release: { name: string } }) => [probing(name)] } };
    const texts = { 'apps/all.yaml': release('one', 'web') + release('two', 'web') + release('three', 'web') };
    const result = await opened(texts, charts);
    expect(summary(result)).toEqual([
      {
        severity: 'warning',
        rule: 'workload/probe-port',
        at: 'apps/all.yaml:10',
        message:
          'livenessProbe asks the port http, but container app names none; the same is true of 2 more objects of chart web 1.0.0: apps/all.yaml:10, apps/all.yaml:21, apps/all.yaml:32',
        chain: ['chart web 1.0.0 templates/all.yaml'],
      },
    ]);
  });

  test('is told at the value that the user gives it by, and is as severe as in objects of the user', async () => {
    const web: FakeChart = {
      render: ({ values }) => [
        deployment('web', {
          envFrom: [{ secretRef: { name: values.secret ?? '' } }],
          livenessProbe: { httpGet: { port: values.port ?? '', path: '/' } },
        }),
      ],
    };
    const given = `${release('web', 'web')}    secret: db\n  valuesFrom: [{ kind: ConfigMap, name: more }]\n`;
    const more = object('v1', 'ConfigMap', 'more', 'data:\n  values.yaml: |\n    # of all\n    port: http\n');
    const result = await opened({ 'apps/web.yaml': given, 'apps/more.yaml': more }, { web });
    const chain = ['chart web 1.0.0 templates/all.yaml'];
    expect(summary(result)).toEqual([
      {
        severity: 'error',
        rule: 'workload/probe-port',
        at: 'apps/more.yaml:8',
        message: 'livenessProbe asks the port http, but container app names none',
        chain,
      },
      {
        severity: 'error',
        rule: 'secrets/missing',
        at: 'apps/web.yaml:12',
        message: 'nothing creates Secret shop/db',
        chain: [...chain, 'Deployment/web', 'Secret/db'],
      },
    ]);
  });

  test('is not deleted by the Kustomization, nor taken for an object of two', async () => {
    const claim: JsonObject = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    };
    const charts = { a: { render: () => [claim] }, b: { render: () => [claim] } };
    expect(summary(await opened({ 'apps/all.yaml': release('a', 'a') + release('b', 'b') }, charts))).toEqual([]);
  });

  test('is no Secret in plain text', async () => {
    const secret: JsonObject = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'db' },
      stringData: { password: 'swordfish-12' },
    };
    expect(summary(await opened({ 'apps/db.yaml': release('db', 'db') }, { db: { render: () => [secret] } }))).toEqual(
      [],
    );
  });

  test('is refused by the API server as anything else, and the release fails', async () => {
    const bad = deployment('web', { ports: [{ containerPort: 99_999 }] });
    const [finding] = (await opened({ 'apps/web.yaml': release('web', 'web') }, { web: { render: () => [bad] } }))
      .findings;
    expect(finding).toMatchObject({ severity: 'error', object: 'Deployment shop/web' });
  });

  test('has an unknown field: Helm is refused it, or drops it as it did', async () => {
    const odd = deployment('web', { imagePullPolice: 'Always' });
    const { findings } = await opened({ 'apps/web.yaml': release('web', 'web') }, { web: { render: () => [odd] } });
    expect(findings.map(({ message }) => message)).toEqual([
      'unknown field `imagePullPolice` in `spec.template.spec.containers[0]`; did you mean `imagePullPolicy`? (the installation fails; a release that Helm 3 has installed drops it)',
    ]);
  });

  test('is told once for all releases where the API server refuses all', async () => {
    const bad = (name: string) => deployment(name, { ports: [{ containerPort: 99_999 }] });
    const charts = { web: { render: ({ release: { name } }: { release: { name: string } }) => [bad(name)] } };
    const { findings } = await opened({ 'apps/all.yaml': release('one', 'web') + release('two', 'web') }, charts);
    expect(findings.map(({ severity, places }) => ({ severity, places }))).toEqual([
      { severity: 'error', places: ['apps/all.yaml:10', 'apps/all.yaml:21'] },
    ]);
  });

  test('may lack what an operator in it makes: its own certificates, not what users bring', async () => {
    const role: JsonObject = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'operator' },
      rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['*'] }],
    };
    const mounting = deployment('operator', {
      envFrom: ['operator-webhook-cert', 'db'].map((name) => ({ secretRef: { name } })),
    });
    const result = await opened(
      { 'apps/a.yaml': release('operator', 'operator') },
      { operator: { render: () => [role, mounting] } },
    );
    expect(summary(result).map(({ message }) => message)).toEqual(['nothing creates Secret shop/db']);
    expect(result.notJudged.map(({ name, why }) => [name, why])).toEqual([
      ['operator-webhook-cert', 'ClusterRole operator may make it'],
    ]);
  });

  test('that cannot be had is counted once for each reason', async () => {
    const { unknowns } = await opened({ 'apps/all.yaml': release('a', 'none') + release('b', 'none') }, {});
    expect(unknowns).toEqual([
      {
        message: 'what the charts of 2 HelmReleases make is not checked: there is no chart none',
        file: 'apps/all.yaml',
      },
    ]);
  });
});

describe('a chart that does not render', () => {
  const failing = (message: string) => ({ web: { render: () => ({ type: 'failed' as const, message }) } });

  test.each([
    ['the chart says: host is required', 'Give the values that the chart needs, or take another version of it.'],
    [
      'chart requires kubeVersion: <1.30 which is incompatible with Kubernetes v1.36.0',
      'Take a version of the chart for this Kubernetes, or say which the cluster has (--kubernetes).',
    ],
    [
      'release name check failed: release name "-rf": invalid release name',
      'Correct spec.releaseName, or the names and targetNamespace that it is made of.',
    ],
  ])('is told with what helps: %s', async (message, remedy) => {
    const { findings } = await opened({ 'apps/web.yaml': release('web', 'web') }, failing(message));
    expect(findings).toMatchObject([{ rule: 'helm/chart-fails', remedy }]);
  });

  test('is no finding while its release is suspended', async () => {
    const suspended = release('web', 'web').replace('  interval: 1h', '  interval: 1h\n  suspend: true');
    expect(summary(await opened({ 'apps/web.yaml': suspended }, failing('the chart says: no')))).toEqual([]);
  });
});

test('charts that look into the cluster are told of once', async () => {
  const asking = { looksUp: true, render: () => [] };
  const texts = { 'apps/all.yaml': release('a', 'one') + release('b', 'one') + release('c', 'two') };
  const { unknowns } = await opened(texts, { one: asking, two: asking });
  expect(unknowns).toEqual([
    {
      message:
        '2 charts ask the cluster what is in it (lookup), which answers nothing here, as in a first installation: one 1.0.0, two 1.0.0',
    },
  ]);
});

test('every rule that is milder for charts is a rule', () => {
  const ids = new Set(checks.map(({ id }) => id));
  expect(Object.keys(ofCharts).filter((id) => !ids.has(id))).toEqual([]);
});
