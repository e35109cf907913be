import { type Backstage, backstagesIn, says, settingOf } from '../../graph/backstage/containers';
import { connectionOf, connectsAs } from '../../graph/backstage/database';
import type { Cluster } from '../../graph/cluster';
import { managedRoles } from '../../graph/cnpg/roles';
import { describe, keyStep, step } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { at, objectAt, textAt, textsIn } from '../../json/read';
import { applicationOf } from '../../systems/cnpg/made';
import { group } from '../../systems/cnpg/names';
import type { ClusterCheck } from '../check';

export const pluginDatabases: ClusterCheck = {
  id: 'backstage/plugin-databases',
  severity: 'error',
  title: 'Owner that may not create the databases of the plugins',
  atRunTime: 'no plugin starts: "CREATE DATABASE "backstage_plugin_app" - permission denied to create database"',
  remedy:
    'give the owner createdb: true in an entry of spec.managed.roles, or set backend.database.pluginDivisionMode: schema',
  source: 'backstage packages/backend-defaults/src/entrypoints/database/connectors/postgres.ts',
  *check(cluster) {
    for (const backstage of backstagesIn(cluster)) {
      const { pod, files, complete } = backstage;
      if (!makesDatabases(backstage)) continue;
      const connection = connectionOf(backstage, cluster);
      const application = connection && applicationOf(connection.database.value);
      if (connection === undefined || application === undefined) continue;
      const { database } = connection;
      if (!connectsAs(backstage, application) || mayCreate(cluster, database, application.owner)) continue;
      const [file] = files;
      yield {
        at: { resource: database, path: application.path },
        message: `"${application.owner}", the owner of ${describe(database)}, may not create databases, but Backstage creates one for each plugin`,
        chain: [step(pod.resource), ...(file ? [keyStep(file.map, file.key)] : []), step(database)],
        // Otherwise an app-config of the image may have the mode.
        severity: complete ? 'error' : 'warning',
      };
    }
  },
};

function makesDatabases(backstage: Backstage): boolean {
  const database = ['backend', 'database'];
  const mode = settingOf(backstage, ...database, 'pluginDivisionMode');
  if (mode !== undefined && mode.text !== 'database') return false;
  // Somebody else makes them, or plugins have databases of their own.
  return settingOf(backstage, ...database, 'ensureExists') === undefined && !says(backstage, ...database, 'plugin');
}

function mayCreate(cluster: Cluster, database: Resource, owner: string): boolean {
  const bootstrap = objectAt(database.value, 'spec', 'bootstrap');
  if (database.uncertain || at(bootstrap, 'recovery') !== undefined || at(bootstrap, 'pg_basebackup') !== undefined) {
    return true;
  }
  for (const role of managedRoles(cluster, database)) {
    if (role.name === owner && (at(role.value, 'createdb') === true || at(role.value, 'superuser') === true))
      return true;
  }
  if (Object.keys(objectAt(bootstrap, 'initdb') ?? {}).some((field) => /SQLRefs$/.test(field))) return true;
  for (const { text } of textsIn(bootstrap)) if (/createdb|superuser|backstage_plugin_/i.test(text)) return true;
  return cluster
    .ofKind(group, 'Database')
    .some(
      ({ namespace, value }) =>
        namespace === database.namespace &&
        textAt(value, 'spec', 'cluster', 'name') === database.name &&
        textAt(value, 'spec', 'name')?.startsWith('backstage_plugin_') === true,
    );
}
