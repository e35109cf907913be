import { database, shopEffects } from '../review-of';

const volume = 'storage: { size: 1Gi }';
const one = `instances: 1, ${volume}`;
const three = `instances: 3, ${volume}`;
const changed = (before: string, after: string) => shopEffects(database(before), database(after));

describe('a database cluster', () => {
  test('gets and loses instances', () => {
    expect(changed(one, three)).toEqual([
      'scale low: Cluster shop/db runs 3 instances, 1 before: each new one copies the whole database',
    ]);
    expect(changed(three, one)).toEqual([
      'scale medium: Cluster shop/db runs 1 instance, 3 before: CloudNativePG deletes the volumes of those that are removed',
    ]);
  });

  test('grows', () => {
    expect(changed(one, 'instances: 1, storage: { size: 2Gi }')).toEqual([
      'other medium: Cluster shop/db grows each volume from 1Gi to 2Gi (`spec.storage.size`) while it runs, and cannot shrink it again\n  1. Before the merge, check that the storage class of its volumes can grow them: `kubectl get storageclass` shows `true` below `ALLOWVOLUMEEXPANSION`.',
    ]);
    expect(changed(one, 'instances: 1, storage: { size: 1024Mi }')).toEqual([]);
  });

  test('keeps its volumes where they are', () => {
    expect(changed(one, 'instances: 1, storage: { size: 1Gi, storageClass: fast }')).toEqual([
      'other medium: Cluster shop/db takes the new `spec.storage.storageClass` for new instances only: existing volumes stay where they are',
    ]);
  });

  test('gets volumes beside the others', () => {
    expect(changed(three, `${three}, walStorage: { size: 1Gi }`)).toEqual([
      'restart medium: Cluster shop/db gets a volume for its WAL: its instances restart one after the other, and it cannot be removed again',
    ]);
    const spaces = (...names: string[]) =>
      `${three}, tablespaces: [${names.map((name) => `{ name: ${name}, storage: { size: 1Gi } }`).join(', ')}]`;
    expect(changed(three, spaces('a'))).toEqual([
      'restart medium: Cluster shop/db gets tablespaces: its instances restart one after the other, and it cannot be removed again',
    ]);
    expect(changed(spaces('a'), spaces('a', 'b'))).toEqual([
      'restart medium: Cluster shop/db gets the tablespace `b`: its instances restart one after the other, and it cannot be removed again',
    ]);
  });

  test('is restarted for another image or other resources, the primary last', () => {
    const image = (spec: string, tag: string) => `${spec}, imageName: 'x/postgresql:${tag}'`;
    expect(changed(image(three, '17.1'), image(three, '17.2'))).toEqual([
      'restart medium: Cluster shop/db restarts its instances one after the other, the primary last, during which nothing can be written: its image changes',
    ]);
    expect(changed(image(one, '17.1'), image(one, '17.2'))).toEqual([
      'restart medium: Cluster shop/db restarts its only instance, and is down meanwhile: its image changes',
    ]);
    const switched = `${three}, primaryUpdateMethod: switchover`;
    expect(changed(image(switched, '17.1'), image(switched, '17.2'))).toEqual([
      'restart medium: Cluster shop/db restarts its instances one after the other, the primary last, after a switchover that cuts connections: its image changes',
    ]);
    const supervised = `${three}, primaryUpdateStrategy: supervised`;
    expect(changed(image(supervised, '17.1'), image(supervised, '17.2'))).toEqual([
      'restart medium: Cluster shop/db restarts its standbys, then waits for a person (primaryUpdateStrategy: supervised): its image changes\n  1. Once the standbys are up: `kubectl cnpg -n shop promote db <standby>`, or `kubectl cnpg -n shop restart db`.',
    ]);
    expect(changed(three, `${three}, resources: { limits: { memory: 1Gi } }`)).toEqual([
      'restart medium: Cluster shop/db restarts its instances one after the other, the primary last, during which nothing can be written: the settings of its pods change',
    ]);
  });

  test('is upgraded to another major version', () => {
    expect(changed(`${three}, imageName: 'x/postgresql:16.8'`, `${three}, imageName: 'x/postgresql:17.2'`)).toEqual([
      'data high: Cluster shop/db is upgraded from PostgreSQL 16 to 17 in place: it is down during the upgrade, and the only way back is to restore a backup\n  1. Before the merge, take a backup of Cluster shop/db and check that its extensions exist for PostgreSQL 17.\n  2. Afterwards, take a first backup of the new version, and run `ANALYZE`.',
    ]);
    const catalog = (major: number) =>
      `${three}, imageCatalogRef: { apiGroup: postgresql.cnpg.io, kind: ImageCatalog, name: images, major: ${major} }`;
    expect(changed(catalog(16), catalog(17))[0]).toMatch(
      /^data high: Cluster shop\/db is upgraded from PostgreSQL 16 to 17/,
    );
  });

  test('reads parameters anew, or at its start alone', () => {
    const set = (parameters: string) => `${three}, postgresql: { parameters: { ${parameters} } }`;
    expect(changed(set('work_mem: 4MB'), set('work_mem: 8MB'))).toEqual([
      'other low: Cluster shop/db reloads its configuration; nothing restarts',
    ]);
    expect(changed(set("max_connections: '100'"), set("max_connections: '200'"))).toEqual([
      'restart medium: Cluster shop/db restarts its instances one after the other, the primary last, during which nothing can be written: a parameter that PostgreSQL reads only at its start changes',
    ]);
    const first = (text: string) => changed(three, set(text))[0]?.split(':')[0];
    expect(first('shared_buffers: 1GB')).toBe('restart medium');
    expect(first('work_mem: 8MB')).toBe('other low');
    // The operator loads the extension's library for it.
    expect(changed(set('work_mem: 4MB'), set('work_mem: 4MB, pg_stat_statements.track: all'))[0]).toMatch(/^restart/);
    expect(changed(set('pg_stat_statements.track: top'), set('pg_stat_statements.track: all'))[0]).toMatch(
      /^other low/,
    );
    expect(changed(three, `${three}, postgresql: { shared_preload_libraries: [pg_cron] }`)[0]).toMatch(/^restart/);
  });

  test('takes no notice of another bootstrap', () => {
    expect(
      changed(
        `${one}, bootstrap: { initdb: { database: a, owner: a } }`,
        `${one}, bootstrap: { initdb: { database: b, owner: a } }`,
      ),
    ).toEqual([
      'other medium: Cluster shop/db ignores the new `spec.bootstrap`: it was used once, when the database was created',
    ]);
  });

  test("takes the owner's password from another Secret", () => {
    const from = (secret: string) =>
      `${one}, bootstrap: { initdb: { database: a, owner: a, secret: { name: ${secret} } } }`;
    expect(changed(from('a-2026-11'), from('a-2026-12'))).toEqual([
      "other medium: Cluster shop/db sets its owner's password to that of Secret a-2026-12",
    ]);
  });

  test('archives otherwise', () => {
    expect(changed(one, `${one}, plugins: [{ name: barman-cloud.cloudnative-pg.io, isWALArchiver: true }]`)).toEqual([
      "other medium: Cluster shop/db changes how it archives and backs up\n  1. After the merge, check that the next backup succeeds and that Cluster shop/db archives: `kubectl -n shop get clusters.postgresql.cnpg.io db -o jsonpath='{.status.conditions}'`.",
    ]);
  });

  test('is put to sleep and woken', () => {
    const asleep = database(one, ", annotations: { cnpg.io/hibernation: 'on' }");
    expect(shopEffects(database(one), asleep)).toEqual([
      'scale high: Cluster shop/db is hibernated: all its instances stop, the volumes stay',
    ]);
    expect(shopEffects(asleep, database(one))).toEqual(['scale low: Cluster shop/db wakes from hibernation']);
  });

  test('drops roles that are to be absent, and forgets those that are left out', () => {
    const roles = (...items: string[]) => `${one}, managed: { roles: [${items.join(', ')}] }`;
    expect(changed(roles('{ name: a }', '{ name: b }'), roles('{ name: a, ensure: absent }'))).toEqual([
      'data high: Cluster shop/db drops the role `a`',
      'other low: Cluster shop/db no longer manages the role `b`, which stays in the database',
    ]);
    expect(changed(roles('{ name: a, ensure: absent }'), roles())).toEqual([]);
  });

  test('has other fields', () => {
    expect(changed(one, `${one}, description: a database`)).toEqual([]);
  });
});
