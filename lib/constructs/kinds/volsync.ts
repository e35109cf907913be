import { kind } from './kind';

/**
 * Copies a volume elsewhere, again and again.
 *
 * @example
 * const restic = { repository: bucket.secret, copyMethod: 'Snapshot', retain: { daily: 7 } } as const;
 * new ReplicationSource(shop.directory, 'backup', { name: 'shop', spec: { sourcePVC: data, trigger: { schedule: '0 2 * * *' }, restic } });
 */
export class ReplicationSource extends kind('volsync.backube/v1alpha1', 'ReplicationSource') {}

/**
 * Brings a volume back from where a ReplicationSource has copied it.
 *
 * @example
 * const restic = { repository: bucket.secret, copyMethod: 'Snapshot', capacity: '10Gi' } as const;
 * new ReplicationDestination(shop.directory, 'restore', { name: 'shop', spec: { trigger: { manual: 'once' }, restic } });
 */
export class ReplicationDestination extends kind('volsync.backube/v1alpha1', 'ReplicationDestination') {}
