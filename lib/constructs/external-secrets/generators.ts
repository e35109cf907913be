import type { ApiObject, GroupVersionKind } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ClusterGeneratorSpecGenerator } from '../../../imports/cluster-generator';
import type { JsonObject } from '../../json/json';
import { type GeneratorKind, generators, keysOfGenerator } from '../../systems/external-secrets/generators';
import { oneOf } from '../../systems/format';
import { requireFormat } from '../formats';
import type { Named } from '../named';
import { refuseUnknown } from '../refuse-unknown';
import type { ResourceProps } from '../resource';
import { type SpecOf, specJson } from '../spec';
import { type GeneratorHandle, generatorVersion, NamedGenerator, SecretGenerator } from './generator';
import type { WithKeys } from './providers';
import { withReferences } from './store-settings';

type Facts = typeof generators;

/** The keys that a kind of generators yields; any where its spec, or another system, decides. */
type KeysOfKind<Kind extends GeneratorKind> = Facts[Kind] extends { readonly keys: readonly (infer K extends string)[] }
  ? K
  : string;

type Spec<Kind extends GeneratorKind> = NonNullable<ClusterGeneratorSpecGenerator[Facts[Kind]['field']]>;

/**
 * What a generator of a kind takes: its spec under the API's own names, which is left out where none of it must be said. A Secret's key, or
 * a service account, stands for a reference to it.
 */
export type GeneratorProps<Kind extends GeneratorKind> = ResourceProps &
  (Record<never, never> extends Spec<Kind>
    ? { readonly spec?: WithKeys<SpecOf<Spec<Kind>>> }
    : { readonly spec: WithKeys<SpecOf<Spec<Kind>>> });

/** A generator of one kind. */
class KindGenerator<Kind extends GeneratorKind> extends SecretGenerator<KeysOfKind<Kind>> {
  readonly resource: ApiObject;
  readonly keys: readonly string[] | undefined;

  constructor(
    scope: Construct,
    id: string,
    readonly generates: Kind,
    props: ResourceProps & { readonly spec?: unknown } = {},
  ) {
    super(scope, id, props);
    refuseUnknown(this, this.constructor as typeof KindGenerator, props, this.constructor);
    const spec = specJson(this, withReferences(this, 'spec', props.spec, 'own'));
    this.keys = keysOfGenerator(generates, spec);
    const gvk = { apiVersion: generatorVersion, kind: generates };
    this.resource = this.apiObject('Resource', gvk, this.metadata(props), { spec });
  }
}

type GeneratorClass<Kind extends GeneratorKind> = (Record<never, never> extends GeneratorProps<Kind>
  ? new (
      scope: Construct,
      id: string,
      props?: GeneratorProps<Kind>,
    ) => KindGenerator<Kind>
  : new (
      scope: Construct,
      id: string,
      props: GeneratorProps<Kind>,
    ) => KindGenerator<Kind>) & {
  readonly GVK: GroupVersionKind;
  /** One that no construct here makes. */
  named(name: string, props?: Named): GeneratorHandle<KeysOfKind<Kind>>;
};

function classOf<Kind extends GeneratorKind>(kind: Kind): GeneratorClass<Kind> {
  const made = class extends KindGenerator<Kind> {
    static readonly GVK = { apiVersion: generatorVersion, kind };

    static named(name: string, props: Named = {}): GeneratorHandle<KeysOfKind<Kind>> {
      return new NamedGenerator(kind, name, kind, keysOfGenerator(kind, undefined), props);
    }

    constructor(scope: Construct, id: string, props?: GeneratorProps<Kind>) {
      super(scope, id, kind, props);
    }
  };
  return made as GeneratorClass<Kind>;
}

