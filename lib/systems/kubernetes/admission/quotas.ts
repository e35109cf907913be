import { isJsonObject, type Json, type JsonObject } from '../../../json/json';
import { at, keysAt, listAt } from '../../../json/read';
import { isKnown } from '../../../text/symbolic';
import { type Fault, fault } from '../../fault';
import { labelKey } from '../names';
import { billion } from '../quantity';
import { quantityOf } from './numbers';
import {
  containerResourceFault,
  isCounted,
  isOvercommitted,
  isStandardInQuotas,
  quotaResourceFault,
  resourceFault,
} from './resource-names';
import { all, fields, isEmpty, isWord, list, type Rule, steps } from './rules';

const ofPods = ['pods', 'cpu', 'memory', 'requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory'];

/**
 * The scopes of a quota, and which of the resources that Kubernetes knows it counts in each. (k8s.io/kubernetes 1.36,
 * pkg/apis/core/helper: IsResourceQuotaScopeValidForResource)
 */
const scopes: Readonly<Record<string, readonly string[]>> = {
  Terminating: ofPods,
  NotTerminating: ofPods,
  BestEffort: ['pods'],
  NotBestEffort: ofPods,
  PriorityClass: ofPods,
  CrossNamespacePodAffinity: ofPods,
  VolumeAttributesClass: ['persistentvolumeclaims', 'requests.storage'],
};
const scopesThatAre = ['Terminating', 'NotTerminating', 'BestEffort', 'NotBestEffort', 'CrossNamespacePodAffinity'];
const opposites = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
] as const;

/** (pkg/apis/core/validation: ValidateResourceQuotaSpec) */
export const resourceQuota: Rule = fields({ spec: all(steps(hard), steps(scopesOfQuota), steps(scopeSelector)) });

function* hard(spec: JsonObject): Generator<Fault> {
  for (const name of keysAt(spec, 'hard')) {
    const path = ['hard', name];
    const wrong = isKnown(name) ? quotaResourceFault(name) : undefined;
    if (wrong !== undefined) yield { path, value: name, allowed: wrong };
    const amount = quantityOf(at(spec, ...path));
    if (amount === undefined) continue;
    if (amount < 0n) yield fault(path, '0 or more');
    else if (isCounted(name) && inThousandths(amount) % 1000n !== 0n) yield fault(path, 'a whole number');
  }
}

/** The API server looks no closer. */
function inThousandths(amount: bigint): bigint {
  const unit = billion / 1000n;
  return (amount + unit - 1n) / unit;
}

function* ofScope(spec: JsonObject, scope: Json, path: readonly (string | number)[]): Generator<Fault> {
  if (!isWord(scope)) return;
  const counted = scopes[scope];
  if (counted === undefined) {
    yield { path, allowed: `one of ${Object.keys(scopes).join(', ')}`, says: 'unsupported scope' };
    return;
  }
  const other = keysAt(spec, 'hard').find((name) => isStandardInQuotas(name) && !counted.includes(name));
  if (other !== undefined)
    yield {
      path,
      allowed: `left out, since a quota with this scope counts no ${other}, but ${counted.join(', ')}`,
      says: 'unsupported scope applied to resource',
    };
}

function* opposed(given: readonly Json[], field: string): Generator<Fault> {
  for (const pair of opposites)
    if (pair.every((scope) => given.includes(scope)))
      yield {
        path: [field],
        value: null,
        allowed: `a list with only one of ${pair.join(' and ')}`,
        says: 'conflicting scopes',
      };
}

/** (validateResourceQuotaScopes) */
function* scopesOfQuota(spec: JsonObject): Generator<Fault> {
  const given = listAt(spec, 'scopes');
  for (const [i, scope] of given.entries()) yield* ofScope(spec, scope, ['scopes', i]);
  yield* opposed(given, 'scopes');
}

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/** (validateScopedResourceSelectorRequirement) */
function* scopeSelector(spec: JsonObject): Generator<Fault> {
  const given = listAt(spec, 'scopeSelector', 'matchExpressions');
  for (const [i, item] of given.entries()) {
    if (!isJsonObject(item)) continue;
    const [scope, operator] = [item.scopeName ?? '', item.operator ?? ''];
    const path = ['scopeSelector', 'matchExpressions', i];
    yield* ofScope(spec, scope, [...path, 'scopeName']);
    if (!isWord(operator)) continue;
    if (!operators.includes(operator)) yield fault([...path, 'operator'], `one of ${operators.join(', ')}`);
    else if (isWord(scope) && scopesThatAre.includes(scope) && operator !== 'Exists')
      yield fault([...path, 'operator'], `Exists for the scope ${scope}`);
    const takesValues = operator === 'In' || operator === 'NotIn';
    if (takesValues && isEmpty(item.values))
      yield fault([...path, 'values'], `at least one value with the operator ${operator}`);
    if (!takesValues && operators.includes(operator) && !isEmpty(item.values))
      yield fault([...path, 'values'], `left out with the operator ${operator}`);
  }
  yield* opposed(
    given.map((item) => at(item, 'scopeName') ?? ''),
    'scopeSelector',
  );
}

