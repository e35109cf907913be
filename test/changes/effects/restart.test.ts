import { object } from '../../graph/graph';
import { deployment, shopEffects } from '../review-of';

describe('pods', () => {
  test('are replaced when their template changes, and say why', () => {
    expect(shopEffects(deployment(), deployment('env: [{ name: A, value: b }]'))).toEqual([
      'restart medium: Deployment shop/shop restarts its pods one after the other: `containers[shop].env` changes',
    ]);
    expect(
      shopEffects(deployment(), deployment('env: [{ name: A, value: b }], args: [a], tty: true, stdin: true')),
    ).toEqual([
      'restart medium: Deployment shop/shop restarts its pods one after the other: `containers[shop].env`, `containers[shop].args`, `containers[shop].tty` and 1 other change',
    ]);
    expect(
      shopEffects(deployment(), deployment().replace('labels: { app: shop } }', 'labels: { app: shop, tier: web } }')),
    ).toEqual([
      'restart medium: Deployment shop/shop restarts its pods one after the other: `metadata.labels.tier` changes',
    ]);
  });

  test('stay when nothing changes but what Kubernetes fills in, or the form of a quantity', () => {
    expect(
      shopEffects(
        deployment('ports: [{ containerPort: 80 }]'),
        deployment('ports: [{ containerPort: 80, protocol: TCP }]'),
      ),
    ).toEqual([]);
    expect(
      shopEffects(
        deployment("resources: { limits: { cpu: '1', memory: 1Gi } }"),
        deployment('resources: { limits: { memory: 1024Mi, cpu: 1000m } }'),
      ),
    ).toEqual([]);
    expect(
      shopEffects(
        deployment(),
        deployment('', '', '      terminationGracePeriodSeconds: 30\n      dnsPolicy: ClusterFirst'),
      ),
    ).toEqual([]);
    expect(shopEffects(deployment(), deployment('', '  revisionHistoryLimit: 3'))).toEqual([]);
  });

  test('are replaced when a list comes in another order, though no field differs', () => {
    const env = (...names: string[]) => `env: [${names.map((name) => `{ name: ${name}, value: x }`).join(', ')}]`;
    const before = deployment(env('A', 'B', 'C'));
    expect(shopEffects(before, deployment(env('B', 'A', 'C')))).toEqual([
      'restart medium: Deployment shop/shop restarts its pods one after the other: the order of `containers[shop].env` changes',
    ]);
    // What comes, goes or differs is told as that.
    expect(shopEffects(before, deployment(env('C', 'A')))).toEqual([
      'restart medium: Deployment shop/shop restarts its pods one after the other: `containers[shop].env[B]` changes',
    ]);
    expect(shopEffects(before, before)).toEqual([]);
  });

  test('are replaced as their strategy says', () => {
    const rolled = (spec: string) => shopEffects(deployment('', spec), deployment('tty: true', spec));
    expect(rolled('  strategy: { type: Recreate }')).toEqual([
      'restart medium: Deployment shop/shop stops all its pods before new ones start (Recreate): `containers[shop].tty` changes',
    ]);
    expect(rolled('  paused: true')).toEqual([
      'suspended low: Deployment shop/shop is paused and rolls out nothing: `containers[shop].tty` changes',
    ]);
    expect(rolled('  replicas: 0')).toEqual([
      'other low: Deployment shop/shop has no pods to restart: `containers[shop].tty` changes',
    ]);
    const set = (image: string, strategy: string) =>
      object(
        'apps/v1',
        'StatefulSet',
        'shop',
        `spec: { updateStrategy: { type: ${strategy} }, template: { spec: { containers: [{ name: shop, image: '${image}' }] } } }`,
      );
    expect(shopEffects(set('a:1', 'OnDelete'), set('a:2', 'OnDelete'))).toEqual([
      'stale medium: StatefulSet shop/shop keeps its pods until they are deleted (OnDelete): `containers[shop].image` changes\n  1. Delete its pods one after the other.',
    ]);
    expect(shopEffects(set('a:1', 'RollingUpdate'), set('a:2', 'RollingUpdate'))).toEqual([
      'restart medium: StatefulSet shop/shop restarts its pods one after the other: `containers[shop].image` changes',
    ]);
    const daily = (image: string) =>
      object(
        'batch/v1',
        'CronJob',
        'report',
        `spec: { schedule: '0 2 * * *', jobTemplate: { spec: { template: { spec: { containers: [{ name: report, image: '${image}' }] } } } } }`,
      );
    expect(shopEffects(daily('a:1'), daily('a:2'))).toEqual([
      'other low: CronJob shop/report uses the new template from its next run on: `containers[report].image` changes',
    ]);
  });

  test('are replaced when init containers change places', () => {
    const init = (...names: string[]) =>
      deployment('', '', `      initContainers: [${names.map((name) => `{ name: ${name}, image: a }`).join(', ')}]`);
    expect(shopEffects(init('one', 'two'), init('two', 'one'))).toEqual([
      'restart medium: Deployment shop/shop restarts its pods one after the other: `initContainers` changes',
    ]);
  });
});

describe('the number of pods', () => {
  const scaled = (before: string, after: string) => shopEffects(deployment('', before), deployment('', after));

  test('rises, falls, and ends', () => {
    expect(scaled('  replicas: 1', '  replicas: 3')).toEqual(['scale low: Deployment shop/shop runs 3 pods, 1 before']);
    expect(scaled('  replicas: 3', '  replicas: 1')).toEqual([
      'scale medium: Deployment shop/shop runs 1 pod, 3 before',
    ]);
    expect(scaled('  replicas: 1', '  replicas: 0')).toEqual([
      'scale high: Deployment shop/shop stops: from 1 pod to none',
    ]);
    expect(scaled('', '  replicas: 2')).toEqual(['scale low: Deployment shop/shop runs 2 pods, 1 before']);
    expect(scaled('  replicas: 1', '')).toEqual([]);
  });

  test('falls to one where nothing gives it any more', () => {
    expect(scaled('  replicas: 3', '')).toEqual([
      'scale medium: Deployment shop/shop drops from 3 to 1 pod, the default without `replicas`',
    ]);
    const scaler = object(
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      'shop',
      'spec: { minReplicas: 2, maxReplicas: 5, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: shop } }',
    );
    expect(shopEffects(deployment('', '  replicas: 3') + scaler, deployment() + scaler)).toEqual([
      'scale medium: Deployment shop/shop drops from 3 to 1 pod, the default without `replicas`, until its autoscaler acts',
    ]);
  });
});
