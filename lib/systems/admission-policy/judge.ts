import type { JsonObject } from '../../json/json';
import { lazy } from '../../text/memoize';
import { type Evaluated, evaluate, lazyMap, NotKnown, unknownMap } from '../cel/expression';
import type { Asked } from './match';
import type { Named, Policy, Validation } from './policy';

/** What a policy says of an object. */
export type Verdict =
  | {
      readonly state: 'refused';
      readonly message: string;
      /** The message without what is computed of values of the object or the parameters, where it has some. */
      readonly plain?: string;
      readonly expression: string;
    }
  | { readonly state: 'open'; readonly why: string; readonly expression: string };

/** An object as expressions read it: Maps, and integers apart from other numbers. */
export type ToCel = (value: JsonObject) => unknown;

export interface Request {
  readonly asked: Asked;
  /** The object as admission sees it. */
  readonly object: JsonObject;
  /** Its namespace; null for what has none, undefined where nobody knows it. */
  readonly namespace: JsonObject | null | undefined;
  /** Who asks for it; undefined where nobody knows. */
  readonly user: JsonObject | undefined;
  /** null where the policy takes none. */
  readonly params: JsonObject | null;
}

/**
 * What a policy says of an object that is to be made: each validation that it breaks, and what nobody can tell here. Nothing where a
 * matchCondition does not hold.
 *
 * Source: k8s.io/apiserver 0.36 pkg/admission/plugin/policy/validating/validator.go, pkg/admission/plugin/webhook/matchconditions/matcher.go
 */
export function judge(policy: Policy, request: Request, toCel: ToCel): readonly Verdict[] {
  const given = givenIn(request, toCel);
  const conditions = policy.matchConditions.map(({ name, expression }) => ({
    name,
    expression,
    found: evaluate(expression, { ...given, variables: knownOf(new Map()) }),
  }));
  if (conditions.some(({ found }) => found.state === 'value' && found.value === false)) return [];
  for (const { name, expression, found } of conditions) {
    if (found.state === 'open') return [{ state: 'open', why: `matchCondition ${name} ${found.why}`, expression }];
    if (found.state !== 'error') continue;
    if (policy.failurePolicy === 'Ignore') return [];
    return [failing(expression, found.message)];
  }
  const context = { ...given, variables: variablesOf(policy, given) };
  return policy.validations.flatMap((validation) => verdictOf(validation, policy, context));
}

/** A verdict without what is computed of values: a part of what is secret nobody would recognize as one. */
export function withoutValues(verdict: Verdict): Verdict {
  if (verdict.state === 'refused') return { ...verdict, message: verdict.plain ?? verdict.message };
  return { ...verdict, why: verdict.why.replace(/(cannot be evaluated): .*$/s, '$1') };
}

function verdictOf(
  validation: Validation,
  { failurePolicy }: Policy,
  context: Record<string, unknown>,
): readonly Verdict[] {
  const { expression } = validation;
  const found = evaluate(expression, context);
  if (found.state === 'open') return [{ state: 'open', why: `the expression ${found.why}`, expression }];
  if (found.state === 'error') {
    if (failurePolicy === 'Ignore') return [];
    return [failing(expression, found.message)];
  }
  return found.value === true ? [] : [refusal(validation, context)];
}

function failing(expression: string, error: string): Verdict {
  const plain = `expression '${expression.trim()}' resulted in error`;
  return { state: 'refused', message: `${plain}: ${error}`, plain, expression };
}

function refusal({ expression, message, messageExpression }: Validation, context: Record<string, unknown>): Verdict {
  const plain = message?.trim() || `failed expression: ${expression.trim()}`;
  const computed: Evaluated | undefined =
    messageExpression === undefined ? undefined : evaluate(messageExpression, context);
  if (computed?.state === 'value' && typeof computed.value === 'string') {
    const text = computed.value.trim();
    if (text !== '' && !text.includes('\n')) return { state: 'refused', message: text, plain, expression };
  }
  return { state: 'refused', message: plain, expression };
}

function givenIn(request: Request, toCel: ToCel): Record<string, unknown> {
  const { object, namespace, params } = request;
  return {
    object: toCel(object),
    oldObject: null,
    request: requestOf(request, toCel),
    namespaceObject:
      namespace === undefined
        ? unknownMap('reads its namespace, which is not in the tree')
        : namespace && toCel(namespace),
    params: params && toCel(params),
  };
}

function variablesOf({ variables }: Policy, given: Record<string, unknown>): ReadonlyMap<string, unknown> {
  // Each knows those before it: the API server refuses a policy of which one reads a later one, or itself.
  const makers = new Map<string, () => unknown>();
  for (const variable of variables) {
    const before = knownOf(new Map(makers));
    makers.set(
      variable.name,
      lazy(() => variableValue(variable, { ...given, variables: before })),
    );
  }
  return knownOf(makers);
}

/** Variables as expressions read them. */
function knownOf(makers: ReadonlyMap<string, () => unknown>): ReadonlyMap<string, unknown> {
  return lazyMap(makers, (name) => {
    throw new NotKnown(`reads variables.${name}, which nothing declares before it`);
  });
}

/** @throws what evaluating it throws, so that whoever reads the variable fails alike */
function variableValue({ name, expression }: Named, context: Record<string, unknown>): unknown {
  const found = evaluate(expression, context);
  if (found.state === 'value') return found.value;
  if (found.state === 'open') throw new NotKnown(`reads variable ${name}, which ${found.why}`);
  throw Object.assign(new Error(`composited variable "${name}" fails to evaluate: ${found.message}`), {
    code: 'no_such_key',
  });
}

function requestOf({ asked, user }: Request, toCel: ToCel): unknown {
  const { group, version, kind, resource, namespace, name } = asked;
  const known = toCel({
    kind: { group, version, kind },
    resource: { group, version, resource },
    requestKind: { group, version, kind },
    requestResource: { group, version, resource },
    ...{ name, namespace, operation: 'CREATE', dryRun: false, subResource: '', requestSubResource: '' },
  }) as Map<string, unknown>;
  known.set('userInfo', user === undefined ? unknownMap('reads who applies it') : toCel(user));
  known.set('options', unknownMap('reads the options of the request'));
  known.set('uid', unknownMap('reads the request'));
  return known;
}
