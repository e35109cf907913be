import type { JsonObject } from '../../json/json';
import { objectAt, textAt } from '../../json/read';

/** A bucket of an object store. */
export interface Bucket {
  /** Its name, or its address with the folder in it. */
  readonly name: string;
  /** Where the store is; undefined for the provider's own. */
  readonly endpoint: string | undefined;
}

/**
 * Where kinds name the bucket that they read or write, by `group/Kind` (plugin-barman-cloud 0.11, CloudNativePG 1.30, Velero 1.18, K8up 2.13,
 * Flux 2.9).
 */
export const bucketOf: Readonly<Record<string, (value: JsonObject) => Bucket | undefined>> = {
  'barmancloud.cnpg.io/ObjectStore': (value) => barman(objectAt(value, 'spec', 'configuration')),
  'postgresql.cnpg.io/Cluster': (value) => barman(objectAt(value, 'spec', 'backup', 'barmanObjectStore')),
  'velero.io/BackupStorageLocation': (value) =>
    bucket(textAt(value, 'spec', 'objectStorage', 'bucket'), textAt(value, 'spec', 'config', 's3Url')),
  'k8up.io/Schedule': (value) =>
    bucket(textAt(value, 'spec', 'backend', 's3', 'bucket'), textAt(value, 'spec', 'backend', 's3', 'endpoint')),
  'source.toolkit.fluxcd.io/Bucket': (value) =>
    bucket(textAt(value, 'spec', 'bucketName'), textAt(value, 'spec', 'endpoint')),
};

function barman(configuration: JsonObject | undefined): Bucket | undefined {
  return bucket(textAt(configuration, 'destinationPath'), textAt(configuration, 'endpointURL'));
}

function bucket(name: string | undefined, endpoint: string | undefined): Bucket | undefined {
  return name === undefined ? undefined : { name, endpoint };
}
