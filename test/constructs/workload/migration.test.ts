import { Migration, WebService } from '../../../lib';
import { building, image, resources, write } from './parts';

const least = { image, args: ['migrate'], resources };

test('a Migration is a Job in a Kustomization of its own, which the app waits for', () => {
  const { find, findings } = write(({ app, directory, database }) => {
    new WebService(directory, 'shop', { image, port: 8080, resources, database });
    const migration = new Migration(app, 'migrate', { ...least, database, kustomization: { timeout: '15m' } });
    expect(migration.kustomization.kustomizationName).toBe('shop-migrate');
  });
  const waitsFor = (...names: string[]) => ({
    spec: { dependsOn: names.map((name) => ({ name, namespace: 'shop' })) },
  });
  expect(find('Kustomization', 'shop')).toMatchObject(waitsFor('shop-data', 'shop-migrate'));
  expect(find('Kustomization', 'shop-migrate')).toMatchObject(waitsFor('shop-data'));
  expect(find('Kustomization', 'shop-migrate')).toMatchObject({ spec: { wait: true, timeout: '15m' } });
  expect(find('Job', 'shop-migrate')).toMatchObject({
    metadata: { annotations: { 'kustomize.toolkit.fluxcd.io/force': 'enabled' } },
    spec: {
      backoffLimit: 2,
      template: { spec: { restartPolicy: 'Never', containers: [{ args: ['migrate'], name: 'shop-migrate' }] } },
    },
  });
  expect(findings).toEqual([]);
});

test('what it reads belongs to another app', () => {
  const build = building((_, { app, directory }) => {
    const web = new WebService(directory, 'shop', { image, port: 8080, resources });
    new Migration(app, 'migrate', { ...least, env: { SHOP: web.address } });
    return (app.node.root as never as { tree(): unknown }).tree();
  });
  expect(build).toThrow(/shop\/shop-migrate.*shop\/shop/s);
});

test('an app that does not wait for the Job is none that it runs before', () => {
  const kustomization = { wait: false };
  expect(building((_, { app }) => new Migration(app, 'migrate', { ...least, kustomization }))).toThrow(
    'soyo/apps/shop/shop-migrate/app/migrate: kustomization.wait is false. Allowed: true: the app would be applied before the Job',
  );
  const healthChecks = [{ apiVersion: 'batch/v1', kind: 'Job', name: 'shop-migrate', namespace: 'shop' }];
  const { find } = write(({ app }) => new Migration(app, 'migrate', { ...least, kustomization: { healthChecks } }));
  expect(find('Kustomization', 'shop-migrate')).toMatchObject({ spec: { healthChecks } });
});

test('a Job that vanishes would run again', () => {
  expect(
    building((_, { app }) => new Migration(app, 'migrate', { ...least, spec: { ttlSecondsAfterFinished: 60 } })),
  ).toThrow(
    'soyo/apps/shop/shop-migrate/app/migrate: spec.ttlSecondsAfterFinished is 60. Allowed: left out: Flux would apply the Job that is gone once more',
  );
});
