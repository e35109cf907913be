import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ObjectStoreSpec } from '../../../imports/cnpg-object-store';
import type { JsonObject } from '../../json/json';
import { at, objectAt, textAt } from '../../json/read';
import { type Format, oneOf } from '../../systems/format';
import { httpUrl, optionalFormat, requireFormat } from '../formats';
import { gvk } from '../gvk';
import { refuse } from '../input-error';
import { type DeepPartial, merge } from '../merge';
import type { Named, NamedOperator } from '../named';
import { refuseUnknown, refuseUnknownOption } from '../refuse-unknown';
import { Resource, type ResourceProps } from '../resource';
import { clusterOf } from '../scopes';
import type { SecretKey } from '../secret';
import { type SpecOf, specJson } from '../spec';
import type { BarmanCloudPlugin } from './barman-cloud-plugin';
import { keyOf, needApplication } from './neighbour';
import { kept } from './protection';

export interface ObjectStoreProps extends ResourceProps {
  /** The plugin that reads it. */
  readonly plugin: BarmanCloudPlugin | NamedOperator;
  /** The bucket and the path in it: `s3://backups/soyo`. Each database gets a folder of its name below. */
  readonly destinationPath: string;
  /** Address of an S3-compatible store. @default Amazon's */
  readonly endpointURL?: string;
  /** The certificate authority of that address. @default the system's */
  readonly endpointCA?: SecretKey;
  /** S3 credentials. @default none: `spec` says how to log in, such as `s3Credentials.inheritFromIamRole` */
  readonly credentials?: {
    readonly accessKeyId: SecretKey;
    readonly secretAccessKey: SecretKey;
    readonly region?: SecretKey;
    readonly sessionToken?: SecretKey;
  };
  /** How long backups, and the WAL that they need, are kept: `30d`, `4w`, `6m`. @default for ever */
  readonly retentionPolicy?: string;
  /** The archived WAL. @default not compressed, one file at a time */
  readonly wal?: {
    readonly compression?: 'bzip2' | 'gzip' | 'lz4' | 'snappy' | 'xz' | 'zstd';
    readonly maxParallel?: number;
  };
  /** The base backups. @default not compressed, two jobs */
  readonly data?: {
    readonly compression?: 'bzip2' | 'gzip' | 'lz4' | 'snappy';
    readonly jobs?: number;
  };
  /** Any other field of spec. @default none */
  readonly spec?: DeepPartial<ObjectStoreSpec> | SpecOf<ObjectStoreSpec>;
}

/** An ObjectStore that no construct here makes. */
export interface NamedObjectStore extends Named {
  readonly name: string;
}

/**
 * Where the Barman Cloud plugin archives databases of one namespace: a bucket, and how to log in to it.
 *
 * Flux does not delete it with its file: databases, which stay as well, would have nowhere left to archive to.
 *
 * @example
 * const store = new ObjectStore(shop.directory, 'backups', {
 *   plugin,
 *   destinationPath: 's3://acme-backups/soyo',
 *   credentials: { accessKeyId: s3.secret.key('ACCESS_KEY_ID'), secretAccessKey: s3.secret.key('SECRET_ACCESS_KEY') },
 *   retentionPolicy: '30d',
 * });
 */
export class ObjectStore extends Resource {
  /** One of the database's namespace that no construct here makes. */
  static named(name: string, props: Named = {}): NamedObjectStore {
    refuseUnknownOption('ObjectStore.named', props);
    return { ...props, name };
  }

  /** The L1 beneath. */
  readonly resource: ApiObject;
  /** metadata.name, which a Cluster's plugin parameters name. */
  readonly name: string;
  readonly plugin: BarmanCloudPlugin | NamedOperator;

