import { Construct } from 'constructs';
import type { JsonObject } from '../../json/json';
import { objectAt } from '../../json/read';
import { barmanPlugin } from '../../systems/cnpg/names';
import { orDefault } from '../merge';
import type { Resource } from '../resource';
import { needApplication, needNeighbour } from './neighbour';
import type { NamedObjectStore, ObjectStore } from './object-store';
import type { PostgresBackup } from './postgres-cluster-props';

/** The property that a field of the object comes from. */
export function propertyOf(path: string): string {
  return path
    .replace(/^spec\.postgresql\.parameters\b/, 'parameters')
    .replace(/^spec\.bootstrap\.\w+\.(?=(?:database|owner)$)/, '')
    .replace(/^spec\.(?=(?:instances|imageName|storage|walStorage|resources)\b)/, '');
}

/** The plugin as WAL archiver. (plugin-barman-cloud, Using the Barman Cloud Plugin) */
export function archiver(
  { objectStore, serverName, isWALArchiver }: PostgresBackup,
  hasDefaults: boolean,
): Record<string, unknown> {
  return {
    name: barmanPlugin,
    isWALArchiver: orDefault<boolean | undefined>(isWALArchiver, hasDefaults ? true : undefined),
    parameters: { barmanObjectName: objectStore.name, ...(serverName !== undefined && { serverName }) },
  };
}

/** Lists that are added to ours, rather than put in their place. */
export function withoutAdded({ plugins: _, externalClusters: __, ...spec }: JsonObject): JsonObject {
  const managed = objectAt(spec, 'managed');
  if (managed === undefined) return spec;
  const { roles: _roles, ...others } = managed;
  return { ...spec, managed: others };
}

/**
 * Declares that a database reads an ObjectStore of its namespace.
 *
 * @returns the construct; undefined where none makes it
 */
export function needStore(
  reader: Resource,
  field: string,
  objectStore: ObjectStore | NamedObjectStore,
): ObjectStore | undefined {
  if (typeof objectStore === 'object' && !Construct.isConstruct(objectStore)) {
    if (objectStore.producer) reader.node.addDependency(objectStore.producer);
    return undefined;
  }
  needNeighbour(reader, field, objectStore);
  needApplication(reader, field, objectStore.plugin);
  return objectStore;
}
