import type { JsonObject } from '../../json/json';
import { type Evaluated, evaluate, lazyMap, NotKnown, unknownMap } from '../cel/expression';
import type { Asked } from './match';
import type { Named, Policy, Validation } from './policy';

/** What a policy says of an object. */
export type Verdict =
  | { readonly state: 'refused'; readonly message: string; readonly expression: string }
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
  const context = contextOf(policy, request, toCel);
  const conditions = policy.matchConditions.map(({ name, expression }) => ({
    name,
    expression,
    found: evaluate(expression, context),
  }));
  if (conditions.some(({ found }) => found.state === 'value' && found.value === false)) return [];
  for (const { name, expression, found } of conditions) {
    if (found.state === 'open') return [{ state: 'open', why: `matchCondition ${name} ${found.why}`, expression }];
    if (found.state !== 'error') continue;
    if (policy.failurePolicy === 'Ignore') return [];
    return [{ state: 'refused', message: failing(expression, found.message), expression }];
  }
  return policy.validations.flatMap((validation) => verdictOf(validation, policy, context));
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
    return [
      {
        state: 'refused',
        message: `expression '${expression.trim()}' resulted in error: ${found.message}`,
        expression,
      },
    ];
  }
  return found.value === true ? [] : [{ state: 'refused', message: messageOf(validation, context), expression }];
}

function failing(expression: string, message: string): string {
  return `expression '${expression.trim()}' resulted in error: ${message}`;
}

function messageOf({ expression, message, messageExpression }: Validation, context: Record<string, unknown>): string {
  const computed: Evaluated | undefined =
    messageExpression === undefined ? undefined : evaluate(messageExpression, context);
  if (computed?.state === 'value' && typeof computed.value === 'string') {
    const text = computed.value.trim();
    if (text !== '' && !text.includes('\n')) return text;
  }
  return message?.trim() || `failed expression: ${expression.trim()}`;
}

function contextOf(policy: Policy, request: Request, toCel: ToCel): Record<string, unknown> {
  const { object, namespace, params } = request;
  const given: Record<string, unknown> = {
    object: toCel(object),
    oldObject: null,
    request: requestOf(request, toCel),
    namespaceObject:
      namespace === undefined
        ? unknownMap('reads its namespace, which is not in the tree')
        : namespace && toCel(namespace),
    params: params && toCel(params),
  };
  const context: Record<string, unknown> = { ...given, variables: undefined };
  context.variables = lazyMap(
    new Map(policy.variables.map((variable) => [variable.name, () => variableValue(variable, context)])),
  );
  return context;
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
