import { externalSecrets } from '../../graph/external-secrets/specs';
import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { at, listAt } from '../../json/read';
import type { ClusterCheck } from '../check';

export const emptyDataFrom: ClusterCheck = {
  id: 'eso/empty-data-from',
  severity: 'error',
  title: 'Item of dataFrom that names nothing, or too much',
  atRunTime:
    'the ExternalSecret is refused, and with it the whole Kustomization: "either extract, find, or sourceRef must be set to dataFrom", or "extract, find, or generatorRef cannot be set at the same time"',
  remedy: 'give each item of dataFrom one of extract, find and sourceRef.generatorRef, with its fields below it',
  source: 'external-secrets apis/externalsecrets/v1/externalsecret_validator.go',
  *check(cluster) {
    for (const { resource, spec, path } of externalSecrets(cluster)) {
      for (const [i, item] of listAt(spec, 'dataFrom').entries()) {
        if (!isJsonObject(item)) continue;
        const fault = faultOf(item, `dataFrom[${i}]`);
        if (fault === undefined) continue;
        const { field, message, on = 'key' } = fault;
        yield { at: { resource, path: [...path, 'dataFrom', i, ...(field === '' ? [] : [field])], on }, message };
      }
    }
  },
};

interface Fault {
  readonly field: string;
  readonly message: string;
  readonly on?: 'key' | 'value';
}

const fields = ['extract', 'find', 'sourceRef'];

function faultOf(item: JsonObject, name: string): Fault | undefined {
  const isEmptyItem = !fields.some((field) => isGiven(item[field]));
  return (isEmptyItem ? nothing(item, name) : undefined) ?? combined(item, name);
}

/** Of an item that gives none of the fields. */
function nothing(item: JsonObject, name: string): Fault | undefined {
  const empty = fields.find((field) => Object.hasOwn(item, field) && isEmpty(item[field]));
  const stray = Object.keys(item).filter((field) => !fields.includes(field) && field !== 'rewrite');
  if (empty !== undefined && stray.length > 0) {
    const [one] = stray;
    return {
      field: empty,
      message: `${empty} of ${name} is empty: ${stray.join(', ')} ${stray.length === 1 ? 'stands' : 'stand'} beside it instead of below it; indent ${stray.length === 1 ? `\`${one}\`` : 'them'} two more spaces`,
    };
  }
  if (isJsonObject(item[empty ?? ''])) return undefined;
  const field = empty ?? '';
  return { field, on: field === '' ? 'value' : 'key', message: `${name} has none of extract, find and sourceRef` };
}

function combined(item: JsonObject, name: string): Fault | undefined {
  const generates = isGiven(at(item, 'sourceRef', 'generatorRef'));
  const set = ['extract', 'find'].filter((field) => isGiven(item[field]));
  if (generates) set.push('generatorRef');
  const [first, second] = set;
  if (first !== undefined && second !== undefined) {
    const field = second === 'generatorRef' ? 'sourceRef' : second;
    return { field, message: `${name} has ${set.join(' and ')}: make each an item of its own` };
  }
  if (first !== undefined || !isGiven(at(item, 'sourceRef', 'storeRef'))) return undefined;
  return { field: 'sourceRef', message: `${name} names a store, but neither extract nor find says what to read of it` };
}

/** Null is as good as absent. */
function isGiven(value: Json | undefined): boolean {
  return value !== undefined && value !== null;
}

function isEmpty(value: Json | undefined): boolean {
  return value === null || (isJsonObject(value) && Object.keys(value).length === 0);
}
