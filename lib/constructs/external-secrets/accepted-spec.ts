import type { IConstruct } from 'constructs';
import { type ExternalSecretSpec, toJson_ExternalSecretSpec } from '../../../imports/external-secret';
import { fluxDuration } from '../../systems/duration';
import { externalSecretFaults } from '../../systems/external-secrets/admission';
import { makesKeys } from '../../systems/external-secrets/keys';
import { values } from '../../systems/external-secrets/spec';
import { oneOf } from '../../systems/format';
import { optionalFormat } from '../formats';
import { refuse } from '../input-error';
import { refuseFaults } from '../refuse-faults';

/** What the handle of a Secret tells its readers. */
export interface Promised {
  readonly name: string;
  readonly keys: readonly string[];
}

/**
 * Checks a whole ExternalSecret spec, however its fields were given: what ESO would refuse, and what would make a liar of
 * the Secret's handle.
 *
 * @throws EspalierError for the first such field
 */
export function requireAcceptedSpec(scope: IConstruct, spec: ExternalSecretSpec, promised: Promised): void {
  optionalFormat(scope, 'refreshPolicy', spec.refreshPolicy, oneOf(...values.refreshPolicy));
  optionalFormat(scope, 'refreshInterval', spec.refreshInterval, fluxDuration);
  optionalFormat(scope, 'creationPolicy', spec.target?.creationPolicy, oneOf(...values.creationPolicy));
  optionalFormat(scope, 'deletionPolicy', spec.target?.deletionPolicy, oneOf(...values.deletionPolicy));
  const json = toJson_ExternalSecretSpec(spec) ?? {};
  refuseFaults(scope, json, externalSecretFaults(json), (path) => (path === '' ? 'spec' : `spec.${path}`));
  requirePromised(scope, spec, promised);
}

function requirePromised(scope: IConstruct, { target }: ExternalSecretSpec, { name, keys }: Promised): void {
  if (target?.name !== name) {
    refuse(scope, {
      field: 'spec.target.name',
      value: target?.name,
      allowed: `"${name}", as the handle of the Secret has it`,
      example: 'the property secretName alone',
    });
  }
  const { template } = target;
  const made = Object.keys(template?.data ?? {});
  if (made.length !== keys.length || !keys.every((key) => made.includes(key))) {
    refuse(scope, {
      field: 'the keys of spec.target.template.data',
      value: made,
      allowed: `those that the handle of the Secret has: ${keys.join(', ')}`,
      example: 'the properties that name keys; other values under the same keys',
    });
  }
  if ((template?.mergePolicy ?? 'Replace') !== 'Replace') {
    refuse(scope, {
      field: 'spec.target.template.mergePolicy',
      value: template?.mergePolicy,
      allowed: '"Replace": with Merge the Secret holds keys that its handle does not know',
      example: 'data, for each property under a key of its own',
    });
  }
  if (template?.templateFrom?.some(({ target }) => makesKeys({ target: target ?? 'Data' }))) {
    refuse(scope, {
      field: 'spec.target.template.templateFrom',
      allowed:
        'templates of labels and annotations: one of data makes keys that the handle of the Secret does not know',
      example: "{ target: 'Annotations', … }",
    });
  }
  if (target.manifest !== undefined) {
    refuse(scope, {
      field: 'spec.target.manifest',
      value: target.manifest,
      allowed: 'nothing: with it, ESO makes another object in place of the Secret',
      example: 'an ApiObject for an ExternalSecret of that sort',
    });
  }
}
