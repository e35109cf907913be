import type { ApiObject, ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  Cluster as ClusterL1,
  type ClusterSpec,
  type ClusterSpecBootstrap,
  ClusterSpecResourcesLimits,
  ClusterSpecResourcesRequests,
  toJson_ClusterSpec,
} from '../../../imports/cnpg-cluster';
import type { JsonObject } from '../../json/json';
import { faultsOf, refusedByDefinition } from '../../systems/cnpg/admission';
import { type PostgresService, serviceName, servicesWithout } from '../../systems/cnpg/made';
import { barmanPlugin, clusterName, reservedNames } from '../../systems/cnpg/names';
import { dnsSubdomain } from '../../systems/kubernetes/names';
import { literal } from '../flux/substitution';
import { optionalFormat, postgresIdentifier, requireFormat, requireObject } from '../formats';
import { refuse } from '../input-error';
import { type DeepPartial, merge } from '../merge';
import { refuseFaults } from '../refuse-faults';
import { Resource, type ResourceProps } from '../resource';
import { readSecret, type Secret } from '../secret';
import type { CloudNativePg } from './cloudnative-pg';
import { needApplication, needNeighbour } from './neighbour';
import type { ObjectStore } from './object-store';
import { requireOwnNames } from './own-names';
import { pinnedPostgresImage } from './postgres-formats';
import { protection, requireProtection } from './protection';

/** A volume of each instance. */
export interface PostgresStorage {
  /** A Kubernetes quantity: `10Gi`. It can grow, never shrink. */
  readonly size: string;
  /** @default the cluster's default storage class */
  readonly storageClass?: string;
}

/** Kubernetes quantities: `500m`, `1Gi`. */
export interface PostgresQuantities {
  readonly cpu?: string;
  readonly memory?: string;
}

export interface PostgresClusterProps extends ResourceProps {
  /** The operator that runs it. */
  readonly operator: CloudNativePg;
  /** The owner's user name and password. CNPG takes a changed password over. */
  readonly credentials: Secret<'username' | 'password'>;
  /** The role that owns the database. @default the user name in `credentials`, where it is known */
  readonly owner?: string;
  /** @default the owner's name */
  readonly database?: string;
  /** Servers: a primary, and standbys that replace it. @default 3: a node may fail while another is drained */
  readonly instances?: number;
  /**
   * PostgreSQL's image, pinned.
   * @default the operator's own, which an upgrade of the operator may change: leave it out where any supported version will do
   */
  readonly imageName?: string;
  readonly storage: PostgresStorage;
  /** A volume for the WAL alone: a full one cannot take the data along. It cannot be taken away again. @default none */
  readonly walStorage?: PostgresStorage;
  /** @default none */
  readonly resources?: { readonly requests?: PostgresQuantities; readonly limits?: PostgresQuantities };
  /** PostgreSQL's own settings, but for those that CNPG sets itself. @default CNPG's */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Whether the owner may create databases. @default false */
  readonly createdb?: boolean;
  /** SQL that the superuser runs in `postgres`, once, when the database is made. @default none */
  readonly postInitSql?: readonly string[];
  /** SQL that the superuser runs in the new database, once, when it is made. @default none */
  readonly postInitApplicationSql?: readonly string[];
  /** Archives the WAL by the Barman Cloud plugin; a ScheduledBackup adds the base backups. @default none */
  readonly backup?: { readonly objectStore: ObjectStore };
  /**
   * Any other field of spec. `managed.roles` and `plugins` are added to those that the properties make. With
   * `bootstrap.recovery` or `bootstrap.pgBasebackup` the database is restored rather than made anew.
   * @default none
   */
  readonly spec?: DeepPartial<ClusterSpec>;
}

export type { PostgresService };

/** Where a database is reached. */
export interface PostgresHost {
  /** `<cluster>-rw.<namespace>.svc` */
  readonly host: string;
  readonly port: 5432;
  /** Depend on it to wait for the database. */
  readonly cluster: PostgresCluster;
  /** Whether every server behind it takes writes. */
  readonly writable: boolean;
}

/**
 * A PostgreSQL database run by CloudNativePG: one database, owned by one role, which is no superuser.
 *
 * Flux neither deletes nor recreates it, whatever becomes of its file. The role's password comes from a Secret that the
 * application reads, too; CNPG makes no Secret of its own for it. (cluster_funcs.go)
 *
 * @example
 * const db = new PostgresCluster(shop.directory, 'shop-db', {
 *   operator: cnpg,
 *   credentials: credentials.secret,
 *   storage: { size: '10Gi' },
 *   backup: { objectStore: store },
 * });
 * db.host('rw').host; // shop-db-rw.shop.svc
 */
