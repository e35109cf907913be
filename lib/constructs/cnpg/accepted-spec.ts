import type { IConstruct } from 'constructs';
import type { ClusterSpec, ClusterSpecStorage } from '../../../imports/cnpg-cluster';
import { dnsSubdomain } from '../../systems/kubernetes/names';
import { quantity } from '../../systems/kubernetes/quantity';
import { optionalFormat, requireFormat, requireInteger } from '../formats';
import { refuse } from '../input-error';
import { requireRequestsWithin } from '../quantities';
import { requireParameters } from './parameters';
import { postgresImage } from './postgres-formats';

/**
 * Checks a whole Cluster spec, however its fields were given, as CNPG's definition and webhook do.
 *
 * @throws EspalierError for the first thing that they would refuse. (cluster_webhook.go)
 */
export function requireAcceptedSpec(scope: IConstruct, spec: ClusterSpec): void {
  requireInteger(scope, 'instances', spec.instances, 1);
  requireImage(scope, spec);
  requireStorage(scope, 'storage', spec.storage);
  if (spec.walStorage) requireStorage(scope, 'walStorage', spec.walStorage);
  const requests = requireQuantities(scope, 'resources.requests', spec.resources?.requests);
  const limits = requireQuantities(scope, 'resources.limits', spec.resources?.limits);
  requireRequestsWithin(scope, requests, limits);
  requireParameters(scope, spec.postgresql?.parameters ?? {}, {
    memoryRequest: requests.memory,
    walStorage: spec.walStorage?.size,
  });
  requireOneBootstrap(scope, spec);
  requireOneArchiver(scope, spec);
  requireOnce(scope, 'spec.managed.roles', spec.managed?.roles ?? []);
  requireOnce(scope, 'spec.plugins', spec.plugins ?? []);
}

function requireImage(scope: IConstruct, { imageName, imageCatalogRef }: ClusterSpec): void {
  optionalFormat(scope, 'imageName', imageName, postgresImage);
  if (imageName === undefined || imageCatalogRef === undefined) return;
  refuse(scope, {
    field: 'imageName',
    value: imageName,
    allowed: 'either imageName or spec.imageCatalogRef, not both',
    example: 'imageName alone',
  });
}

function requireStorage(scope: IConstruct, field: string, storage: ClusterSpecStorage | undefined): void {
  if (storage?.size === undefined && storage?.pvcTemplate?.resources?.requests?.storage) return;
  requireFormat(scope, `${field}.size`, storage?.size as string, quantity);
  optionalFormat(scope, `${field}.storageClass`, storage?.storageClass, dnsSubdomain);
}

function requireQuantities(
  scope: IConstruct,
  field: string,
  quantities: { readonly [name: string]: { readonly value: string | number } } | undefined,
): Readonly<Record<string, string>> {
  const checked: Record<string, string> = {};
  for (const [name, { value }] of Object.entries(quantities ?? {})) {
    checked[name] = requireFormat(
      scope,
      `${field}.${name}`,
      typeof value === 'number' ? String(value) : value,
      quantity,
    );
  }
  return checked;
}

/** Without any, CNPG makes a database `app` of its own, with a Secret of its own. (cluster_defaults.go) */
function requireOneBootstrap(scope: IConstruct, { bootstrap = {} }: ClusterSpec): void {
  const methods = Object.keys(bootstrap).filter((method) => bootstrap[method as keyof typeof bootstrap] !== undefined);
  if (methods.length === 1) return;
  refuse(scope, {
    field: 'spec.bootstrap',
    value: methods,
    allowed: 'one way to make the database: initdb, recovery or pgBasebackup',
    example: "spec: { bootstrap: { recovery: { source: 'shop-db' } } }",
  });
}

/** Two archivers would each keep half of the WAL. (cluster_webhook.go: validatePluginConfiguration) */
function requireOneArchiver(scope: IConstruct, { plugins = [], backup }: ClusterSpec): void {
  const archivers = plugins
    .filter(({ enabled, isWalArchiver }) => isWalArchiver && enabled !== false)
    .map(({ name }) => name);
  if (backup?.barmanObjectStore) archivers.push('spec.backup.barmanObjectStore');
  if (archivers.length <= 1) return;
  refuse(scope, {
    field: 'WAL archivers',
    value: archivers,
    allowed: 'one: a plugin, or the barmanObjectStore that CNPG 1.31 no longer has',
    example: 'backup: { objectStore } alone',
  });
}

function requireOnce(scope: IConstruct, field: string, entries: readonly { readonly name: string }[]): void {
  const seen = new Set<string>();
  for (const { name } of entries) {
    if (seen.has(name)) {
      refuse(scope, {
        field,
        value: name,
        allowed: 'each name once',
        example: 'the one that the properties make, alone',
      });
    }
    seen.add(name);
  }
}
