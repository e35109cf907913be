import { isJsonObject, type Json, type JsonObject, type Path } from '../../../json/json';
import { at, keysAt, listAt, objectAt, textAt } from '../../../json/read';
import { isKnown } from '../../../text/symbolic';
import { parseDuration } from '../../duration';
import type { Fault } from '../../fault';
import { dataKey } from '../../kubernetes/names';
import { creationPolicy, deletionPolicy } from '../spec';

/** A fault, with what is said of it where it is found rather than refused. */
export interface SpecFault extends Fault {
  readonly kind:
    | 'no-data'
    | 'deletion-policy'
    | 'duplicate-secret-key'
    | 'empty-data-from'
    | 'generator-in-data'
    | 'refresh-interval'
    | 'template-key';
  /** A clause; of the spec as a whole, without what it is of. */
  readonly message: string;
  /** Whether it is accepted, and fails later: when the values are gone from the store, or when the controller reads it. */
  readonly later?: true;
  /** Whether it is the key at the end of the path, rather than its value. */
  readonly onKey?: true;
}

/**
 * What External Secrets 2.9 refuses in the spec of an ExternalSecret: its webhook (apis/externalsecrets/v1/externalsecret_validator.go), and
 * of generators in `data` its controller, which looks for a store without a name (externalsecret_controller_secret.go, toStoreGenSourceRef).
 */
export function* externalSecretFaults(spec: JsonObject): Generator<SpecFault> {
  if (isNothing(at(spec, 'data')) && isNothing(at(spec, 'dataFrom'))) {
    yield {
      kind: 'no-data',
      path: [],
      value: null,
      onKey: true,
      allowed: 'one with data or dataFrom: External Secrets refuses an ExternalSecret with neither',
      message: 'has neither data nor dataFrom',
    };
  }
  yield* refreshInterval(spec);
  yield* policies(spec);
  yield* duplicateKeys(spec);
  yield* templateKeys(spec);
  for (const [i, item] of listAt(spec, 'dataFrom').entries()) {
    if (isJsonObject(item)) yield* inDataFrom(item, i);
  }
  for (const [i, item] of listAt(spec, 'data').entries()) {
    const ref = objectAt(item, 'sourceRef', 'generatorRef');
    if (ref === undefined) continue;
    yield {
      kind: 'generator-in-data',
      path: ['data', i, 'sourceRef', 'generatorRef'],
      onKey: true,
      allowed: 'only in an item of dataFrom',
      message: `data[${i}] names the generator ${textAt(ref, 'kind') ?? ''} ${textAt(ref, 'name') ?? ''}; generators work only in dataFrom`,
    };
  }
}

/** What External Secrets 2.9 cannot read in the spec of a PushSecret: no webhook looks at one, so the API server stores it. */
export function* pushSecretFaults(spec: JsonObject): Generator<SpecFault> {
  for (const fault of refreshInterval(spec)) yield { ...fault, later: true };
}

/**
 * The definitions take any text, and Go then reads a duration or fails on the whole object. (metav1.Duration in externalsecret_types.go and
 * pushsecret_types.go; apimachinery 0.36, meta/v1/duration.go)
 */
function* refreshInterval(spec: JsonObject): Generator<SpecFault> {
  const text = textAt(spec, 'refreshInterval');
  if (text === undefined || !isKnown(text) || parseDuration(text) !== undefined) return;
  yield {
    kind: 'refresh-interval',
    path: ['refreshInterval'],
    allowed: 'a duration of numbers with the units ns, us, ms, s, m or h, without spaces',
    example: '"1h" or "2m30s"',
    message: `refreshInterval is "${text}", which is not a duration such as 1h or 2m30s`,
  };
}

/** Deletion policies with the creation policies that they must not be used with. (validatePolicies; Orphan: externalsecret_controller.go, errDeleteCreatePolicy) */
const refusedWith: Readonly<Record<string, readonly string[]>> = {
  Delete: ['Merge', 'None', 'CreateOrMerge', 'Orphan'],
  Merge: ['None'],
};

function* policies(spec: JsonObject): Generator<SpecFault> {
  const [policy, creation] = [deletionPolicy(spec), creationPolicy(spec)];
  if (!Object.hasOwn(refusedWith, policy) || !refusedWith[policy]?.includes(creation)) return;
  yield {
    kind: 'deletion-policy',
    path: ['target', 'deletionPolicy'],
    ...(creation === 'Orphan' ? { later: true } : {}),
    allowed: `${policy === 'Delete' && creation !== 'None' ? 'Retain or Merge' : 'Retain'} with creationPolicy ${creation}`,
    example: '"Retain"',
    message:
      creation === 'Orphan'
        ? 'deletionPolicy Delete deletes no Secret of creationPolicy Orphan: External Secrets does not own it'
        : `deletionPolicy ${policy} is refused with creationPolicy ${creation}`,
  };
}

