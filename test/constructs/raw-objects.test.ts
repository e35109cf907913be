import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, Cron } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { App, Application, type AppProps, Cluster, type Directory } from '../../lib';
import { temporaryFolder } from '../repository';
import { refusal } from './synthesize';

const folder = temporaryFolder();

function appWith(build: (directory: Directory) => void, props: AppProps = {}): App {
  const app = new App({ outdir: join(folder, 'dist'), ...props });
  const home = new Cluster(app, 'home', { organisation: 'acme', environment: 'prod' });
  build(new Application(home, 'shop').directory);
  return app;
}

function raw(apiVersion: string, kind: string, spec: object): (directory: Directory) => void {
  return (directory) => void new ApiObject(directory, 'it', { apiVersion, kind, metadata: { name: 'it' }, spec });
}

const pod = { restartPolicy: 'Never', containers: [{ name: 'a', image: 'a/b:1' }] };

test.each<[string, (directory: Directory) => void, string[]]>([
  [
    'a schedule of six fields',
    raw('batch/v1', 'CronJob', { schedule: '0 0 2 * * *', jobTemplate: { spec: { template: { spec: pod } } } }),
    ['CronJob at apps/shop/shop/app/it', '`spec.schedule` is "0 0 2 * * *" and must be five cron fields'],
  ],
  [
    'a port out of range',
    raw('v1', 'Service', { ports: [{ port: 70000 }] }),
    ['Service at apps/shop/shop/app/it', '`spec.ports[0].port` is 70000 and must be from 1 to 65535'],
  ],
  [
    'a probe without a handler',
    raw('v1', 'Pod', { containers: [{ name: 'a', image: 'a/b:1', livenessProbe: { periodSeconds: 5 } }] }),
    ['Pod at apps/shop/shop/app/it', '`spec.containers[0].livenessProbe`', 'httpGet'],
  ],
  [
    'both fields of a PodDisruptionBudget',
    raw('policy/v1', 'PodDisruptionBudget', {
      minAvailable: 1,
      maxUnavailable: 1,
      selector: { matchLabels: { app: 'it' } },
    }),
    ['PodDisruptionBudget at apps/shop/shop/app/it', '`spec.maxUnavailable`', 'minAvailable'],
  ],
  [
    "what CloudNativePG's webhook denies",
    raw('postgresql.cnpg.io/v1', 'Cluster', { instances: 1, storage: { size: '1Gb' } }),
    ['Cluster at apps/shop/shop/app/it', '`spec.storage.size` is "1Gb" and must be a Kubernetes quantity'],
  ],
  [
    "what External Secrets' webhook denies",
    raw('external-secrets.io/v1', 'SecretStore', {
      provider: { fortanix: { apiKey: { secretRef: { key: 'token' } } } },
    }),
    [
      'SecretStore at apps/shop/shop/app/it',
      '`spec.provider.fortanix.apiKey.secretRef.name` is not set and must be given',
    ],
  ],
  [
    'a field that no schema has',
    raw('v1', 'Service', { ports: [{ prot: 80 }] }),
    ['Service at apps/shop/shop/app/it', 'unknown field `prot`', '`port`'],
  ],
  [
    'a schedule of cdk8s-plus',
    (directory) =>
      void new kplus.CronJob(directory, 'it', {
        schedule: new Cron({ minute: '61' }),
        containers: [{ image: 'a/b:1' }],
      }),
    ['CronJob at apps/shop/shop/app/it', '`spec.schedule` is "61 * * * *"'],
  ],
  [
    'a port of a Service that cdk8s-plus makes for a Deployment',
    (directory) => {
      const deployment = new kplus.Deployment(directory, 'it', { containers: [{ image: 'a/b:1', portNumber: 80 }] });
      deployment.exposeViaService({ ports: [{ port: 0, targetPort: 80 }] });
    },
    ['Deployment at apps/shop/shop/app/it', '`spec.ports[0].port` is 0 and must be from 1 to 65535'],
  ],
])('synth writes nothing and names the construct, the field, and what is allowed for %s', (_, build, texts) => {
  const message = refusal(() => appWith(build).synth());
  for (const text of texts) expect(message).toContain(text);
  expect(existsSync(join(folder, 'dist'))).toBe(false);
});

test('an app without checks writes what is refused', () => {
  const outdir = join(folder, 'unchecked');
  appWith(raw('v1', 'Service', { ports: [{ port: 70000 }] }), { outdir, check: false }).synth();
  expect(existsSync(join(outdir, 'kubernetes/apps/shop/shop/app/it.yaml'))).toBe(true);
});
