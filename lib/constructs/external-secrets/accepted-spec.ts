import type { IConstruct } from 'constructs';
import { ExternalSecret, type ExternalSecretSpec, toJson_ExternalSecretSpec } from '../../../imports/external-secret';
import { faultsOf } from '../../systems/external-secrets/admission';
import { externalSecretFaults } from '../../systems/external-secrets/admission/external-secret';
import { makesKeys } from '../../systems/external-secrets/keys';
import { values } from '../../systems/external-secrets/spec';
import { oneOf } from '../../systems/format';
import { optionalFormat } from '../formats';
import { refuse } from '../input-error';
import { refuseFaults } from '../refuse-faults';

/** What the handle of a Secret tells its readers. */
interface Handle {
  readonly name: string;
  readonly keys: readonly string[];
}

/**
 * Checks a whole ExternalSecret spec, however its fields were given: what ESO would refuse, and where the
 * Secret would differ from its handle.
 *
 * @throws EspalierError for the first such field
 */
export function requireAcceptedSpec(scope: IConstruct, spec: ExternalSecretSpec, handle: Handle): void {
  optionalFormat(scope, 'refreshPolicy', spec.refreshPolicy, oneOf(...values.refreshPolicy));
  optionalFormat(scope, 'creationPolicy', spec.target?.creationPolicy, oneOf(...values.creationPolicy));
  optionalFormat(scope, 'deletionPolicy', spec.target?.deletionPolicy, oneOf(...values.deletionPolicy));
  const json = toJson_ExternalSecretSpec(spec) ?? {};
  refuseFaults(scope, json, externalSecretFaults, propertyOf);
  const { apiVersion, kind } = ExternalSecret.GVK;
  const object = { apiVersion, kind, spec: json };
  refuseFaults(scope, object, faultsOf, (path) => path);
  requireHandle(scope, spec, handle);
}

/** How the author wrote a field of the spec. */
function propertyOf(path: string): string {
  if (path === 'refreshInterval') return path;
  return path === '' ? 'spec' : `spec.${path}`;
}

function requireHandle(scope: IConstruct, { target }: ExternalSecretSpec, { name, keys }: Handle): void {
  if (target?.name !== name) {
    refuse(scope, {
      field: 'spec.target.name',
      value: target?.name,
      allowed: `"${name}", the name of the Secret that others refer to`,
      example: 'only the property secretName',
    });
  }
  const { template } = target;
  const made = Object.keys(template?.data ?? {});
  if (made.length !== keys.length || !keys.every((key) => made.includes(key))) {
    refuse(scope, {
      field: 'the keys of spec.target.template.data',
      value: made,
      allowed: `the keys that others can refer to: ${keys.join(', ')}`,
      example: 'the properties that name keys; in spec, only other values for the same keys',
    });
  }
  if ((template?.mergePolicy ?? 'Replace') !== 'Replace') {
    refuse(scope, {
      field: 'spec.target.template.mergePolicy',
      value: template?.mergePolicy,
      allowed: '"Replace": with Merge, the Secret would have keys that nothing in the code can refer to',
      example: 'data, for each property under a key of its own',
    });
  }
  if (template?.templateFrom?.some(({ target }) => makesKeys({ target: target ?? 'Data' }))) {
    refuse(scope, {
      field: 'spec.target.template.templateFrom',
      allowed:
        'only templates of labels and annotations: a template of data makes keys that nothing in the code can refer to',
      example: "{ target: 'Annotations', … }",
    });
  }
  if (target.manifest !== undefined) {
    refuse(scope, {
      field: 'spec.target.manifest',
      value: target.manifest,
      allowed: 'leave it out: with it, ESO creates another object instead of the Secret',
      example: 'an ApiObject for such an ExternalSecret',
    });
  }
}