/** (validateDuplicateKeys: with another deletion policy than Retain, the last one counts) */
function* duplicateKeys(spec: JsonObject): Generator<SpecFault> {
  if (deletionPolicy(spec) !== 'Retain') return;
  const seen = new Map<string, number>();
  for (const [i, item] of listAt(spec, 'data').entries()) {
    const key = textAt(item, 'secretKey');
    if (key === undefined || !isKnown(key)) continue;
    const before = seen.get(key);
    if (before === undefined) seen.set(key, i);
    else {
      yield {
        kind: 'duplicate-secret-key',
        path: ['data', i, 'secretKey'],
        allowed: `a key of its own; data[${before}] writes this one`,
        message: `data[${i}] writes ${key} as data[${before}] does`,
      };
    }
  }
}

/** The API server refuses the Secret, not the ExternalSecret. (core/validation: ValidateSecret; template data: runtime/template) */
function* templateKeys(spec: JsonObject): Generator<SpecFault> {
  if (creationPolicy(spec) === 'None' || isGiven(at(spec, 'target', 'manifest'))) return;
  const path = ['target', 'template', 'data'];
  for (const key of keysAt(spec, ...path)) {
    // A variable may stand for a part of it.
    if (dataKey.accepts(key) || key.includes('${')) continue;
    yield {
      kind: 'template-key',
      path: [...path, key],
      onKey: true,
      value: null,
      allowed: `a key of ${dataKey.allowed}`,
      example: dataKey.example,
      message: `the template makes the key "${key}", which no Secret can have: a key is ${dataKey.allowed}`,
    };
  }
}

const sources = ['extract', 'find', 'sourceRef'];

/** (validateFindExtractSourceRef, validateExtractFindGenerator, validateSourceRef) */
function* inDataFrom(item: JsonObject, i: number): Generator<SpecFault> {
  const found = (sources.some((field) => isGiven(item[field])) ? undefined : nothingIn(item, i)) ?? combined(item, i);
  if (found === undefined) return;
  const { field, message, later } = found;
  const path: Path = ['dataFrom', i, ...(field === undefined ? [] : [field])];
  const allowed = 'one of extract, find and sourceRef.generatorRef, with its fields below it';
  yield {
    kind: 'empty-data-from',
    path,
    allowed,
    message,
    ...(field === undefined ? {} : { onKey: true }),
    ...(later && { later }),
  };
}

interface ItemFault {
  readonly field?: string;
  readonly message: string;
  readonly later?: true;
}

/** Of an item that gives none of the fields. */
function nothingIn(item: JsonObject, i: number): ItemFault | undefined {
  const empty = sources.find((field) => Object.hasOwn(item, field) && isEmpty(item[field]));
  const stray = Object.keys(item).filter((field) => !sources.includes(field) && field !== 'rewrite');
  const [one, ...others] = stray;
  if (empty !== undefined && one !== undefined) {
    const [stand, them] = others.length === 0 ? ['stands', `\`${one}\``] : ['stand', 'them'];
    const message = `${empty} of dataFrom[${i}] is empty: ${stray.join(', ')} ${stand} next to it instead of below it; indent ${them} two more spaces`;
    return { field: empty, message };
  }
  if (isJsonObject(item[empty ?? ''])) return undefined;
  const message = `dataFrom[${i}] has none of extract, find and sourceRef`;
  return empty === undefined ? { message } : { field: empty, message };
}

function combined(item: JsonObject, i: number): ItemFault | undefined {
  const generates = isGiven(at(item, 'sourceRef', 'generatorRef'));
  const set = ['extract', 'find'].filter((field) => isGiven(item[field]));
  if (generates) set.push('generatorRef');
  const [first, second] = set;
  if (first !== undefined && second !== undefined) {
    const field = second === 'generatorRef' ? 'sourceRef' : second;
    return { field, message: `dataFrom[${i}] has ${set.join(' and ')}: make each an item of its own` };
  }
  if (first !== undefined || !isGiven(at(item, 'sourceRef', 'storeRef'))) return undefined;
  // It is accepted, and nothing is read. (externalsecret_controller_secret.go: GetProviderSecretData)
  const message = `dataFrom[${i}] names a store, but neither extract nor find says what to read of it`;
  return { field: 'sourceRef', message, later: true };
}

function isNothing(value: Json | undefined): boolean {
  return !isGiven(value) || (Array.isArray(value) && value.length === 0);
}

/** Null is as good as absent. */
function isGiven(value: Json | undefined): boolean {
  return value !== undefined && value !== null;
}

function isEmpty(value: Json | undefined): boolean {
  return value === null || (isJsonObject(value) && Object.keys(value).length === 0);
}
