import { fluxKustomization, object } from '../../graph/graph';
import { pageOf, section } from './site';

/** What is said of the backups of a database `db` of this spec, with other objects beside it. */
function backups(spec: string, ...others: string[]): string {
  const page = pageOf({
    'clusters/home/shop.yaml': fluxKustomization('shop', './apps/shop', '', 'shop'),
    'apps/shop/all.yaml': [object('postgresql.cnpg.io/v1', 'Cluster', 'db', `spec: { ${spec} }`), ...others].join(''),
  });
  return section(page, 'Backups and restore').split('\n')[0] ?? '';
}

const plugin =
  'plugins: [{ name: barman-cloud.cloudnative-pg.io, isWALArchiver: true, parameters: { barmanObjectName: store } }]';
const store = object(
  'barmancloud.cnpg.io/v1',
  'ObjectStore',
  'store',
  'spec: { retentionPolicy: 30d, configuration: { destinationPath: "s3://backups/shop" } }',
);
const scheduled = object(
  'postgresql.cnpg.io/v1',
  'ScheduledBackup',
  'nightly',
  'spec: { schedule: "0 0 2 * * *", cluster: { name: db } }',
);
const file = '[apps/shop/all.yaml](../../apps/shop/all.yaml)';

test('a database that nothing backs up says so', () => {
  expect(backups('instances: 3')).toBe(
    '- Cluster `db`: **nothing in the tree backs it up.** Its data is only on its volumes.',
  );
});

test('the WAL and the base backups are told apart', () => {
  const wal = 'the WAL goes to ObjectStore `store` at `s3://backups/shop`, kept for `30d`';
  const base = `a base backup at \`0 0 2 * * *\` (${file}; six cron fields, seconds first)`;
  expect(backups(plugin, store, scheduled)).toBe(`- Cluster \`db\`: ${wal}; ${base}.`);
  expect(backups(plugin, store)).toBe(
    `- Cluster \`db\`: ${wal}; **no ScheduledBackup makes base backups**, without which nothing can be restored.`,
  );
  expect(backups('instances: 1', scheduled)).toBe(
    `- Cluster \`db\`: no archive of the WAL, so no point in time can be restored; ${base}.`,
  );
});
