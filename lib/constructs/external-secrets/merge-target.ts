import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Json } from '../../json/json';
import { textAt } from '../../json/read';
import { externalSecretsGroup, values } from '../../systems/external-secrets/spec';
import { refuse } from '../input-error';
import { readSecret, type Secret } from '../secret';

/** How an ExternalSecret adds keys to a Secret that others write, too. */
export interface MergeTarget {
  readonly creationPolicy: 'Merge' | 'CreateOrMerge';
  /** The Secret's type, where another ExternalSecret decides it: whichever comes first creates the Secret. */
  readonly type: string | undefined;
}

/**
 * Declares that an ExternalSecret adds keys to a Secret.
 *
 * (External Secrets 2.9, externalsecret_controller.go: applyOwnership refuses a Secret that another ExternalSecret owns;
 * externalsecret_controller_template.go: ApplyTemplate of Owner and Orphan removes all other keys)
 *
 * @throws EspalierError for a Secret of an ExternalSecret that keeps no other keys
 */
export function mergeInto(adder: Construct, secret: Secret): MergeTarget {
  readSecret(adder, secret);
  const made = (secret.producer as { readonly resource?: ApiObject } | undefined)?.resource?.toJson() as
    | Json
    | undefined;
  const isExternalSecret =
    textAt(made, 'kind') === 'ExternalSecret' && textAt(made, 'apiVersion')?.startsWith(`${externalSecretsGroup}/`);
  if (!isExternalSecret) return { creationPolicy: 'Merge', type: undefined };
  const policy = textAt(made, 'spec', 'target', 'creationPolicy') ?? values.creationPolicy[0];
  if (policy !== 'CreateOrMerge' && policy !== 'Merge') {
    refuse(adder, {
      field: 'into',
      value: secret.label,
      allowed: `a Secret of which others may write keys: that of ${secret.producer?.node.path} has creationPolicy ${policy}, with which External Secrets ${policy === 'Owner' ? 'refuses other writers' : 'removes the keys of others'}`,
      example: "creationPolicy: 'CreateOrMerge' there",
    });
  }
  return { creationPolicy: policy, type: textAt(made, 'spec', 'target', 'template', 'type') };
}
