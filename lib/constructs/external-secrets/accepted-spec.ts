import type { IConstruct } from 'constructs';
import type { JsonObject } from '../../json/json';
import { at, keysAt, listAt, textAt } from '../../json/read';
import { faultsOf } from '../../systems/external-secrets/admission';
import { externalSecretFaults } from '../../systems/external-secrets/admission/external-secret';
import { makesKeys } from '../../systems/external-secrets/keys';
import { values } from '../../systems/external-secrets/spec';
import { oneOf } from '../../systems/format';
import { optionalFormat } from '../formats';
import { gvk } from '../gvk';
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
 * @param handle of a Secret whose name and keys are the construct's; undefined where they follow from the spec
 * @throws EspalierError for the first such field
 */
export function requireAcceptedSpec(scope: IConstruct, spec: JsonObject, handle: Handle | undefined): void {
  optionalFormat(scope, 'refreshPolicy', textAt(spec, 'refreshPolicy'), oneOf(...values.refreshPolicy));
  for (const policy of ['creationPolicy', 'deletionPolicy'] as const)
    optionalFormat(scope, policy, textAt(spec, 'target', policy), oneOf(...values[policy]));
  refuseFaults(scope, spec, externalSecretFaults, propertyOf);
  const { apiVersion, kind } = gvk.ExternalSecret;
  const object = { apiVersion, kind, spec };
  refuseFaults(scope, object, faultsOf, (path) => path);
  if (handle) requireHandle(scope, spec, handle);
}

/** How the author wrote a field of the spec. */
function propertyOf(path: string): string {
  if (path === 'refreshInterval') return path;
  return path === '' ? 'spec' : `spec.${path}`;
}

function requireHandle(scope: IConstruct, spec: JsonObject, { name, keys }: Handle): void {
  const given = at(spec, 'target', 'name');
  if (given !== undefined && given !== name) {
    refuse(scope, {
      field: 'spec.target.name',
      value: given,
      allowed: `"${name}", the name of the Secret that others refer to`,
      example: 'only the property secretName',
    });
  }
  const template = ['target', 'template'];
  const made = keysAt(spec, ...template, 'data');
  if (made.length !== keys.length || !keys.every((key) => made.includes(key))) {
    refuse(scope, {
      field: 'the keys of spec.target.template.data',
      value: made,
      allowed: `the keys that others can refer to: ${keys.join(', ')}`,
      example: 'the properties that name keys; in spec, only other values for the same keys',
    });
  }
  const mergePolicy = at(spec, ...template, 'mergePolicy') ?? 'Replace';
  if (mergePolicy !== 'Replace') {
    refuse(scope, {
      field: 'spec.target.template.mergePolicy',
      value: mergePolicy,
      allowed: '"Replace": with Merge, the Secret would have keys that nothing in the code can refer to',
      example: 'data, for each property under a key of its own',
    });
  }
  if (listAt(spec, ...template, 'templateFrom').some(makesKeys)) {
    refuse(scope, {
      field: 'spec.target.template.templateFrom',
      allowed:
        'only templates of labels and annotations: a template of data makes keys that nothing in the code can refer to',
      example: "{ target: 'Annotations', … }",
    });
  }
  const manifest = at(spec, 'target', 'manifest');
  if (manifest !== undefined) {
    refuse(scope, {
      field: 'spec.target.manifest',
      value: manifest,
      allowed: 'leave it out: with it, ESO creates another object instead of the Secret',
      example: 'an ApiObject for such an ExternalSecret',
    });
  }
}
