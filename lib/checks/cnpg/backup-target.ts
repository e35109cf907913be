import type { Cluster } from '../../graph/cluster';
import { describe, step } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import type { Path } from '../../json/json';
import { at, listAt, objectAt, textAt } from '../../json/read';
import { defaultMethod } from '../../systems/cnpg/admission/backup';
import { group } from '../../systems/cnpg/names';
import type { ClusterCheck, Problem } from '../check';
import { hintFor } from '../hint';
import { meantObject } from '../meant';

export const backupTarget: ClusterCheck = {
  id: 'cnpg/backup-target',
  severity: 'error',
  title: 'Backup of a Cluster that does not exist or is not prepared for backups',
  atRunTime:
    'no backup is ever taken: each one fails ("cannot proceed with the backup as the cluster has no plugin configured") or waits for the Cluster',
  remedy: 'name a Cluster of the same namespace, and a method that its spec configures',
  fixes: 'write the one name that is a slip away',
  source: 'cloudnative-pg internal/controller/backup_controller.go (checkPrerequisites)',
  *check(cluster) {
    for (const kind of ['ScheduledBackup', 'Backup']) {
      for (const backup of cluster.ofKind(group, kind)) yield* judge(backup, cluster);
    }
  },
};

function* judge(backup: Resource, cluster: Cluster): Generator<Problem> {
  const path = ['spec', 'cluster', 'name'];
  const name = textAt(backup.value, ...path);
  const { namespace } = backup;
  if (name === undefined || namespace === '' || !isKnown(name)) return;
  const found = cluster.lookup({ group, kind: 'Cluster', namespace, name });
  if (found.state === 'absent') {
    const hint = hintFor({ namespace, name }, cluster.ofKind(group, 'Cluster'));
    yield {
      at: { resource: backup, path },
      message: `${describe(backup)} backs up Cluster ${name}, which does not exist in namespace ${namespace}${hint}`,
      ...meantObject(['spec', 'cluster'], { namespace, name }, cluster.ofKind(group, 'Cluster'), false),
    };
  }
  if (found.state !== 'found' || found.resources[0].uncertain) return;
  const [database] = found.resources;
  const problem = unprepared(backup, database);
  if (problem === undefined) return;
  yield {
    at: { resource: backup, ...problem.at },
    message: `${describe(backup)} ${problem.message}`,
    chain: [step(backup), step(database)],
  };
}

function unprepared(
  backup: Resource,
  { name, value }: Resource,
): { at: { path: Path; on?: 'key' }; message: string } | undefined {
  const said = textAt(backup.value, 'spec', 'method');
  const method = said ?? defaultMethod;
  const spot = said === undefined ? { path: ['spec'], on: 'key' as const } : { path: ['spec', 'method'] };
  const plugins = listAt(value, 'spec', 'plugins').filter((plugin) => at(plugin, 'enabled') !== false);
  if (method === 'plugin') {
    const path = ['spec', 'pluginConfiguration', 'name'];
    const wanted = textAt(backup.value, ...path);
    // A Backup without it is refused (cnpg/refused).
    if (wanted === undefined && backup.kind === 'Backup') return undefined;
    if (wanted === undefined) return { at: spot, message: 'has the method plugin, but no pluginConfiguration.name' };
    const names = plugins.flatMap((plugin) => textAt(plugin, 'name') ?? []);
    if (!isKnown(wanted) || !names.every(isKnown) || names.includes(wanted)) return undefined;
    const has = names.length === 0 ? 'none' : names.join(', ');
    return { at: { path }, message: `uses the plugin ${wanted}, but Cluster ${name} has ${has}` };
  }
  if (objectAt(value, 'spec', 'backup', method) !== undefined) return undefined;
  if (method !== 'barmanObjectStore' && method !== 'volumeSnapshot') return undefined;
  const meant =
    method === 'barmanObjectStore' && plugins.length > 0 ? '; the Cluster has plugins, so write method: plugin' : '';
  const how = said === undefined ? `has no method, which means ${method}` : `has the method ${method}`;
  return { at: spot, message: `${how}, but Cluster ${name} has no backup.${method}${meant}` };
}
