import type { JsonObject } from '../../../json/json';
import { at } from '../../../json/read';
import type { Fault, Refusals } from '../../fault';
import { backup } from './backup';
import * as bootstrap from './bootstrap';
import * as cluster from './cluster';
import { database } from './database';
import * as managed from './managed';
import { pooler } from './pooler';
import * as postgresql from './postgresql';
import { resources } from './resources';
import { atAnnotation } from './values';
import * as volumes from './volumes';

export { refusedByDefinition } from './definition';

/**
 * What the webhooks of CloudNativePG 1.30.0 refuse in a new object, by kind. Each function says whose it is: a function of
 * internal/webhook/v1/cluster_webhook.go, or another file.
 */
const refusals: Readonly<Record<string, readonly Refusals[]>> = {
  Cluster: [
    cluster.name,
    cluster.image,
    cluster.durations,
    volumes.volumes,
    volumes.tablespaces,
    resources,
    postgresql.parameterNames,
    postgresql.sharedBuffers,
    postgresql.walSizes,
    postgresql.walLevel,
    postgresql.booleans,
    postgresql.synchronousReplication,
    postgresql.postgresql,
    postgresql.podSelectors,
    bootstrap.bootstrapMethod,
    bootstrap.initdb,
    bootstrap.externalSources,
    bootstrap.externalClusters,
    bootstrap.recoveryFromSnapshots,
    bootstrap.recoveryTarget,
    bootstrap.replica,
    bootstrap.barmanObjectStore,
    managed.roles,
    managed.services,
    managed.archivers,
    managed.environment,
    managed.extensions,
    cluster.primary,
    cluster.secrets,
    cluster.affinity,
    cluster.annotations,
    cluster.selections,
    cluster.projectedVolume,
  ],
  Pooler: [pooler],
  ScheduledBackup: [backup],
  Backup: [backup],
  Database: [database],
};

/** The kinds that have such webhooks. */
export const judgedKinds = Object.keys(refusals);

/** What the webhook of its kind refuses in an object that CloudNativePG does not have yet. */
export function* faultsOf(object: JsonObject): Generator<Fault> {
  // internal/webhook/v1/common.go: isValidationEnabled
  if (at(object, ...atAnnotation('cnpg.io/validation')) === 'disabled') return;
  for (const find of refusals[String(object.kind)] ?? []) yield* find(object);
}
