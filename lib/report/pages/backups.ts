import type { Resource } from '../../graph/resource';
import { at, listAt, textAt } from '../../json/read';
import { group as cnpgGroup } from '../../systems/cnpg/names';
import { address } from '../../text/address';
import { list, mark, paragraphs } from './markdown';
import { databasesOf, named, objectLink, type Page, type Section } from './page';

/** Where each database is backed up to, when, and where to read how it is restored. */
export const backups: Section = {
  heading: 'Backups and restore',
  body(page) {
    const databases = databasesOf(page);
    if (databases.length === 0) return undefined;
    return paragraphs(
      list(databases.map((database) => ofDatabase(page, database))),
      databases.some((database) => storeOf(page, database) !== undefined) ? restore : undefined,
    );
  },
};

/** https://cloudnative-pg.io/documentation/current/recovery/ */
const restore =
  'A database is never restored in place: a new Cluster, of another name, says `bootstrap.recovery` with the object store as its source, ' +
  'to the last WAL or to a point in time ([CloudNativePG, Recovery](https://cloudnative-pg.io/documentation/current/recovery/)). ' +
  "Its WAL archive must be empty: give the new one a server name of its own (the plugin's parameter `serverName`).";

function ofDatabase(page: Page, database: Resource): string {
  const home = page.app.namespace;
  const schedules = page.cluster
    .ofKind(cnpgGroup, 'ScheduledBackup')
    .filter(
      ({ namespace, value }) =>
        namespace === database.namespace && textAt(value, 'spec', 'cluster', 'name') === database.name,
    );
  const store = storeOf(page, database);
  const name = named(database, home);
  if (schedules.length === 0 && store === undefined) {
    return `${name}: **nothing in the tree backs it up.** Its data is only on its volumes.`;
  }
  const base = schedules.map((schedule) => {
    const suspended = at(schedule.value, 'spec', 'suspend') === true ? ', suspended' : '';
    const when = textAt(schedule.value, 'spec', 'schedule') ?? '?';
    return `a base backup at ${mark(when)}${suspended} (${objectLink(page, schedule)}; six cron fields, seconds first)`;
  });
  return `${name}: ${[
    store === undefined ? 'no archive of the WAL, so no point in time can be restored' : `the WAL goes to ${store}`,
    ...(base.length === 0
      ? ['**no ScheduledBackup makes base backups**, without which nothing can be restored']
      : base),
  ].join('; ')}.`;
}

/** Where a database archives its WAL: by a plugin, or as CloudNativePG did itself before 1.31. */
function storeOf({ cluster }: Page, { namespace, value }: Resource): string | undefined {
  const archiver = listAt(value, 'spec', 'plugins').find((plugin) => at(plugin, 'isWALArchiver') === true);
  const name = textAt(archiver, 'parameters', 'barmanObjectName');
  if (name !== undefined) {
    const [store] = cluster.find({ group: 'barmancloud.cnpg.io', kind: 'ObjectStore', namespace, name });
    const path = textAt(store?.value, 'spec', 'configuration', 'destinationPath');
    const kept = textAt(store?.value, 'spec', 'retentionPolicy');
    return `ObjectStore ${mark(name)}${path === undefined ? '' : ` at ${mark(address(path))}`}${kept === undefined ? '' : `, kept for ${mark(kept)}`}`;
  }
  if (archiver !== undefined) return `the plugin ${mark(textAt(archiver, 'name') ?? '?')}`;
  const path = textAt(value, 'spec', 'backup', 'barmanObjectStore', 'destinationPath');
  return path === undefined ? undefined : mark(address(path));
}
