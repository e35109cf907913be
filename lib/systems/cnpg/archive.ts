import type { JsonObject, Path } from '../../json/json';
import { at, listAt, objectAt, textAt } from '../../json/read';
import { isKnown } from '../../text/symbolic';
import { atAnnotation } from './admission/values';
import { barmanPlugin } from './names';

/** A folder of an object store in which one server's backups and write-ahead log lie. */
export interface Archive {
  /** The ObjectStore, or the address of the store that the Cluster itself names. */
  readonly store: { readonly name: string } | { readonly address: string };
  readonly server: string;
  /** Where the server's name is said, or else the store. */
  readonly path: Path;
}

/**
 * Where a Cluster archives and where it is restored from; undefined where nobody knows, or where it does not do both.
 *
 * - The plugin calls a server as the Cluster, unless `serverName` says otherwise, and so it does where it restores. (plugin-barman-cloud,
 *   internal/cnpgi/operator/config/config.go, NewFromCluster)
 * - The code within CloudNativePG calls it as the entry of externalClusters where it restores. (1.30, api/v1/cluster_funcs.go, GetServerName)
 * - With `cnpg.io/skipEmptyWalArchiveCheck: enabled` nobody looks whether the archive is empty. (pkg/management/postgres/archiver)
 */
export function restoreOf(cluster: JsonObject): { readonly from: Archive; readonly to: Archive } | undefined {
  if (at(cluster, ...atAnnotation('cnpg.io/skipEmptyWalArchiveCheck')) === 'enabled') return undefined;
  const source = textAt(cluster, 'spec', 'bootstrap', 'recovery', 'source');
  const i = listAt(cluster, 'spec', 'externalClusters').findIndex((each) => textAt(each, 'name') === source);
  if (source === undefined || i < 0) return undefined;
  const name = textAt(cluster, 'metadata', 'name') ?? '';
  const external = ['spec', 'externalClusters', i];
  const from =
    ofPlugin(cluster, [...external, 'plugin'], name) ?? ofStore(cluster, [...external, 'barmanObjectStore'], source);
  const to = archiveOf(cluster);
  return from && to && { from, to };
}

/** Where a Cluster archives; undefined where it does not, or nobody knows. */
export function archiveOf(cluster: JsonObject): Archive | undefined {
  const name = textAt(cluster, 'metadata', 'name') ?? '';
  const archiver = listAt(cluster, 'spec', 'plugins').findIndex((each) => at(each, 'isWALArchiver') === true);
  return (
    ofPlugin(cluster, ['spec', 'plugins', archiver], name) ??
    ofStore(cluster, ['spec', 'backup', 'barmanObjectStore'], name)
  );
}

function ofPlugin(cluster: JsonObject, path: Path, byDefault: string): Archive | undefined {
  const plugin = objectAt(cluster, ...path);
  if (textAt(plugin, 'name') !== barmanPlugin || at(plugin, 'enabled') === false) return undefined;
  const parameters = [...path, 'parameters'];
  const name = textAt(plugin, 'parameters', 'barmanObjectName');
  return name === undefined ? undefined : archive(cluster, parameters, { name }, byDefault, 'barmanObjectName');
}

function ofStore(cluster: JsonObject, path: Path, byDefault: string): Archive | undefined {
  const store = objectAt(cluster, ...path);
  if (store === undefined) return undefined;
  const address = addressOf(store);
  return address === undefined ? undefined : archive(cluster, path, { address }, byDefault, 'destinationPath');
}

function archive(
  cluster: JsonObject,
  path: Path,
  store: Archive['store'],
  byDefault: string,
  field: string,
): Archive | undefined {
  const said = textAt(cluster, ...path, 'serverName') || undefined;
  const server = said ?? byDefault;
  if (![server, ...Object.values(store)].every(isKnown)) return undefined;
  return { store, server, path: [...path, said === undefined ? field : 'serverName'] };
}

/** Of a barmanObjectStore, or of the configuration of an ObjectStore. */
export function addressOf(store: JsonObject | undefined): string | undefined {
  const [path, endpoint = ''] = [textAt(store, 'destinationPath'), textAt(store, 'endpointURL')];
  if (path === undefined || !isKnown(path) || !isKnown(endpoint)) return undefined;
  return `${endpoint.replace(/\/+$/, '')} ${path.replace(/\/+$/, '')}`.trim();
}
