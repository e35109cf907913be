import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ExternalSecretSpec } from '../../../imports/external-secret';
import type { JsonObject } from '../../json/json';
import { at } from '../../json/read';
import { reloadLabel } from '../../systems/cnpg/names';
import { literalText } from '../../systems/external-secrets/template';
import type { Format } from '../../systems/format';
import { dnsSubdomain } from '../../systems/kubernetes/names';
import { literal } from '../flux/substitution';
import { optionalFormat, requireFormat, requireObject } from '../formats';
import { gvk } from '../gvk';
import { refuse } from '../input-error';
import { type DeepPartial, merge } from '../merge';
import { NamedOperator, needOperator } from '../named';
import { refuseUnknown } from '../refuse-unknown';
import { Resource, type ResourceProps } from '../resource';
import { namespaceOf, requireSameCluster } from '../scopes';
import { Secret } from '../secret';
import { type SpecOf, specJson } from '../spec';
import { requireAcceptedSpec } from './accepted-spec';
import type { ExternalSecrets, NamedExternalSecrets } from './external-secrets';
import type { PasswordGenerator } from './password-generator';
import { ownSecret } from './secret-owners';
import { generatorJson } from './sources';

export interface GeneratedSecretProps extends ResourceProps {
  /** The operator that makes it. */
  readonly operator: ExternalSecrets | NamedExternalSecrets;
  /** The generator of the password; it serves this Secret alone. */
  readonly generator: PasswordGenerator;
  /** The value of the key `username`. */
  readonly username: string;
  /** metadata.name of the Secret. @default the ExternalSecret's own name */
  readonly secretName?: string;
  /**
   * When the password was last changed, such as `2026-11`. The names of the ExternalSecret and the Secret end with it, so that another
   * text makes another Secret with another password, and all who read it by the handle read that one. @default never
   */
  readonly rotated?: string;
  /** Labels of the Secret; null for none. @default `cnpg.io/reload: "true"`: CNPG takes a changed password over at once */
  readonly secretLabels?: Readonly<Record<string, string>> | null;
  /** Any other field of spec. @default none */
  readonly spec?: DeepPartial<ExternalSecretSpec> | SpecOf<ExternalSecretSpec>;
}

