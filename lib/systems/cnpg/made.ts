import type { JsonObject, Path } from '../../json/json';
import { at, listAt, objectAt, textAt } from '../../json/read';
import { memoize } from '../../text/memoize';
import { isKnown } from '../../text/symbolic';

/** What CloudNativePG 1.30 makes of a Cluster. */

/** A Secret or ConfigMap, and its keys. */
export interface MadeKeys {
  readonly kind: 'Secret' | 'ConfigMap';
  readonly name: string;
  readonly keys: ReadonlySet<string>;
  /** The type of the Secret. @default Opaque */
  readonly type?: string;
}

/** Of the Secrets with which applications log in. (pkg/specs/secrets.go) */
export const credentialKeys: ReadonlySet<string> = new Set(
  'username user password dbname host port pgpass uri jdbc-uri fqdn-uri fqdn-jdbc-uri'.split(' '),
);

const certificateKeys = new Set(['tls.crt', 'tls.key']);

/** The certificates that it makes unless it is given them. (pkg/certs, internal/controller/cluster_pki.go) */
const certificates: readonly (readonly [field: string, suffix: string, keys: ReadonlySet<string>])[] = [
  ['serverCASecret', 'ca', new Set(['ca.crt', 'ca.key'])],
  ['serverTLSSecret', 'server', certificateKeys],
  ['replicationTLSSecret', 'replication', certificateKeys],
];

/** The Secret of a certificate: the one that the Cluster is given, or the one that it makes. */
export function certificateSecret(cluster: JsonObject, field: 'serverCASecret' | 'replicationTLSSecret'): string {
  const suffix = certificates.find(([each]) => each === field)?.[1];
  return textAt(cluster, 'spec', 'certificates', field) || `${textAt(cluster, 'metadata', 'name')}-${suffix}`;
}

/** The operator copies its queries beside each Cluster, under the name that its configuration says. */
const queries: MadeKeys = { kind: 'ConfigMap', name: 'cnpg-default-monitoring', keys: new Set(['queries']) };

export function* secretsMade(cluster: JsonObject): Generator<MadeKeys> {
  const spec = objectAt(cluster, 'spec');
  const secret = (suffix: string, keys: ReadonlySet<string>, type?: string): MadeKeys => ({
    kind: 'Secret',
    name: `${textAt(cluster, 'metadata', 'name')}-${suffix}`,
    keys,
    ...(type && { type }),
  });
  if (ownersSecret(cluster) === undefined) yield secret('app', credentialKeys, 'kubernetes.io/basic-auth');
  if (at(spec, 'enableSuperuserAccess') === true && textAt(spec, 'superuserSecret', 'name') === undefined)
    yield secret('superuser', credentialKeys, 'kubernetes.io/basic-auth');
  for (const [field, suffix, keys] of certificates)
    if (!textAt(spec, 'certificates', field))
      yield secret(suffix, keys, keys === certificateKeys ? 'kubernetes.io/tls' : undefined);
  yield queries;
}

/** Its Services: `rw` the primary, `ro` the standbys, `r` any of them. (https://cloudnative-pg.io/documentation/1.30/service_management/) */
export const services = ['rw', 'ro', 'r'] as const;

export type PostgresService = (typeof services)[number];

export function serviceName(cluster: string, service: PostgresService): string {
  return `${cluster}-${service}`;
}

/** Those that a Cluster has but for its `managed.services.disabledDefaultServices`. */
export function servicesWithout(disabled: readonly unknown[]): PostgresService[] {
  return services.filter((service) => !disabled.includes(service));
}

/** The names of the Services that lead to it. */
export function servicesMade(cluster: JsonObject): string[] {
  const managed = objectAt(cluster, 'spec', 'managed', 'services');
  const off = listAt(managed, 'disabledDefaultServices');
  const additional = listAt(managed, 'additional');
  return [
    ...servicesWithout(off).map((service) => serviceName(`${textAt(cluster, 'metadata', 'name')}`, service)),
    ...additional.flatMap((service) => textAt(service, 'serviceTemplate', 'metadata', 'name') ?? []),
  ];
}

/** Whether there is but one server, so that no standby is there to read from. */
export function hasNoStandby(cluster: JsonObject): boolean {
  return (at(cluster, 'spec', 'instances') ?? 1) === 1;
}

/** How the database is made: by initdb unless the Cluster says otherwise. (api/v1/cluster_defaults.go) */
function bootstrapOf(cluster: JsonObject): readonly [method: string, settings: JsonObject | undefined] {
  const bootstrap = objectAt(cluster, 'spec', 'bootstrap');
  const method = ['recovery', 'pg_basebackup'].find((other) => at(bootstrap, other) !== undefined) ?? 'initdb';
  return [method, objectAt(bootstrap, method)];
}

/** The Secret that the bootstrap names for the owner's password, and the way of making the database that names it. */
export function ownersSecret(cluster: JsonObject): { readonly method: string; readonly name: string } | undefined {
  const [method, settings] = bootstrapOf(cluster);
  const name = textAt(settings, 'secret', 'name');
  return name === undefined ? undefined : { method, name };
}

/** For whom the database of applications is made. (api/v1/cluster_defaults.go, cluster_funcs.go) */
export interface Application {
  readonly owner: string;
  /** Where the owner is said, or else the database, or the name of the Cluster. */
  readonly path: Path;
  /** The Secret of the owner's password: the Cluster's own unless it names one. */
  readonly secret: string;
  /** Whether CloudNativePG makes that Secret. */
  readonly ownSecret: boolean;
}

/** Undefined where no such database is made, or nobody knows for whom. */
export const applicationOf = memoize((cluster: JsonObject): Application | undefined => {
  const [method, settings] = bootstrapOf(cluster);
  if (method !== 'initdb' && at(cluster, 'spec', 'replica') !== undefined) return undefined;
  const said = textAt(settings, 'owner') || undefined;
  const database = textAt(settings, 'database') || undefined;
  // Databases that are imported whole keep their owners.
  if (textAt(settings, 'import', 'type') === 'monolith' && database === undefined) return undefined;
  const owner = said ?? database ?? 'app';
  const secret = textAt(settings, 'secret', 'name');
  if (!isKnown(owner) || (secret !== undefined && !isKnown(secret))) return undefined;
  const field = said === undefined ? 'database' : 'owner';
  return {
    owner,
    path: said === undefined && database === undefined ? ['metadata', 'name'] : ['spec', 'bootstrap', method, field],
    secret: secret ?? `${textAt(cluster, 'metadata', 'name')}-app`,
    ownSecret: secret === undefined,
  };
});
