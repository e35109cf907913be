import type { Json, JsonObject } from '../../json/json';
import { at, listAt, objectAt, textAt } from '../../json/read';

/** A named expression of a policy. */
export interface Named {
  readonly name: string;
  readonly expression: string;
}

/** An expression that an object must hold, and what is said where it does not. */
export interface Validation {
  readonly expression: string;
  readonly message: string | undefined;
  readonly messageExpression: string | undefined;
}

/** A ValidatingAdmissionPolicy, as far as it decides. */
export interface Policy {
  readonly name: string;
  /** What becomes of an error: `Fail` refuses the object. */
  readonly failurePolicy: 'Fail' | 'Ignore';
  readonly paramKind: { readonly apiVersion: string; readonly kind: string } | undefined;
  readonly matchConstraints: JsonObject | undefined;
  readonly matchConditions: readonly Named[];
  readonly variables: readonly Named[];
  readonly validations: readonly Validation[];
}

export type Action = 'Deny' | 'Warn' | 'Audit';

/** A ValidatingAdmissionPolicyBinding: without one, a policy does nothing. */
export interface Binding {
  readonly policyName: string;
  readonly actions: readonly Action[];
  readonly matchResources: JsonObject | undefined;
  readonly paramRef: JsonObject | undefined;
}

/** admissionregistration.k8s.io/v1 (and its betas, which say the same). */
export const admissionGroup = 'admissionregistration.k8s.io';

export function policyOf(object: JsonObject): Policy {
  const paramKind = objectAt(object, 'spec', 'paramKind');
  return {
    name: textAt(object, 'metadata', 'name') ?? '',
    failurePolicy: at(object, 'spec', 'failurePolicy') === 'Ignore' ? 'Ignore' : 'Fail',
    paramKind: paramKind && {
      apiVersion: textAt(paramKind, 'apiVersion') ?? '',
      kind: textAt(paramKind, 'kind') ?? '',
    },
    matchConstraints: objectAt(object, 'spec', 'matchConstraints'),
    matchConditions: namedIn(at(object, 'spec', 'matchConditions')),
    variables: namedIn(at(object, 'spec', 'variables')),
    validations: listAt(object, 'spec', 'validations').flatMap((entry) => {
      const expression = textAt(entry, 'expression');
      if (expression === undefined) return [];
      return [{ expression, message: textAt(entry, 'message'), messageExpression: textAt(entry, 'messageExpression') }];
    }),
  };
}

export function bindingOf(object: JsonObject): Binding {
  return {
    policyName: textAt(object, 'spec', 'policyName') ?? '',
    actions: listAt(object, 'spec', 'validationActions').filter(isAction),
    matchResources: objectAt(object, 'spec', 'matchResources'),
    paramRef: objectAt(object, 'spec', 'paramRef'),
  };
}

function isAction(action: Json): action is Action {
  return action === 'Deny' || action === 'Warn' || action === 'Audit';
}

function namedIn(list: Json | undefined): Named[] {
  return listAt(list).flatMap((entry) => {
    const [name, expression] = [textAt(entry, 'name'), textAt(entry, 'expression')];
    return name === undefined || expression === undefined ? [] : [{ name, expression }];
  });
}
