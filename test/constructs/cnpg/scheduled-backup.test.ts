import { Application, ScheduledBackup, type ScheduledBackupProps } from '../../../lib';
import { stage } from '../synthesize';
import { database, refusal, type Shop, shopOn, store, synthesizeShop } from './shop';

const at = 'soyo/apps/shop/shop/app/daily';
const backedUp = (shop: Shop) => database(shop, { backup: { objectStore: store(shop) } });

function daily(shop: Shop, props: Partial<ScheduledBackupProps> = {}): ScheduledBackup {
  const cluster = props.cluster ?? backedUp(shop);
  return new ScheduledBackup(shop.directory, 'daily', { schedule: '0 0 2 * * *', ...props, cluster });
}

describe('ScheduledBackup', () => {
  test('has the plugin back the database up', () => {
    const { document } = synthesizeShop((shop) => daily(shop));
    expect(document('kubernetes/apps/shop/shop/app/daily.yaml')).toEqual({
      apiVersion: 'postgresql.cnpg.io/v1',
      kind: 'ScheduledBackup',
      metadata: { name: 'daily', namespace: 'shop' },
      spec: {
        cluster: { name: 'shop-db' },
        schedule: '0 0 2 * * *',
        method: 'plugin',
        pluginConfiguration: { name: 'barman-cloud.cloudnative-pg.io' },
      },
    });
  });

  test('writes every property in the terms of the API', () => {
    const { find } = synthesizeShop((shop) =>
      daily(shop, {
        name: 'nightly',
        schedule: '@daily',
        immediate: true,
        backupOwnerReference: 'self',
        suspend: true,
        target: 'primary',
        spec: { pluginConfiguration: { parameters: { key: 'value' } } },
      }),
    );
    expect(find('ScheduledBackup', 'nightly').spec).toEqual({
      cluster: { name: 'shop-db' },
      schedule: '@daily',
      method: 'plugin',
      pluginConfiguration: { name: 'barman-cloud.cloudnative-pg.io', parameters: { key: 'value' } },
      immediate: true,
      backupOwnerReference: 'self',
      suspend: true,
      target: 'primary',
    });
  });

  test('a schedule of a fixed interval is taken, as CloudNativePG takes it', () => {
    const { find } = synthesizeShop((shop) => daily(shop, { schedule: '@every 1h30m' }));
    expect(find('ScheduledBackup', 'daily').spec).toMatchObject({ schedule: '@every 1h30m' });
  });

  test.each(['0 2 * * *', '@every day', '0 0 25 * * *', 'daily'])('the schedule %s is refused', (schedule) => {
    const message = `${at}: schedule is "${schedule}". Allowed: six cron fields with the seconds first (second minute hour day-of-month month day-of-week), or @daily, @hourly, @weekly, @monthly, @yearly, @every 6h. Example: "0 0 2 * * *" for every day at 02:00 (a five-field line gets a leading 0).`;
    expect(refusal((shop) => daily(shop, { schedule }))).toBe(message);
    expect(refusal((shop) => daily(shop, { spec: { schedule } }))).toBe(message);
  });

  test.each<[Partial<ScheduledBackupProps>, string]>([
    [
      { spec: { cluster: { name: 'other' } } },
      'spec.cluster.name is "other". Allowed: "shop-db", as in the property cluster. Example: only the property cluster.',
    ],
    [
      { backupOwnerReference: 'Self' as never },
      'backupOwnerReference is "Self". Allowed: one of none, self, cluster. Example: "none".',
    ],
    [
      { target: 'standby' as never },
      'target is "standby". Allowed: one of primary, prefer-standby. Example: "primary".',
    ],
    [
      { spec: { method: 'barmanObjectStore' as never, online: true } },
      'spec.online. It must be left out unless the method is volumeSnapshot.',
    ],
  ])('%j is refused', (props, message) => {
    expect(refusal((shop) => daily(shop, props))).toBe(`${at}: ${message}`);
  });

  test('no database is refused', () => {
    const nothing = { cluster: undefined as never, schedule: '@daily' };
    expect(refusal((shop) => new ScheduledBackup(shop.directory, 'daily', nothing))).toBe(
      `${at}: cluster is not set. Allowed: a construct of this cluster. Example: new PostgresCluster(scope, 'shop-db', { … }).`,
    );
  });

  test('a database without a backup is refused', () => {
    expect(refusal((shop) => daily(shop, { cluster: database(shop) }))).toBe(
      `${at}: cluster is "soyo/apps/shop/shop/app/shop-db". Allowed: a PostgresCluster with a backup: without one nothing archives the WAL that a base backup needs. Example: backup: { objectStore }.`,
    );
  });

  test('a database of another namespace is refused', () => {
    const message = refusal((shop) => {
      const { directory } = new Application(shop.cluster, 'orders');
      return daily({ ...shop, directory }, { cluster: backedUp(shop) });
    });
    expect(message).toBe(
      'soyo/apps/orders/orders/app/daily: cluster is "soyo/apps/shop/shop/app/shop-db". Allowed: one of namespace orders: CNPG looks for it in the namespace of daily. Example: another PostgresCluster in namespace orders.',
    );
  });

  test('a database of another cluster is refused', () => {
    const cluster = backedUp(shopOn(stage()));
    expect(refusal((shop) => daily(shop, { cluster }))).toBe(
      `${at}: cluster is "soyo/apps/shop/shop/app/shop-db". Allowed: one of the same cluster (soyo). Example: another PostgresCluster in soyo.`,
    );
  });

  test('a name that no label could hold is refused', () => {
    const name = 'd'.repeat(64);
    expect(refusal((shop) => daily(shop, { name }))).toBe(
      `${at}: name is "${name}". Allowed: a DNS label: a-z, 0-9 and "-", beginning and ending with a letter or digit, at most 63 characters. Example: "my-app".`,
    );
  });
});
