import type { ApiObject, ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import { Cluster as ClusterL1 } from '../../../imports/cnpg-cluster';
import type { JsonObject } from '../../json/json';
import { at, keysAt, listAt, objectAt, textAt } from '../../json/read';
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
import { optionalFormat, postgresIdentifier, requireFormat, requireObject } from '../formats';
import { refuse } from '../input-error';
import { merge } from '../merge';
import type { Named } from '../named';
import { refuseFaults } from '../refuse-faults';
import { refuseUnknown, refuseUnknownOption } from '../refuse-unknown';
import { Resource } from '../resource';
import { clusterOf } from '../scopes';
import { readSecret, Secret } from '../secret';
import { specJson } from '../spec';
import { archiver, propertyOf, withoutAdded } from './cluster-spec';
import { needApplication, needNeighbour } from './neighbour';
import { ObjectStore } from './object-store';
import { requireOwnNames } from './own-names';
import type {
  ApplicationKey,
  NamedPostgresCluster,
  PostgresBackup,
  PostgresClusterProps,
} from './postgres-cluster-props';
import { pinnedPostgresImage } from './postgres-formats';
import { protection, requireProtection } from './protection';

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
  private readonly services: readonly PostgresService[];

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
    const given = props.credentials === null ? undefined : this.checkedCredentials(props.credentials);
    const easy = given && props.bootstrap === undefined;
    const owner = easy ? this.checkedOwner(given, props.owner) : props.owner;
    const database = easy
      ? requireFormat(this, 'database', props.database ?? (owner as string), postgresIdentifier)
      : (props.database ?? (props.bootstrap === undefined ? owner : undefined));
    this.objectStore = this.neededStore(props.backup);
    this.isArchived = props.backup !== undefined;

    const override = specJson(this, props.spec);
    const bootstrap =
      props.bootstrap === undefined
        ? this.bootstrap(props, override, { database, owner, secret: given && { name: given.name } })
        : specJson(this, props.bootstrap);
    const ownRole = owner !== undefined && this.createdb ? [this.ownRole(owner, given)] : [];
    const spec = merge<JsonObject>(this.spec(props, override, bootstrap, ownRole), withoutAdded(override));
    this.requireAccepted(metadata, spec, props);
    const application = applicationOf({ metadata: { name: this.name }, spec });
    this.owner = owner ?? application?.owner ?? 'app';
    this.database = database ?? textAt(bootstrap, keysAt(bootstrap)[0] ?? '', 'database') ?? 'app';
    this.credentials = given ?? this.madeCredentials(application);
    if (easy) requireOwnNames(this, spec);
    this.instances = (spec.instances as number | undefined) ?? 1;
    this.services = servicesWithout(listAt(spec, 'managed', 'services', 'disabledDefaultServices'));
    const written = this.withLiterals(spec, override);
    this.resource = this.apiObject('Resource', ClusterL1.GVK, metadata, { spec: written });
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

  private neededStore(backup: PostgresBackup | undefined): ObjectStore | undefined {
    if (backup === undefined) return undefined;
    const { objectStore } = backup;
    if (typeof objectStore === 'object' && !(objectStore instanceof ObjectStore)) {
      if (objectStore.producer) this.node.addDependency(objectStore.producer);
      return undefined;
    }
    needNeighbour(this, 'backup.objectStore', objectStore);
    needApplication(this, 'backup.objectStore', objectStore.plugin);
    return objectStore;
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
  private checkedOwner({ username, label }: Secret, owner: string | undefined): string {
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
  ): JsonObject {
    const roles = [...ownRole, ...listAt(override, 'managed', 'roles')];
    const plugins = [
      ...(props.backup ? [archiver(props.backup, clusterOf(this).defaults)] : []),
      ...listAt(override, 'plugins'),
    ];
    const { parameters } = props;
    return specJson(this, {
      instances: this.byDefault(props.instances, 3),
      imageName: props.imageName,
      enableSuperuserAccess: this.byDefault(undefined, false),
      bootstrap: keysAt(bootstrap).length > 0 ? bootstrap : undefined,
      storage: props.storage === null ? undefined : { ...props.storage },
      walStorage: props.walStorage,
      resources: props.resources,
      postgresql: parameters && { parameters: { ...parameters } },
      managed: roles.length > 0 ? { roles } : undefined,
      plugins: plugins.length > 0 ? plugins : undefined,
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

  private bootstrap(props: PostgresClusterProps, override: JsonObject, application: object): JsonObject {
    const restored = ['recovery', 'pg_basebackup'].filter((method) => at(override, 'bootstrap', method));
    if (restored.length > 0) {
      for (const field of ['postInitSql', 'postInitApplicationSql'] as const) {
        if (props[field] === undefined) continue;
        refuse(this, {
          field,
          value: props[field],
          allowed: 'left out if the database is restored: CNPG runs it only after initdb',
          example: 'leave it out; the restored database already has the result',
        });
      }
      return specJson(this, Object.fromEntries(restored.map((method) => [method, application])));
    }
    const sql = (statements: readonly string[] | undefined) => statements?.map((statement) => literal(this, statement));
    const initdb = specJson(this, {
      ...application,
      postInitSQL: sql(props.postInitSql),
      postInitApplicationSQL: sql(props.postInitApplicationSql),
    });
    return keysAt(initdb).length > 0 ? { initdb } : {};
  }
}