export class PostgresCluster extends Resource {
  /** The L1 beneath. */
  readonly resource: ApiObject;
  /** metadata.name; Services and Secrets of the operator are named after it. */
  readonly name: string;
  readonly credentials: Secret<'username' | 'password'>;
  readonly owner: string;
  readonly database: string;
  readonly instances: number;
  /** Whether the owner may create databases. */
  readonly createdb: boolean;
  /** Where it is backed up to, if anywhere. */
  readonly objectStore: ObjectStore | undefined;
  private readonly services: readonly PostgresService[];

  constructor(scope: Construct, id: string, props: PostgresClusterProps) {
    super(scope, id, props);
    needApplication(this, 'operator', props.operator);
    this.credentials = this.checkedCredentials(props.credentials);
    this.owner = this.checkedOwner(props.owner);
    this.database = requireFormat(this, 'database', props.database ?? this.owner, postgresIdentifier);
    this.createdb = props.createdb ?? false;
    this.objectStore = props.backup?.objectStore;
    if (props.backup) needNeighbour(this, 'backup.objectStore', props.backup.objectStore);
    if (this.objectStore) {
      needApplication(this, 'backup.objectStore', this.objectStore.plugin);
    }
    requireProtection(this, props.annotations);
    const metadata = this.metadata(props, { annotations: { ...protection } }, clusterName);
    this.name = String(metadata.name);

    const given = merge(this.spec(props), withoutAdded(props.spec));
    this.requireAccepted(metadata, given);
    requireOwnNames(this, given);
    const spec = this.withLiterals(given, props);
    this.instances = spec.instances;
    this.services = servicesWithout(spec.managed?.services?.disabledDefaultServices ?? []);
    this.resource = this.apiObject('Resource', ClusterL1.GVK, metadata, { spec: toJson_ClusterSpec(spec) });
  }

  /**
   * The address of one of its Services. (CloudNativePG, Service management)
   *
   * @throws EspalierError for a Service without a server behind it
   */
  host(service: PostgresService): PostgresHost {
    if (!this.services.includes(service)) {
      refuse(this, {
        field: 'host',
        value: service,
        allowed: `a Service of the Cluster: ${this.services.join(', ')}`,
        example: "host('rw')",
      });
    }
    if (service === 'ro' && this.instances === 1) {
      refuse(this, {
        field: 'host',
        value: service,
        allowed: "'rw' or 'r': 'ro' leads to the standbys, and a single instance has none",
        example: "host('rw')",
      });
    }
    const host = `${serviceName(this.name, service)}.${this.namespace}.svc`;
    return { host, port: 5432, cluster: this, writable: service === 'rw' };
  }

  private checkedCredentials(credentials: Secret<'username' | 'password'>): Secret<'username' | 'password'> {
    const example = "new GeneratedSecret(scope, 'shop-db-credentials', { … }).secret";
    requireObject(this, 'credentials', credentials, { allowed: "the owner's username and password", example });
    readSecret(this, credentials);
    const keys: readonly string[] = credentials.keys;
    const lacks = ['username', 'password'].filter((key) => !keys.includes(key));
    if (lacks.length > 0) {
      refuse(this, {
        field: 'credentials',
        value: credentials.label,
        allowed: `a Secret with the keys username and password: this one lacks ${lacks.join(' and ')} (it has ${keys.join(', ')})`,
        example,
      });
    }
    return credentials;
  }

  /** CNPG sets the owner's password only from a Secret that names the owner. (instance_controller.go: "wrong username") */
  private checkedOwner(owner: string | undefined): string {
    const { username, label } = this.credentials;
    if (owner === undefined && username === undefined) {
      refuse(this, {
        field: 'owner',
        value: owner,
        allowed: `the username in Secret ${label}, which is not known here`,
        example: '"shop"',
      });
    }
    if (owner !== undefined && username !== undefined && owner !== username) {
      refuse(this, {
        field: 'owner',
        value: owner,
        allowed: `"${username}", the username in Secret ${label}: CNPG sets only that role's password from it`,
        example: 'leave owner out',
      });
    }
    return requireFormat(this, 'owner', owner ?? (username as string), postgresIdentifier);
  }