/** What stands in a connection string, a template and a log line as it is. */
const userName: Format = {
  allowed:
    'the user that the password is for, without quotes, backslashes, control characters, or white space at either end',
  example: '"shop"',
  accepts: (value) => value !== '' && value === value.trim() && !/["'`\\\p{Cc}]/u.test(value),
};

const rotation: Format = {
  allowed: 'a text that a name may end with: lower-case letters, digits and "-", at most 20',
  example: '"2026-11"',
  accepts: (value) => /^[a-z0-9]([a-z0-9-]{0,18}[a-z0-9])?$/.test(value),
};

const secretOwners = new WeakMap<PasswordGenerator, Construct>();

/**
 * Credentials generated in the cluster, once: a Secret of type kubernetes.io/basic-auth.
 *
 * It survives everything but its own deletion. CreatedOnce alone would generate anew when the ExternalSecret is recreated
 * or its Secret is changed; `immutable` and `creationPolicy: Orphan` prevent both. To rotate it, say
 * `rotated`; or delete the Secret and then the ExternalSecret, which Flux brings back. A Secret that is deleted alone is never made again, and everything stays green: ESO does not
 * notice that an Orphan is gone (seen in a cluster).
 *
 * ESO reads an ExternalSecret anew when its labels or annotations change, its description among them. Not this one: with
 * CreatedOnce the password stays. With another policy, what a generator makes would change along with the description.
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
    super(scope, id, props);
    refuseUnknown(this, GeneratedSecret, props);
    const { generator, operator } = props;
    requireObject(this, 'operator', operator, {
      allowed: 'the operator that makes the Secret',
      example: "new ExternalSecrets(cluster, { version: '2.9.0' })",
    });
    requireObject(this, 'generator', generator, {
      allowed: 'the generator of the password',
      example: "new PasswordGenerator(scope, 'shop-db-password')",
    });
    const username = requireFormat(this, 'username', props.username, userName);
    this.takeGenerator(generator);
    if (!(operator instanceof NamedOperator)) {
      requireSameCluster(this, 'operator', operator, 'the operator of this cluster');
    }
    needOperator(this, operator);
    const rotated = optionalFormat(this, 'rotated', props.rotated, rotation);
    const suffixed = (name: string) => (rotated === undefined ? name : `${name}-${rotated}`);
    const metadata = this.metadata({ ...props, name: suffixed(props.name ?? id) });
    const name =
      props.secretName === undefined
        ? String(metadata.name)
        : requireFormat(this, 'secretName', suffixed(props.secretName), dnsSubdomain);
    const own: JsonObject = {
      username: literal(this, literalText(username)),
      dataFrom: [{ sourceRef: { generatorRef: generatorJson(this, generator) } }],
    };
    const labels = props.secretLabels === undefined ? { [reloadLabel]: 'true' } : props.secretLabels;
    const spec = merge<JsonObject>(
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
            ...(labels && { metadata: { labels: { ...labels } } }),
            data: { username: own.username as string, password: '{{ .password }}' },
          },
        },
        dataFrom: own.dataFrom as JsonObject[],
      },
      specJson(this, props.spec),
    );
    requireAcceptedSpec(this, spec, { name, keys: ['username', 'password'] });
    this.requireKept(spec, own);
    ownSecret(this, name, 'Orphan');
    this.resource = this.apiObject('Resource', gvk.ExternalSecret, metadata, { spec });
    this.secret = new Secret({
      name,
      namespace: this.namespace,
      keys: ['username', 'password'],
      producer: this,
      type: 'kubernetes.io/basic-auth',
      username,
    });
  }

  /** What would generate another password, or other than the handle tells. Whoever writes null takes that upon himself. */
  private requireKept(spec: JsonObject, own: JsonObject): void {
    const rotates = 'any other value would generate a new password while the database keeps the old one';
    const kept: [path: readonly string[], ours: unknown][] = [
      [['refreshPolicy'], 'CreatedOnce'],
      [['target', 'immutable'], true],
      [['target', 'creationPolicy'], 'Orphan'],
      [['target', 'deletionPolicy'], 'Retain'],
    ];
    for (const [path, ours] of kept) {
      const value = at(spec, ...path);
      if (value === ours || value === undefined) continue;
      refuse(this, {
        field: `spec.${path.join('.')}`,
        value,
        allowed: `${JSON.stringify(ours)}: ${rotates}`,
        example: 'an ExternalSecret for a Secret that changes',
      });
    }
    const username = at(spec, 'target', 'template', 'data', 'username');
    if (username !== own.username) {
      refuse(this, {
        field: 'spec.target.template.data.username',
        value: username,
        allowed: 'the property username: readers of the Secret get the username from it',
        example: 'only the property username',
      });
    }
    if (spec.dataFrom !== own.dataFrom) {
      refuse(this, {
        field: 'spec.dataFrom',
        value: spec.dataFrom,
        allowed: 'the generator in the property generator',
        example: 'only the property generator',
      });
    }
  }

  private takeGenerator(generator: PasswordGenerator): void {
    if (namespaceOf(generator) !== namespaceOf(this)) {
      refuse(this, {
        field: 'generator',
        value: generator.node.path,
        allowed: `a generator in namespace ${this.namespace}: ESO looks for it in the namespace of the ExternalSecret`,
      });
    }
    const { secretKeys } = generator;
    if (secretKeys !== undefined && !secretKeys.includes('password')) {
      refuse(this, {
        field: 'generator',
        value: generator.node.path,
        allowed: `one that yields the key "password": its spec.secretKeys is ${JSON.stringify(secretKeys)}`,
        example: 'secretKeys left out',
      });
    }
    const owner = secretOwners.get(generator);
    if (owner) {
      refuse(this, {
        field: 'generator',
        value: generator.node.path,
        allowed: `a generator of its own: ${owner.node.path} uses this one, and each use generates a different password`,
        example: "new PasswordGenerator(scope, 'second-password')",
      });
    }
    secretOwners.set(generator, this);
  }
}