  constructor(scope: Construct, id: string, props: ObjectStoreProps) {
    super(scope, id, props);
    refuseUnknown(this, ObjectStore, props);
    this.plugin = props.plugin;
    needApplication(this, 'plugin', props.plugin);
    const metadata = this.metadata(props, clusterOf(this).defaults ? { annotations: { ...kept } } : {});
    this.name = String(metadata.name);
    const { credentials } = props;
    const spec = merge<JsonObject>(
      specJson(this, {
        retentionPolicy: props.retentionPolicy,
        configuration: {
          destinationPath: props.destinationPath,
          endpointURL: props.endpointURL,
          endpointCA: keyOf(this, 'endpointCA', props.endpointCA),
          s3Credentials: credentials && {
            accessKeyId: keyOf(this, 'credentials.accessKeyId', credentials.accessKeyId),
            secretAccessKey: keyOf(this, 'credentials.secretAccessKey', credentials.secretAccessKey),
            region: keyOf(this, 'credentials.region', credentials.region),
            sessionToken: keyOf(this, 'credentials.sessionToken', credentials.sessionToken),
          },
          wal: props.wal,
          data: props.data,
        },
      }),
      specJson(this, props.spec),
    );
    this.requireAccepted(spec);
    this.resource = this.apiObject('Resource', gvk.ObjectStore, metadata, { spec });
  }

  private requireAccepted(spec: JsonObject): void {
    const configuration = objectAt(spec, 'configuration') ?? {};
    optionalFormat(this, 'retentionPolicy', textAt(spec, 'retentionPolicy'), retention);
    optionalFormat(this, 'endpointURL', textAt(configuration, 'endpointURL'), httpUrl);
    optionalFormat(this, 'wal.compression', textAt(configuration, 'wal', 'compression'), walCompression);
    optionalFormat(this, 'data.compression', textAt(configuration, 'data', 'compression'), dataCompression);
    const path = configuration.destinationPath as string;
    // A variable of Flux may stand for the bucket.
    if (!path?.includes('${')) {
      requireFormat(this, 'destinationPath', path, configuration.s3Credentials ? s3Path : storePath);
    }
    if (configuration.serverName !== undefined) {
      refuse(this, {
        field: 'spec.configuration.serverName',
        value: configuration.serverName,
        allowed: "leave it out: the plugin takes the server's name from the Cluster's plugin parameters",
        example: 'leave it out; the folder is named after the Cluster, or by serverName in its backup',
      });
    }
    if (!credentialFields.some((field) => at(configuration, field))) {
      refuse(this, {
        field: 'credentials',
        allowed: 'the keys of a Secret, or in spec a way to log in without them',
        example: "{ accessKeyId: s3.secret.key('ACCESS_KEY_ID'), secretAccessKey: s3.secret.key('SECRET_ACCESS_KEY') }",
      });
    }
  }
}

const credentialFields = ['s3Credentials', 'azureCredentials', 'googleCredentials'];

/** The definition's own pattern. (objectstores.barmancloud.cnpg.io) */
const retention: Format = {
  allowed: 'a whole number of days, weeks or months: digits followed by d, w or m',
  example: '"30d"',
  accepts: (value) => /^[1-9][0-9]*[dwm]$/.test(value),
};

/** (Amazon S3, General purpose bucket naming rules; MinIO and Ceph keep to the length, too) */
const s3Path: Format = {
  allowed:
    's3://, a bucket and a path in it, without spaces; a bucket has 3 to 63 letters, digits, "-", "_" and ".", and begins with a letter or digit',
  example: '"s3://acme-backups/soyo"',
  accepts: (value) => /^s3:\/\/[a-zA-Z0-9][a-zA-Z0-9._-]{2,62}(\/[^\s/]+)*\/?$/.test(value),
};

const storePath: Format = {
  allowed: 'a bucket and a path in it that begin with s3://, gs:// or, for Azure, https://, without spaces',
  example: '"gs://acme-backups/soyo"',
  accepts: (value) => /^(s3|gs|https?):\/\/[a-zA-Z0-9][a-zA-Z0-9.:_-]+(\/[^\s/]+)*\/?$/.test(value),
};

const walCompression = oneOf('gzip', 'bzip2', 'lz4', 'snappy', 'xz', 'zstd');
const dataCompression = oneOf('gzip', 'bzip2', 'lz4', 'snappy');