/** A token for an Azure Container Registry: `username`, `password`. */
export class ACRAccessTokenGenerator extends classOf('ACRAccessToken') {}
/** Credentials of AWS from BeyondTrust: `accessKeyId`, `secretAccessKey`, `sessionToken`, `leaseId`, `expiration`. */
export class BeyondtrustWorkloadCredentialsDynamicSecretGenerator extends classOf(
  'BeyondtrustWorkloadCredentialsDynamicSecret',
) {}
/** A token of Cloudsmith: `auth`, `expiry`. */
export class CloudsmithAccessTokenGenerator extends classOf('CloudsmithAccessToken') {}
/**
 * A login to Amazon's ECR, good for twelve hours: `username`, `password`, `proxy_endpoint`, `expires_at`.
 *
 * @example
 * const ecr = new ECRAuthorizationTokenGenerator(shop, 'ecr', { spec: { region: 'eu-west-1' } });
 * new ExternalSecret(shop, 'pull', {
 *   store: null,
 *   data: { password: ecr.key('password'), registry: ecr.key('proxy_endpoint') },
 *   template: (k) => dockerConfig({ registry: k.registry, username: 'AWS', password: k.password }),
 * });
 */
export class ECRAuthorizationTokenGenerator extends classOf('ECRAuthorizationToken') {}
/** The texts in `data`, for tests. */
export class FakeGenerator extends classOf('Fake') {}
/** A token for Google's registries: `username`, `password`, `expiry`. */
export class GCRAccessTokenGenerator extends classOf('GCRAccessToken') {}
/** A token of a GitHub App, good for an hour: `token`. */
export class GithubAccessTokenGenerator extends classOf('GithubAccessToken') {}
/** A deploy token of GitLab: `username`, `token`. */
export class GitlabDeployTokenGenerator extends classOf('GitlabDeployToken') {}
/** A token of a service account in Grafana: `login`, `token`. */
export class GrafanaGenerator extends classOf('Grafana') {}
/** A one-time password: `token`, `timeLeft`. */
export class MFAGenerator extends classOf('MFA') {}
/** A token of a robot account in Quay: `registry`, `auth`, `expiry`. */
export class QuayAccessTokenGenerator extends classOf('QuayAccessToken') {}
/** A pair of keys of SSH: `privateKey`, `publicKey`. */
export class SSHKeyGenerator extends classOf('SSHKey') {}
/** Credentials of AWS STS: `access_key_id`, `secret_access_key`, `session_token`, `expiration`. */
export class STSSessionTokenGenerator extends classOf('STSSessionToken') {}
/** A UUID: `uuid`. */
export class UUIDGenerator extends classOf('UUID') {}
/** Credentials that Vault makes: a database's, a cloud's, a certificate. Vault decides which keys there are. */
export class VaultDynamicSecretGenerator extends classOf('VaultDynamicSecret') {}
/** What a web service answers. */
export class WebhookGenerator extends classOf('Webhook') {}

export type ClusterGeneratorProps<Kind extends GeneratorKind> = GeneratorProps<Kind> & {
  /** What it stands for. */
  readonly kind: Kind;
};

/**
 * A generator that every namespace may use.
 *
 * @example
 * const ecr = new ClusterGenerator(tools, 'ecr', { kind: 'ECRAuthorizationToken', spec: { region: 'eu-west-1' } });
 * ecr.key('password');
 */
export class ClusterGenerator<Kind extends GeneratorKind> extends SecretGenerator<KeysOfKind<Kind>> {
  /** A ClusterGenerator that no construct here makes, and the kind that it stands for. */
  static named<Kind extends GeneratorKind>(
    name: string,
    { kind, ...props }: Named & { readonly kind: Kind },
  ): GeneratorHandle<KeysOfKind<Kind>> {
    return new NamedGenerator('ClusterGenerator', name, kind, keysOfGenerator(kind, undefined), props);
  }

  readonly resource: ApiObject;
  readonly generates: string;
  readonly keys: readonly string[] | undefined;

  constructor(scope: Construct, id: string, props: ClusterGeneratorProps<Kind>) {
    super(scope, id, props);
    refuseUnknown(this, ClusterGenerator, props);
    const kind = requireFormat(this, 'kind', props.kind, oneOf(...Object.keys(generators))) as Kind;
    const spec: JsonObject = specJson(this, withReferences(this, 'spec', props.spec, 'of its reader'), {
      anyNamespace: true,
    });
    this.generates = kind;
    this.keys = keysOfGenerator(kind, spec);
    this.resource = this.apiObject(
      'Resource',
      { apiVersion: generatorVersion, kind: 'ClusterGenerator' },
      this.metadata(props),
      { spec: { kind, generator: { [generators[kind].field]: spec } } },
    );
  }
}
