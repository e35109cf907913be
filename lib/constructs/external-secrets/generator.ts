import type { ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { generatorGroup } from '../../systems/external-secrets/spec';
import { dnsSubdomain } from '../../systems/kubernetes/names';
import { nearest } from '../../text/nearest';
import { addExternal } from '../external';
import { requireFormat } from '../formats';
import { refuse } from '../input-error';
import { type Named, named } from '../named';
import { Resource } from '../resource';
import { namespaceAt, requireSameCluster } from '../scopes';

export const generatorVersion = `${generatorGroup}/v1alpha1`;

/** How an ExternalSecret refers to a generator. */
export interface GeneratorReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

/**
 * A generator that ExternalSecrets and PushSecrets read: a construct, or one that is named.
 *
 * @typeParam K the keys that it yields
 */
export interface GeneratorHandle<in K extends string = never> {
  /** The kind of the generator; of a ClusterGenerator, the kind that it stands for. */
  readonly generates: string;
  /** The keys that it yields; undefined where its spec, or another system, decides. */
  readonly keys: readonly string[] | undefined;
  /** One of the values that it yields, for `data` of an ExternalSecret. @throws EspalierError for a key that it does not yield */
  key(key: K): GeneratorKey;
  /** How to refer to it; declares that the reader needs it. */
  referredBy(reader: Construct): GeneratorReference;
}

/** One value of a generator. */
export class GeneratorKey {
  constructor(
    readonly generator: GeneratorHandle,
    readonly key: string,
  ) {}
}

/** A construct that makes a generator. Each use of it yields another value. */
export abstract class SecretGenerator<in K extends string = never> extends Resource implements GeneratorHandle<K> {
  /** The L1 beneath. */
  abstract readonly resource: ApiObject;
  abstract readonly generates: string;
  abstract readonly keys: readonly string[] | undefined;

  /** metadata.name */
  get name(): string {
    return this.resource.name;
  }

  key(key: K): GeneratorKey {
    return keyOf(this, this, key);
  }

  referredBy(reader: Construct): GeneratorReference {
    requireSameCluster(reader, 'generator', this, 'a generator of the same cluster');
    const { apiVersion, kind, name } = this.resource;
    const [own, namespace] = [namespaceAt(this), namespaceAt(reader)];
    if (kind !== 'ClusterGenerator' && own !== undefined && namespace !== undefined && own !== namespace) {
      refuse(reader, {
        field: 'generator',
        value: this.node.path,
        allowed: `a ClusterGenerator, or a generator of namespace ${namespace}: External Secrets looks for it there`,
        example: 'a ClusterGenerator',
      });
    }
    reader.node.addDependency(this);
    return { apiVersion, kind, name };
  }
}

/** A generator that no construct here makes. */
export class NamedGenerator<in K extends string> implements GeneratorHandle<K> {
  constructor(
    private readonly kind: string,
    readonly name: string,
    readonly generates: string,
    readonly keys: readonly string[] | undefined,
    private readonly props: Named,
  ) {}

  key(key: K): GeneratorKey {
    return keyOf(named(`${this.kind} ${this.name}`), this, key);
  }

  referredBy(reader: Construct): GeneratorReference {
    const { kind, name } = this;
    requireFormat(reader, 'the name of a generator', name, dnsSubdomain);
    if (this.props.producer) reader.node.addDependency(this.props.producer);
    addExternal(reader, kind, kind === 'ClusterGenerator' ? undefined : namespaceAt(reader), name);
    return { apiVersion: generatorVersion, kind, name };
  }
}

function keyOf(scope: IConstruct, generator: GeneratorHandle, key: string): GeneratorKey {
  const { keys } = generator;
  if (keys !== undefined && !keys.includes(key)) {
    const near = nearest(key, keys);
    refuse(scope, {
      field: `the key ${JSON.stringify(key)}`,
      allowed: `one of the keys that it yields: ${keys.join(', ')}`,
      example: JSON.stringify(near ?? keys[0]),
    });
  }
  return new GeneratorKey(generator, key);
}
