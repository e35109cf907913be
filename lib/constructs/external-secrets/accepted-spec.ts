import type { IConstruct } from 'constructs';
import type { ExternalSecretSpec } from '../../../imports/external-secret';
import { fluxDuration } from '../../systems/duration';
import { oneOf } from '../../systems/format';
import { optionalFormat } from '../formats';
import { refuse } from '../input-error';

const refreshPolicies = oneOf('Periodic', 'OnChange', 'CreatedOnce');
const creationPolicies = oneOf('Owner', 'Orphan', 'Merge', 'None', 'CreateOrMerge');
const deletionPolicies = oneOf('Retain', 'Delete', 'Merge');

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
  optionalFormat(scope, 'refreshPolicy', spec.refreshPolicy, refreshPolicies);
  optionalFormat(scope, 'refreshInterval', spec.refreshInterval, fluxDuration);
  optionalFormat(scope, 'creationPolicy', spec.target?.creationPolicy, creationPolicies);
  optionalFormat(scope, 'deletionPolicy', spec.target?.deletionPolicy, deletionPolicies);
  requirePolicies(scope, spec);
  requireSource(scope, spec);
  requirePromised(scope, spec, promised);
}

/** What ESO's webhook refuses, and its controller once the values are gone. (externalsecret_validator.go, externalsecret_controller.go) */
function requirePolicies(scope: IConstruct, { target }: ExternalSecretSpec): void {
  const creationPolicy: string = target?.creationPolicy ?? 'Owner';
  const deletionPolicy: string = target?.deletionPolicy ?? 'Retain';
  if (deletionPolicy === 'Delete' && creationPolicy !== 'Owner') {
    refuse(scope, {
      field: 'deletionPolicy',
      value: deletionPolicy,
      allowed: `Retain or Merge beside creationPolicy ${creationPolicy}: ESO deletes no Secret that it does not own`,
      example: '"Retain"',
    });
  }
  if (deletionPolicy === 'Merge' && creationPolicy === 'None') {
    refuse(scope, {
      field: 'deletionPolicy',
      value: deletionPolicy,
      allowed: 'Retain beside creationPolicy None',
      example: '"Retain"',
    });
  }
}

/** (externalsecret_validator.go: either data or dataFrom should be specified) */
function requireSource(scope: IConstruct, { data = [], dataFrom = [] }: ExternalSecretSpec): void {
  if (data.length + dataFrom.length > 0) return;
  refuse(scope, {
    field: 'spec.dataFrom',
    value: dataFrom,
    allowed: 'something that the values come from: ESO refuses an ExternalSecret with neither data nor dataFrom',
    example: 'the properties extract and data alone',
  });
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
  if (template?.templateFrom?.some((from) => (from.target ?? 'Data') === 'Data')) {
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
