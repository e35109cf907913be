import { object } from '../../graph/graph';
import { database, deployment, shopEffects } from '../review-of';

const settings = (value: string, more = '') =>
  object('v1', 'ConfigMap', 'settings', `data: { level: ${value}${more} }`);
const keys = (value: string) => object('v1', 'Secret', 'keys', `stringData: { password: ${value}, username: shop }`);
const annotated = (annotations: string, text: string) =>
  text.replace('name: shop, ', `name: shop, annotations: { ${annotations} }, `);

/** What happens to who reads the settings when a value of theirs changes. */
const read = (reader: string) => shopEffects(reader + settings('info'), reader + settings('debug'));

describe('a ConfigMap that changes', () => {
  test('is news to pods only when they start', () => {
    expect(read(deployment('envFrom: [{ configMapRef: { name: settings } }]'))).toEqual([
      'stale medium: Deployment shop/shop keeps running with the old ConfigMap shop/settings until it is restarted\n  because of ConfigMap/settings key `level`\n  1. Once Flux has applied the change: `kubectl -n shop rollout restart deployment/shop`.',
    ]);
    expect(
      read(deployment('env: [{ name: LEVEL, valueFrom: { configMapKeyRef: { name: settings, key: level } } }]')),
    ).toEqual([
      'stale medium: Deployment shop/shop keeps running with the old ConfigMap shop/settings until it is restarted\n  because of ConfigMap/settings key `level`\n  1. Once Flux has applied the change: `kubectl -n shop rollout restart deployment/shop`.',
    ]);
  });

  test('is no news to who reads another key, or another ConfigMap', () => {
    expect(
      read(
        deployment(
          'env: [{ name: LEVEL, valueFrom: { configMapKeyRef: { name: settings, key: other, optional: true } } }]',
        ),
      ),
    ).toEqual([]);
    expect(read(deployment('envFrom: [{ configMapRef: { name: others, optional: true } }]'))).toEqual([]);
  });

  test('comes into volumes by itself, unless a single file of it is mounted', () => {
    const mounted = (mount: string) =>
      deployment(
        `volumeMounts: [{ name: settings, mountPath: /etc/shop${mount} }]`,
        '',
        '      volumes: [{ name: settings, configMap: { name: settings } }]',
      );
    expect(read(mounted(''))).toEqual([
      'other low: Deployment shop/shop reads the new ConfigMap shop/settings in its files within minutes\n  because of ConfigMap/settings key `level`',
    ]);
    expect(read(mounted(', subPath: level'))).toEqual([
      'stale medium: Deployment shop/shop keeps running with the old ConfigMap shop/settings until it is restarted\n  because of ConfigMap/settings key `level`\n  1. Once Flux has applied the change: `kubectl -n shop rollout restart deployment/shop`.',
    ]);
  });

  test('restarts pods where Reloader is asked to', () => {
    const reader = deployment('envFrom: [{ configMapRef: { name: settings } }]');
    const asked = (annotations: string) => read(annotated(annotations, reader)).map((effect) => effect.split(' ')[0]);
    expect(read(annotated("reloader.stakater.com/auto: 'true'", reader))).toEqual([
      'restart medium: Deployment shop/shop is restarted by Reloader, as its annotation asks: ConfigMap shop/settings changes\n  because of ConfigMap/settings key `level`',
    ]);
    expect(asked("configmap.reloader.stakater.com/auto: 'true'")).toEqual(['restart']);
    expect(asked("configmap.reloader.stakater.com/reload: 'others, settings'")).toEqual(['restart']);
    expect(asked("secret.reloader.stakater.com/auto: 'true'")).toEqual(['stale']);
    expect(asked('configmap.reloader.stakater.com/reload: others')).toEqual(['stale']);
    expect(
      asked("reloader.stakater.com/auto: 'true', configmaps.exclude.reloader.stakater.com/reload: settings"),
    ).toEqual(['stale']);
  });

  test('restarts pods that search for what is marked', () => {
    const reader = annotated(
      "reloader.stakater.com/search: 'true'",
      deployment('envFrom: [{ configMapRef: { name: settings } }]'),
    );
    const marked = (text: string) =>
      text.replace('name: settings', "name: settings, annotations: { reloader.stakater.com/match: 'true' }");
    expect(read(reader)[0]).toMatch(/^stale/);
    expect(shopEffects(reader + marked(settings('info')), reader + marked(settings('debug')))[0]).toMatch(/^restart/);
  });

  test('is read anew by pods that are replaced anyway', () => {
    const reader = (image: string) =>
      deployment('envFrom: [{ configMapRef: { name: settings } }]').replace('shop:1', image);
    expect(shopEffects(reader('shop:1') + settings('info'), reader('shop:2') + settings('debug'))).toEqual([
      'restart medium: Deployment shop/shop restarts its pods one after the other: `containers[shop].image` changes',
    ]);
  });

  test('is read by jobs that start later', () => {
    const daily = object(
      'batch/v1',
      'CronJob',
      'report',
      "spec: { schedule: '0 2 * * *', jobTemplate: { spec: { template: { spec: { containers: [{ name: report, image: a, envFrom: [{ configMapRef: { name: settings } }] }] } } } } }",
    );
    expect(read(daily)).toEqual([
      'other low: CronJob shop/report reads the new ConfigMap shop/settings the next time that its pods start\n  because of ConfigMap/settings key `level`',
    ]);
  });
});

