import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { dataKey, dnsSubdomain } from '../systems/kubernetes/names';
import { addExternal } from './external';
import { requireFormat } from './formats';
import { refuse, where } from './input-error';
import { type Named, named } from './named';
import { refuseUnknownOption } from './refuse-unknown';
import { clusterOf, namespaceAt } from './scopes';

/** One key of a Secret, as a workload or another system reads it. */
export interface SecretKey {
  readonly secret: Secret;
  readonly key: string;
}

export interface SecretProps<K extends string> {
  /** metadata.name of the Secret. */
  readonly name: string;
  /** The keys that it holds: all of them, unless it is `open`. */
  readonly keys: readonly K[];
  /** Whether it may hold other keys, too: any key is taken then, and the checks of the tree look for it where they can. @default false */
  readonly open?: boolean;
  /** Where it lives. @default the namespace of whoever reads it */
  readonly namespace?: string;
  /** The construct that makes it; readers depend on it. @default none: it is there already */
  readonly producer?: IConstruct;
  /** The value of the key `username`, where it is known while synthesizing. */
  readonly username?: string;
  /** Its type. @default Opaque, or not known */
  readonly type?: string | undefined;
}

export interface NamedSecretProps<K extends string> extends Named {
  /** The keys that it holds, all of them. @default not known: any key is taken */
  readonly keys?: readonly K[];
  /** Where it lives. @default the namespace of whoever reads it */
  readonly namespace?: string;
  /** The value of the key `username`, where it is known while synthesizing. */
  readonly username?: string;
}

/**
 * A handle to a Secret that knows its keys as a type: `db.key('password')` compiles, `db.key('pasword')` does not.
 *
 * Handles come from the construct that makes the Secret. For a Secret that something else makes there is
 * `Secret.named()`: the author's word, and visible as such.
 *
 * @example
 * const tls = Secret.named('wildcard-tls', { keys: ['tls.crt', 'tls.key'] });
 * tls.key('tls.crt');
 *
 * @typeParam K the keys it has at least: who asks for `Secret<'username'>` takes one with a password as well, who asks for
 *   `Secret` takes any
 */
export class Secret<in K extends string = never> {
  /** A Secret that no construct here makes. Its keys are the author's word; nothing can check them. Without keys it takes any. */
  static named<const N extends string = string>(name: string, options: NamedSecretProps<N> = {}): Secret<N> {
    refuseUnknownOption('Secret.named', options);
    const { keys, ...others } = options;
    return new Secret<N>({ name, keys: keys ?? [], open: keys === undefined, ...others });
  }

  readonly name: string;
  /** The keys that are known. */
  readonly keys: readonly string[];
  /** Whether it may hold others, too. */
  readonly open: boolean;
  readonly namespace: string | undefined;
  readonly producer: IConstruct | undefined;
  readonly username: string | undefined;
  readonly type: string | undefined;

  constructor(props: SecretProps<K>) {
    this.name = props.name;
    this.keys = props.keys;
    this.open = props.open ?? false;
    this.namespace = props.namespace;
    this.producer = props.producer;
    this.username = props.username;
    this.type = props.type;
  }

  /**
   * One of its keys.
   *
   * @throws EspalierError where types did not stop it: the message lists the keys that there are.
   */
  key(key: K): SecretKey {
    if (!this.has(key)) {
      refuse(this.producer ?? named(`Secret.named("${this.name}")`), {
        field: `the key ${JSON.stringify(key)} of Secret ${this.label}`,
        allowed: `one of its keys: ${this.keys.join(', ')}`,
        example: `"${this.keys[0]}"`,
      });
    }
    return new KeyOfSecret(this, key);
  }

  /** Whether it holds a key, as far as is known. */
  has(key: string): boolean {
    return this.open || this.keys.includes(key);
  }

  /** `namespace/name`, for messages. */
  get label(): string {
    return this.namespace === undefined ? this.name : `${this.namespace}/${this.name}`;
  }
}

/** A class, so that it is told apart from a map with the same fields. */
class KeyOfSecret implements SecretKey {
  constructor(
    readonly secret: Secret,
    readonly key: string,
  ) {}
}

/**
 * Declares that a construct reads a Secret: order follows from it, and what Kubernetes would refuse is refused here.
 *
 * @param within the namespace where it is read, if that is another one than the reader's
 * @throws EspalierError when the Secret is in another cluster or another namespace than its reader.
 */
export function readSecret(reader: IConstruct, secret: Secret, within?: string): void {
  requireHandle(reader, secret);
  requireFormat(reader, 'the name of a Secret', secret.name, dnsSubdomain);
  if (secret.keys.length === 0 && !secret.open) {
    refuse(reader, {
      field: `keys of Secret ${secret.label}`,
      value: [],
      allowed: 'at least one key',
      example: '["password"]',
    });
  }
  const field = `a key of Secret ${secret.label}`;
  for (const key of secret.keys) requireFormat(reader, field, key, dataKey);
  if (secret.producer && clusterOf(secret.producer) !== clusterOf(reader)) {
    refuse(reader, {
      field: 'secret',
      value: secret.label,
      allowed: `a Secret of the same cluster: ${where(secret.producer)} creates this one in cluster ${clusterOf(secret.producer).clusterName}`,
      example: 'a PushSecret there and an ExternalSecret here',
    });
  }
  const namespace = within ?? namespaceOfReader(reader);
  if (secret.namespace !== undefined && namespace !== undefined && secret.namespace !== namespace) {
    refuse(reader, {
      field: 'secret',
      value: secret.label,
      allowed: `a Secret of namespace ${namespace}: Kubernetes does not let a pod read Secrets of other namespaces`,
      example: `an ExternalSecret in namespace ${namespace}`,
    });
  }
  if (secret.producer) reader.node.addDependency(secret.producer);
  else addExternal(reader, 'Secret', namespace, secret.name);
}

/** Without types, what makes a Secret is easily taken for the Secret. */
function requireHandle(reader: IConstruct, secret: Secret): void {
  if (Array.isArray(secret?.keys)) return;
  const maker = (secret as { secret?: Secret } | undefined)?.secret;
  refuse(reader, {
    field: 'secret',
    ...(secret === undefined && { value: secret }),
    allowed: `the handle of a Secret${maker ? ', not the construct that creates it' : ''}`,
    example: 'credentials.secret',
  });
}

/** Where the object that reads stands: cdk8s-plus lets it name another namespace than that of its folder. */
function namespaceOfReader(reader: IConstruct): string | undefined {
  const object = ApiObject.isApiObject(reader) ? reader : reader.node.defaultChild;
  return (ApiObject.isApiObject(object) && object.metadata.namespace) || namespaceAt(reader);
}
