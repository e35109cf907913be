import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ScheduledBackupSpec } from '../../../imports/cnpg-scheduled-backup';
import type { JsonObject } from '../../json/json';
import { at, textAt } from '../../json/read';
import { faultsOf } from '../../systems/cnpg/admission';
import { barmanPlugin } from '../../systems/cnpg/names';
import { sixFieldCron } from '../../systems/cron';
import { oneOf } from '../../systems/format';
import { dnsLabel } from '../../systems/kubernetes/names';
import { optionalFormat, requireFormat, requireOwn } from '../formats';
import { gvk } from '../gvk';
import { refuse } from '../input-error';
import { type DeepPartial, merge } from '../merge';
import { refuseFaults } from '../refuse-faults';
import { refuseUnknown } from '../refuse-unknown';
import { Resource, type ResourceProps } from '../resource';
import { type SpecOf, specJson } from '../spec';
import { needNeighbour } from './neighbour';
import { PostgresCluster } from './postgres-cluster';
import type { NamedPostgresCluster } from './postgres-cluster-props';

export interface ScheduledBackupProps extends ResourceProps {
  /** The database to back up; with the plugin it must have a `backup`. */
  readonly cluster: PostgresCluster | NamedPostgresCluster;
  /** Six cron fields, the seconds first: `0 0 2 * * *` is every day at 02:00. */
  readonly schedule: string;
  /** How: the Barman Cloud plugin, or what CNPG has of its own. @default 'plugin' */
  readonly method?: 'plugin' | 'barmanObjectStore' | 'volumeSnapshot' | null;
  /** Take one as soon as this object is made, too. @default false */
  readonly immediate?: boolean;
  /** What a Backup object is deleted with; the data in the store follows the retention policy alone. @default 'none' */
  readonly backupOwnerReference?: 'self' | 'cluster' | 'none';
  /** @default false */
  readonly suspend?: boolean;
  /** Which instance to take it from. @default CNPG's own: a standby where there is one */
  readonly target?: 'primary' | 'prefer-standby';
  /** Any other field of spec. @default none */
  readonly spec?: DeepPartial<ScheduledBackupSpec> | SpecOf<ScheduledBackupSpec>;
}

const ownerReferences = oneOf('none', 'self', 'cluster');
const targets = oneOf('primary', 'prefer-standby');

/**
 * Base backups of a database at fixed times, taken by the Barman Cloud plugin.
 *
 * @example
 * new ScheduledBackup(shop.directory, 'shop-db-daily', { cluster: db, schedule: '0 0 2 * * *' });
 */
export class ScheduledBackup extends Resource {
  /** The L1 beneath. */
  readonly resource: ApiObject;

  constructor(scope: Construct, id: string, props: ScheduledBackupProps) {
    super(scope, id, props);
    refuseUnknown(this, ScheduledBackup, props);
    const { cluster } = props;
    const method = this.byDefault(props.method, 'plugin');
    if (typeof cluster === 'object' && !(cluster instanceof PostgresCluster)) {
      if (cluster.producer) this.node.addDependency(cluster.producer);
    } else {
      needNeighbour(this, 'cluster', cluster);
      if (method === 'plugin' && !cluster.isArchived) {
        refuse(this, {
          field: 'cluster',
          value: cluster.node.path,
          allowed: 'a PostgresCluster with a backup: without one nothing archives the WAL that a base backup needs',
          example: 'backup: { objectStore }',
        });
      }
    }
    const spec = merge<JsonObject>(
      specJson(this, {
        cluster: { name: cluster.name },
        schedule: props.schedule,
        method,
        pluginConfiguration: method === 'plugin' ? { name: barmanPlugin } : undefined,
        immediate: props.immediate,
        backupOwnerReference: props.backupOwnerReference,
        suspend: props.suspend,
        target: props.target,
      }),
      specJson(this, props.spec),
    );
    requireFormat(this, 'schedule', spec.schedule as string, sixFieldCron);
    optionalFormat(this, 'backupOwnerReference', textAt(spec, 'backupOwnerReference'), ownerReferences);
    optionalFormat(this, 'target', textAt(spec, 'target'), targets);
    requireOwn(this, 'spec.cluster.name', at(spec, 'cluster', 'name'), cluster.name, 'cluster');
    // Every Backup carries the name as the value of its label cnpg.io/scheduled-backup.
    const metadata = this.metadata(props, {}, dnsLabel);
    const object: JsonObject = { kind: 'ScheduledBackup', spec };
    refuseFaults(this, object, faultsOf, (path) => path);
    this.resource = this.apiObject('Resource', gvk.ScheduledBackup, metadata, { spec });
  }
}