describe('a Secret that changes', () => {
  test('is said once of a workload that reads two', () => {
    const reader = deployment('envFrom: [{ configMapRef: { name: settings } }, { secretRef: { name: keys } }]');
    expect(shopEffects(reader + settings('info') + keys('one'), reader + settings('debug') + keys('two'))).toEqual([
      'stale medium: Deployment shop/shop keeps running with the old ConfigMap shop/settings, Secret shop/keys until it is restarted\n  because of ConfigMap/settings key `level`\n  1. Once Flux has applied the change: `kubectl -n shop rollout restart deployment/shop`.',
    ]);
  });

  test('gives a role of a database another password', () => {
    const reader = database(
      'instances: 1, storage: { size: 1Gi }, bootstrap: { initdb: { database: shop, owner: shop, secret: { name: keys } } }',
    );
    expect(shopEffects(reader + keys('one'), reader + keys('two'))).toEqual([
      'password high: Cluster shop/db sets the password of the role to that of Secret shop/keys, at its next reconciliation: from then on, logins with the old one are refused\n  because of Secret/keys key `password`',
    ]);
    const reloaded = (text: string) => text.replace('name: keys', "name: keys, labels: { cnpg.io/reload: 'true' }");
    expect(shopEffects(reader + reloaded(keys('one')), reader + reloaded(keys('two')))).toEqual([
      'password high: Cluster shop/db sets the password of the role to that of Secret shop/keys: from then on, logins with the old one are refused\n  because of Secret/keys key `password`',
    ]);
  });

  test('upgrades a release that takes its values from it', () => {
    const release = object(
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'cache',
      'spec: { interval: 1h, chartRef: { kind: OCIRepository, name: cache }, valuesFrom: [{ kind: Secret, name: keys, valuesKey: password }] }',
    );
    expect(shopEffects(release + keys('one'), release + keys('two'))).toEqual([
      'upgrade medium: HelmRelease shop/cache is upgraded with the new Secret shop/keys at its next reconciliation\n  because of Secret/keys key `password`',
    ]);
  });

  test('is written by External Secrets from elsewhere', () => {
    const asked = (property: string) =>
      object(
        'external-secrets.io/v1',
        'ExternalSecret',
        'shop',
        `spec: { secretStoreRef: { name: vault, kind: ClusterSecretStore }, target: { name: keys }, data: [{ secretKey: password, remoteRef: { key: shop, property: ${property} } }] }`,
      );
    const store = (path: string) =>
      object(
        'external-secrets.io/v1',
        'ClusterSecretStore',
        'vault',
        `spec: { provider: { vault: { server: 'http://vault:8200', path: ${path}, auth: { kubernetes: { role: shop, mountPath: kubernetes } } } } }`,
        '',
      );
    const reader = deployment('envFrom: [{ secretRef: { name: keys } }]');
    expect(shopEffects(reader + store('kv') + asked('one'), reader + store('kv') + asked('two'))).toEqual([
      'stale medium: Deployment shop/shop keeps running with the old Secret shop/keys until it is restarted\n  because of ExternalSecret/shop → Secret/keys key `password`\n  1. Once Flux has applied the change: `kubectl -n shop rollout restart deployment/shop`.',
      'vault medium: ExternalSecret shop/shop now reads `two` of `kv/shop` from Vault, and fails if it is not there\n  1. Before the merge, add `two` to `kv/shop` in Vault, unless it is there already.',
    ]);
    expect(shopEffects(reader + store('kv') + asked('one'), reader + store('other') + asked('one'))).toEqual([
      'stale medium: Deployment shop/shop keeps running with the old Secret shop/keys until it is restarted, if its content differs\n  because of ClusterSecretStore/vault → ExternalSecret/shop → Secret/keys\n  1. Once Flux has applied the change: `kubectl -n shop rollout restart deployment/shop`.',
      'vault medium: ClusterSecretStore vault needs access to 1 more path in Vault\n  1. Before the merge, extend the policy of role `shop` to allow `other/data/shop` (read); `espalier policy` prints it.',
      'vault medium: ExternalSecret shop/shop now reads `other/shop` from Vault, and fails if it is not there\n  1. Before the merge, write `other/shop` with `one` to Vault, unless it is there already.',
    ]);
  });
});