const limitTypes = ['Pod', 'Container', 'PersistentVolumeClaim'];
const bounds = ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'] as const;
type Amounts = Partial<Record<(typeof bounds)[number], bigint>>;

/** Of which two amounts of a resource the first is at most the second, and which of them is told. */
const order = [
  ['min', 'max', 'min'],
  ['min', 'defaultRequest', 'defaultRequest'],
  ['defaultRequest', 'max', 'defaultRequest'],
  ['defaultRequest', 'default', 'defaultRequest'],
  ['min', 'default', 'default'],
  ['default', 'max', 'default'],
] as const;

/** (ValidateLimitRange) */
export const limitRange: Rule = fields({
  spec: all(
    steps(function* (spec) {
      const types = listAt(spec, 'limits').map((item) => at(item, 'type') ?? '');
      for (const [i, type] of types.entries())
        if (isWord(type) && types.indexOf(type) < i)
          yield fault(['limits', i, 'type'], 'a type that no earlier item has');
    }),
    fields({ limits: list(steps(limit)) }),
  ),
});

function* limit(item: JsonObject): Generator<Fault> {
  const type = item.type ?? '';
  if (!isWord(type)) return;
  if (!labelKey.accepts(type) || (!type.includes('/') && !limitTypes.includes(type)))
    yield fault(['type'], `one of ${limitTypes.join(', ')}, or a type with a domain and "/" before it`);
  const nameFault = type === 'Pod' || type === 'Container' ? containerResourceFault : resourceFault;
  for (const bound of bounds) {
    if (isDefaultOfPod(type, bound)) {
      if (!isEmpty(item[bound])) yield fault([bound], 'left out with the type Pod', null);
      continue;
    }
    for (const name of keysAt(item, bound)) {
      const wrong = isKnown(name) ? nameFault(name) : undefined;
      if (wrong !== undefined) yield { path: [bound, name], value: name, allowed: wrong };
    }
  }
  if (
    type === 'PersistentVolumeClaim' &&
    ![...keysAt(item, 'min'), ...keysAt(item, 'max')].some((name) => name === 'storage' || !isKnown(name))
  )
    yield {
      path: ['max', 'storage'],
      allowed: 'given, or min.storage',
      says: 'either minimum or maximum storage value is required, but neither was provided',
    };
  for (const name of new Set(bounds.flatMap((bound) => keysAt(item, bound))))
    yield* amountFaults(item, amountsOf(item, name, type), name);
}

function isDefaultOfPod(type: string, bound: string): boolean {
  return type === 'Pod' && bound.startsWith('default');
}

/** The amounts of a resource, with what Kubernetes fills in. (pkg/apis/core/v1/defaults.go: SetDefaults_LimitRangeItem) */
function amountsOf(item: JsonObject, name: string, type: string): Amounts {
  const given = (bound: string) => at(item, bound, name);
  const result: Amounts = {};
  for (const bound of bounds) {
    if (isDefaultOfPod(type, bound)) continue;
    let value = given(bound);
    if (type === 'Container' && bound === 'default') value ??= given('max');
    if (type === 'Container' && bound === 'defaultRequest') value ??= given('default') ?? given('max') ?? given('min');
    const amount = quantityOf(value);
    if (amount !== undefined) result[bound] = amount;
  }
  return result;
}

/** Whether a ratio is above that of two amounts; of nothing there is none. */
function isAboveRatio(ratio: bigint, max: bigint, min: bigint): boolean {
  return min > 0n ? ratio * min > max * billion : min < 0n && ratio * min < max * billion;
}

function* amountFaults(item: JsonObject, amounts: Amounts, name: string): Generator<Fault> {
  for (const [low, high, told] of order) {
    const [one, other] = [amounts[low], amounts[high]];
    if (one === undefined || other === undefined || one <= other) continue;
    const bound = told === low ? high : low;
    const amount = at(item, bound, name);
    const shown = amount === undefined ? bound : `${bound}, ${amount}`;
    yield { path: [told, name], allowed: told === low ? `at most ${shown}` : `${shown}, or more` };
    return;
  }
  const { min, max, maxLimitRequestRatio: ratio, default: byDefault, defaultRequest: request } = amounts;
  if (ratio !== undefined && ratio < billion) yield fault(['maxLimitRequestRatio', name], '1 or more');
  else if (ratio !== undefined && min !== undefined && max !== undefined && isAboveRatio(ratio, max, min))
    yield fault(['maxLimitRequestRatio', name], 'at most max / min');
  if (!isOvercommitted(name) && byDefault !== undefined && request !== undefined && byDefault !== request)
    yield fault(['defaultRequest', name], `the same as default, since ${name} cannot be overcommitted`);
}
