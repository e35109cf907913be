import type { ApiObject, ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import type { JsonObject } from '../../json/json';
import { keysAt, listAt, objectAt, textAt } from '../../json/read';
import { faultsOf, refusedByDefinition } from '../../systems/cnpg/admission';
import {
  applicationOf,
  credentialKeys,
  type PostgresService,
  serviceName,
  servicesWithout,
} from '../../systems/cnpg/made';
import { clusterName, reservedNames } from '../../systems/cnpg/names';
import { dnsSubdomain } from '../../systems/kubernetes/names';
import { literal } from '../flux/substitution';
import { optionalFormat, postgresIdentifier, requireFormat } from '../formats';
import { gvk } from '../gvk';
import { refuse } from '../input-error';
import { merge } from '../merge';
import type { Named } from '../named';
import { refuseFaults } from '../refuse-faults';
import { refuseUnknown, refuseUnknownOption } from '../refuse-unknown';
import { clusterOf } from '../scopes';
import { Secret } from '../secret';
import { specJson } from '../spec';
import { bootstrapSpec, requireOwnPlace } from './bootstrap';
import { archiver, needStore, propertyOf, withoutAdded } from './cluster-spec';
import { checkedCredentials, checkedOwner, type Login } from './credentials';
import { type PostgresArchive, PostgresDatabase, type PostgresHost } from './database';
import { needApplication } from './neighbour';
import type { ObjectStore } from './object-store';
import { followedBy, type Origin, originOf } from './origin';
import { requireOwnNames } from './own-names';
import type {
  ApplicationKey,
  NamedPostgresCluster,
  PostgresBackup,
  PostgresClusterProps,
} from './postgres-cluster-props';
import { pinnedPostgresImage } from './postgres-formats';
import { PostgresRole, type PostgresRoleProps } from './postgres-role';
import { protection, requireProtection } from './protection';

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
export class PostgresCluster extends PostgresDatabase {
  /** A database of the namespace that no construct here makes, for a ScheduledBackup. */
  static named(name: string, props: Named = {}): NamedPostgresCluster {
    refuseUnknownOption('PostgresCluster.named', props);
    return { ...props, name };
  }

  /** The L1 beneath. */
  readonly resource: ApiObject;
  /** Where the operator runs. */
  readonly operatorNamespace: string;
  /** metadata.name; Services and Secrets of the operator are named after it. */
  readonly name: string;
  /** The Secret with which the owner logs in: the one that was given, or the one that CNPG makes. */
  readonly credentials: Secret<'username' | 'password'>;
  readonly owner: string;
  readonly database: string;
  readonly instances: number;
  /** Whether the owner may create databases. */
  readonly createdb: boolean;
  /** Where it is backed up to, if anywhere that a construct makes. */
  readonly objectStore: ObjectStore | undefined;
  /** Whether the Barman Cloud plugin archives its WAL. */
  readonly isArchived: boolean;
  /** The roles that its own object manages: the owner, and those of `spec.managed`. */
  readonly roles: readonly string[];
  /** Whether it follows another database, and is read-only. */
  readonly isReplica: boolean;
  private readonly services: readonly PostgresService[];
  private readonly backup: PostgresBackup | undefined;

  constructor(scope: Construct, id: string, props: PostgresClusterProps) {
    super(scope, id, props);
    refuseUnknown(this, PostgresCluster, props);
    needApplication(this, 'operator', props.operator);
    requireProtection(this, props.annotations);
    const metadata = this.metadata(
      props,
      clusterOf(this).defaults ? { annotations: { ...protection } } : {},
      clusterName,
    );
    this.name = String(metadata.name);
    this.operatorNamespace = props.operator.namespace;
    this.createdb = props.createdb ?? false;
    const followed = followedBy(this, props);
    const secret = props.replicaOf ? (props.credentials ?? followed?.credentials) : props.credentials;
    const given = secret === null ? undefined : checkedCredentials(this, secret as Login);
    const easy = given && props.bootstrap === undefined;
    const { owner: givenOwner = followed?.owner, database: givenDatabase = followed?.database } = props;
    const owner = easy ? checkedOwner(this, given, givenOwner) : givenOwner;
    const database = easy
      ? requireFormat(this, 'database', givenDatabase ?? (owner as string), postgresIdentifier)
      : (givenDatabase ?? (props.bootstrap === undefined ? owner : undefined));
    this.objectStore = props.backup && needStore(this, 'backup.objectStore', props.backup.objectStore);
    this.isArchived = props.backup !== undefined;
    this.backup = props.backup;

    const override = specJson(this, props.spec);
    const origin = originOf(this, props);
    this.isReplica = origin?.replica?.enabled === true;
    const application = { database, owner, secret: given && { name: given.name } };
    const bootstrap =
      props.bootstrap === undefined
        ? bootstrapSpec(this, props, override, origin, application)
        : specJson(this, props.bootstrap);
    const ownRole = owner !== undefined && this.createdb ? [this.ownRole(owner, given)] : [];
    const spec = merge<JsonObject>(this.spec(props, override, bootstrap, ownRole, origin), withoutAdded(override));
    this.requireAccepted(metadata, spec, props);
    requireOwnPlace(this, this.name, props, spec);
    const made = applicationOf({ metadata: { name: this.name }, spec });
    this.owner = owner ?? made?.owner ?? 'app';
    this.database = database ?? textAt(bootstrap, keysAt(bootstrap)[0] ?? '', 'database') ?? 'app';
    this.credentials = given ?? this.madeCredentials(made);
    if (easy) requireOwnNames(this, spec);
    const managed = listAt(spec, 'managed', 'roles').flatMap((role) => textAt(role, 'name') ?? []);
    this.roles = [...new Set([this.owner, ...managed])];
    this.instances = (spec.instances as number | undefined) ?? 1;
    this.services = servicesWithout(listAt(spec, 'managed', 'services', 'disabledDefaultServices'));
    const written = this.withLiterals(spec, override);
    this.resource = this.apiObject('Resource', gvk.Cluster, metadata, { spec: written });
  }

  /**
   * The Secret that CNPG makes for the owner, `<name>-app`, with addresses of the database, too.
   *
   * @throws EspalierError where the owner logs in with a Secret of another maker
   */
  get app(): Secret<ApplicationKey> {
    const { credentials } = this;
    if (credentials.producer === this) return credentials as Secret<never> as Secret<ApplicationKey>;
    return refuse(this, {
      field: 'app',
      allowed: `the Secret ${credentials.label}, which the owner logs in with: CNPG makes one only where none is given`,
      example: 'credentials',
    });
  }

  /**
   * Where its backups and its write-ahead log lie: `restoreFrom`, `replicaOf` of another database.
   *
   * @throws EspalierError for a database without `backup`
   */
  get archive(): PostgresArchive {
    const { backup, name } = this;
    if (backup !== undefined) return { objectStore: backup.objectStore, serverName: backup.serverName ?? name };
    const example = "backup: { objectStore } for it, or { objectStore, serverName: 'shop-db' }";
    return refuse(this, { field: 'archive', value: undefined, allowed: 'a database that is backed up', example });
  }

  /**
   * A further role of the database, and a password for it: a DatabaseRole, and the Secret that it and its readers log in with, in a file
   * beside the database's.
   *
   * @example
   * const reporting = db.role('reporting', { operator: eso, inRoles: ['pg_read_all_data'] });
   * new Worker(shop.directory, 'reports', { database: reporting, … }); // PGUSER is reporting
   */
  role(name: string, props: PostgresRoleProps = {}): PostgresRole {
    return new PostgresRole(this, name, props);
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

  /** However the fields were given: what CNPG would refuse, and images that may change. */
  private requireAccepted(
    { name, annotations }: ApiObjectMetadata,
    spec: JsonObject,
    props: PostgresClusterProps,
  ): void {
    for (const field of ['storage', 'walStorage'] as const)
      optionalFormat(this, `${field}.storageClass`, textAt(spec, field, 'storageClass'), dnsSubdomain);
    const metadata = { name, annotations } as JsonObject;
    const object: JsonObject = { kind: 'Cluster', metadata, spec };
    for (const faults of [reservedNames, refusedByDefinition, faultsOf]) refuseFaults(this, object, faults, propertyOf);
    optionalFormat(this, 'imageName', props.imageName, pinnedPostgresImage);
  }

  private spec(
    props: PostgresClusterProps,
    override: JsonObject,
    bootstrap: JsonObject,
    ownRole: readonly JsonObject[],
    origin: Origin | undefined,
  ): JsonObject {
    const roles = [...ownRole, ...listAt(override, 'managed', 'roles')];
    const plugins = [
      ...(props.backup ? [archiver(props.backup, clusterOf(this).defaults)] : []),
      ...listAt(override, 'plugins'),
    ];
    const externalClusters = [...(origin?.externalClusters ?? []), ...listAt(override, 'externalClusters')];
    const { parameters } = props;
    return specJson(this, {
      instances: this.byDefault(props.instances, 3),
      imageName: props.imageName,
      enableSuperuserAccess: this.byDefault(undefined, false),
      bootstrap: keysAt(bootstrap).length > 0 ? bootstrap : undefined,
      replica: origin?.replica,
      storage: props.storage === null ? undefined : { ...props.storage },
      walStorage: props.walStorage,
      resources: props.resources,
      postgresql: parameters && { parameters: { ...parameters } },
      managed: roles.length > 0 ? { roles } : undefined,
      plugins: plugins.length > 0 ? plugins : undefined,
      externalClusters: externalClusters.length > 0 ? externalClusters : undefined,
    });
  }

  /** Values of parameters may hold a `$` that is not meant for Flux; what `spec` says is written as it stands. */
  private withLiterals(spec: JsonObject, override: JsonObject): JsonObject {
    const overridden = objectAt(override, 'postgresql', 'parameters') ?? {};
    const all = objectAt(spec, 'postgresql', 'parameters') ?? {};
    const own = Object.entries(all).filter(([name, value]) => !(name in overridden) && String(value).includes('$'));
    if (own.length === 0) return spec;
    const parameters = Object.fromEntries(own.map(([name, value]) => [name, literal(this, String(value))]));
    return merge<JsonObject>(spec, { postgresql: { parameters } });
  }

  private ownRole(owner: string, credentials: Secret | undefined): JsonObject {
    // With another Secret than initdb's, CNPG would set the one password and then the other. (cloudnative-pg#6762)
    const passwordSecret = credentials && { passwordSecret: { name: credentials.name } };
    return { name: owner, ensure: 'present', login: true, createdb: true, ...passwordSecret };
  }

  /** What CNPG makes, or the Secret that `bootstrap` names. */
  private madeCredentials(application: ReturnType<typeof applicationOf>): Secret<'username' | 'password'> {
    const { secret: name = `${this.name}-app`, ownSecret = true } = application ?? {};
    const keys = ownSecret ? [...credentialKeys] : ['username', 'password'];
    const username = this.owner;
    return new Secret<string>({
      name,
      namespace: this.namespace,
      keys,
      username,
      ...(ownSecret && { producer: this }),
    });
  }
}