  /** However the fields were given: what CNPG would refuse, and images that may change. */
  private requireAccepted({ name, annotations }: ApiObjectMetadata, spec: ClusterSpec): void {
    for (const field of ['storage', 'walStorage'] as const)
      optionalFormat(this, `${field}.storageClass`, spec[field]?.storageClass, dnsSubdomain);
    const metadata = { name, annotations } as JsonObject;
    const object: JsonObject = { kind: 'Cluster', metadata, spec: toJson_ClusterSpec(spec) ?? {} };
    for (const faults of [reservedNames, refusedByDefinition, faultsOf]) refuseFaults(this, object, faults, propertyOf);
    optionalFormat(this, 'imageName', spec.imageName, pinnedPostgresImage);
  }

  private spec(props: PostgresClusterProps): ClusterSpec {
    const { storage, walStorage, parameters, resources } = props;
    const roles = [...(this.createdb ? [this.ownRole()] : []), ...(props.spec?.managed?.roles ?? [])];
    const plugins = [...(this.objectStore ? [archiver(this.objectStore)] : []), ...(props.spec?.plugins ?? [])];
    return {
      instances: props.instances ?? 3,
      imageName: props.imageName,
      enableSuperuserAccess: false,
      bootstrap: this.bootstrap(props),
      storage: { ...storage },
      walStorage: walStorage && { ...walStorage },
      resources: resources && {
        requests: quantities(resources.requests, ClusterSpecResourcesRequests.fromString),
        limits: quantities(resources.limits, ClusterSpecResourcesLimits.fromString),
      },
      postgresql: parameters && { parameters: { ...parameters } },
      managed: roles.length > 0 ? { roles: roles as never } : undefined,
      plugins: plugins.length > 0 ? plugins : undefined,
    };
  }

  /** Values of parameters may hold a `$` that is not meant for Flux; what `spec` says is written as it stands. */
  private withLiterals(given: ClusterSpec, { spec }: PostgresClusterProps): ClusterSpec {
    const overridden = spec?.postgresql?.parameters ?? {};
    const own = Object.entries(given.postgresql?.parameters ?? {}).filter(([name]) => !(name in overridden));
    if (!own.some(([, value]) => value.includes('$'))) return given;
    const parameters = Object.fromEntries(own.map(([name, value]) => [name, literal(this, value)]));
    return merge<ClusterSpec>(given, { postgresql: { parameters } });
  }

  private ownRole(): Record<string, unknown> & { readonly name: string } {
    // With another Secret than initdb's, CNPG would set the one password and then the other. (cloudnative-pg#6762)
    const passwordSecret = { name: this.credentials.name };
    return { name: this.owner, ensure: 'present', login: true, createdb: true, passwordSecret };
  }

  private bootstrap(props: PostgresClusterProps): ClusterSpecBootstrap {
    const application = { database: this.database, owner: this.owner, secret: { name: this.credentials.name } };
    const { recovery, pgBasebackup } = props.spec?.bootstrap ?? {};
    if (recovery || pgBasebackup) {
      for (const field of ['postInitSql', 'postInitApplicationSql'] as const) {
        if (props[field] === undefined) continue;
        refuse(this, {
          field,
          value: props[field],
          allowed: 'left out if the database is restored: CNPG runs it only after initdb',
          example: 'leave it out; the restored database already has the result',
        });
      }
      return {
        ...(recovery && { recovery: application }),
        ...(pgBasebackup && { pgBasebackup: application as never }),
      };
    }
    const sql = (statements: readonly string[] | undefined) => statements?.map((statement) => literal(this, statement));
    return {
      initdb: {
        ...application,
        postInitSql: sql(props.postInitSql),
        postInitApplicationSql: sql(props.postInitApplicationSql),
      },
    };
  }
}

/** The property that a field of the object comes from. */
function propertyOf(path: string): string {
  return path
    .replace(/^spec\.postgresql\.parameters\b/, 'parameters')
    .replace(/^spec\.bootstrap\.\w+\.(?=(?:database|owner)$)/, '')
    .replace(/^spec\.(?=(?:instances|imageName|storage|walStorage|resources)\b)/, '');
}

/** The plugin as WAL archiver. (plugin-barman-cloud, Using the Barman Cloud Plugin) */
function archiver(store: ObjectStore) {
  return { name: barmanPlugin, isWalArchiver: true, parameters: { barmanObjectName: store.name } };
}

/** Lists that are added to ours, rather than put in their place. */
function withoutAdded(spec: DeepPartial<ClusterSpec> | undefined): DeepPartial<ClusterSpec> | undefined {
  return spec && { ...spec, plugins: undefined, managed: spec.managed && { ...spec.managed, roles: undefined } };
}

function quantities<T>(
  given: PostgresQuantities | undefined,
  quantity: (value: string) => T,
): Record<string, T> | undefined {
  if (given === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, quantity(value)]])),
  );
}
