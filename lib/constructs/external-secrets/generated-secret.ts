import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  ExternalSecret as ExternalSecretL1,
  type ExternalSecretSpec,
  toJson_ExternalSecretSpec,
} from '../../../imports/external-secret';
import { literal } from '../flux/substitution';
import { dnsSubdomain, requireFormat } from '../formats';
import { refuse } from '../input-error';
import { type DeepPartial, merge } from '../merge';
import { Resource, type ResourceProps } from '../resource';
import { clusterOf, namespaceOf } from '../scopes';
import { Secret } from '../secret';
import type { ExternalSecrets } from './external-secrets';
import type { PasswordGenerator } from './password-generator';
import { literalText } from './template';

export interface GeneratedSecretProps extends ResourceProps {
  /** The operator that makes it. */
  readonly operator: ExternalSecrets;
  /** The generator of the password; it serves this Secret alone. */
  readonly generator: PasswordGenerator;
  /** The value of the key `username`. */
  readonly username: string;
  /** metadata.name of the Secret. @default the ExternalSecret's own name */
  readonly secretName?: string;
  /** Labels of the Secret. @default `cnpg.io/reload: "true"`: CNPG takes a changed password over at once */
  readonly secretLabels?: Readonly<Record<string, string>>;
  /** Any other field of spec. @default none */
  readonly spec?: DeepPartial<ExternalSecretSpec>;
}

const secretOwners = new WeakMap<PasswordGenerator, Construct>();

/**
 * Credentials generated in the cluster, once: a Secret of type kubernetes.io/basic-auth.
 *
 * It survives everything but its own deletion. CreatedOnce alone would generate anew when the ExternalSecret is recreated
 * or its Secret is changed; `immutable` and `creationPolicy: Orphan` prevent both. To rotate it, delete the Secret and then
 * the ExternalSecret, which Flux brings back: of an Orphan alone ESO does not notice that it is gone.
 * (ESO, externalsecret_controller.go: isSecretValid, mutationFunc; its guide on generators)
 *
 * @example
 * const credentials = new GeneratedSecret(base, 'shop-db-credentials', { operator: eso, generator, username: 'shop' });
 * credentials.secret.key('password');
 */
export class GeneratedSecret extends Resource {
  /** The L1 beneath. */
  readonly resource: ApiObject;
  /** The Secret that it makes. */
  readonly secret: Secret<'username' | 'password'>;

  constructor(scope: Construct, id: string, props: GeneratedSecretProps) {
    super(scope, id);
    const { generator, operator, username } = props;
    if (typeof username !== 'string' || username.trim() === '') {
      refuse(this, {
        field: 'username',
        value: username,
        allowed: 'the user that the password is for',
        example: '"shop"',
      });
    }
    this.takeGenerator(generator);
    if (clusterOf(operator) !== clusterOf(this)) {
      refuse(this, {
        field: 'operator',
        value: operator.node.path,
        allowed: `the operator of this cluster (${clusterOf(this).clusterName})`,
      });
    }
    this.node.addDependency(operator, generator);
    const metadata = this.metadata(props);
    const name = requireFormat(this, 'secretName', props.secretName ?? String(metadata.name), dnsSubdomain);
    const spec = merge(
      {
        refreshPolicy: 'CreatedOnce',
        refreshInterval: '0s',
        target: {
          name,
          creationPolicy: 'Orphan',
          deletionPolicy: 'Retain',
          immutable: true,
          template: {
            engineVersion: 'v2',
            mergePolicy: 'Replace',
            type: 'kubernetes.io/basic-auth',
            metadata: { labels: { ...(props.secretLabels ?? { 'cnpg.io/reload': 'true' }) } },
            data: { username: literal(this, literalText(username)), password: '{{ .password }}' },
          },
        },
        dataFrom: [
          {
            sourceRef: {
              generatorRef: {
                apiVersion: generator.resource.apiVersion,
                kind: 'Password',
                name: generator.resource.name,
              },
            },
          },
        ],
      } as unknown as ExternalSecretSpec,
      props.spec,
    );
    this.resource = this.apiObject('Resource', ExternalSecretL1.GVK, metadata, {
      spec: toJson_ExternalSecretSpec(spec),
    });
    this.secret = new Secret({
      name,
      namespace: this.namespace,
      keys: ['username', 'password'],
      producer: this,
      username,
    });
  }

  private takeGenerator(generator: PasswordGenerator): void {
    if (namespaceOf(generator) !== namespaceOf(this)) {
      refuse(this, {
        field: 'generator',
        value: generator.node.path,
        allowed: `a generator in namespace ${this.namespace}: ESO looks for it beside the ExternalSecret`,
      });
    }
    const owner = secretOwners.get(generator);
    if (owner) {
      refuse(this, {
        field: 'generator',
        value: generator.node.path,
        allowed: `a generator of its own; ${owner.node.path} uses this one, and each use yields another password`,
        example: "new PasswordGenerator(scope, 'second-password')",
      });
    }
    secretOwners.set(generator, this);
  }
}
