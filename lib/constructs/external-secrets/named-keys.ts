import type { Construct } from 'constructs';
import { dataKey } from '../../systems/kubernetes/names';
import { requireFormat } from '../formats';
import { refuse } from '../input-error';
import type { AnyExternalSecretProps } from './external-secret-props';
import { shown } from './sources';

/** The keys that the sources of an ExternalSecret are said to yield, checked: those of its Secret, unless a template makes others. */
export function namedKeys(
  scope: Construct,
  { extract, dataFrom = [], defaults, data, keys: named = [] }: AnyExternalSecretProps,
  required: readonly string[],
  optional: readonly string[],
): readonly string[] {
  const extracted = [...required, ...optional, ...entries(defaults).map(([key]) => key)];
  const keys = [...extracted, ...entries(data).map(([key]) => key)];
  if (keys.length === 0) {
    refuse(scope, {
      field: 'keys',
      value: [],
      allowed: 'at least one of required, optional, defaults and data',
      example: "required: ['API_TOKEN'], or template: null for a Secret of all that the sources yield",
    });
  }
  if (extract === undefined && dataFrom.length === 0 && extracted.length > 0) {
    refuse(scope, {
      field: 'extract',
      value: undefined,
      allowed: `the Vault path that ${extracted.join(', ')} come from`,
      example: "extract: vault.app('shop', 'app')",
    });
  }
  if (extract !== undefined && extracted.length === 0) {
    refuse(scope, {
      field: 'extract',
      value: shown(extract),
      allowed: 'a path whose keys are named, so that references to them can be checked',
      example: "required: ['API_TOKEN'], or template: null for a Secret of all its keys",
    });
  }
  for (const [key, value] of entries<unknown>(defaults)) {
    if (typeof value === 'string') continue;
    const example = value === null || value === undefined ? `optional: ['${key}']` : JSON.stringify(String(value));
    refuse(scope, { field: `defaults.${key}`, value, allowed: 'a string', example });
  }
  if (named.length > 0) {
    refuse(scope, {
      field: 'keys',
      value: named,
      allowed:
        'left out without template or target: the Secret has the keys of required, optional, defaults and data alone',
      example: `required: ${JSON.stringify(named)}`,
    });
  }
  const seen = new Set<string>();
  for (const key of keys) {
    requireFormat(scope, 'a key', key, dataKey);
    if (seen.has(key))
      refuse(scope, {
        field: 'a key',
        value: key,
        allowed: 'each key only once in required, optional, defaults and data together',
      });
    seen.add(key);
  }
  return keys;
}

function entries<V>(record: Readonly<Record<string, V>> | undefined): [string, V][] {
  return Object.entries(record ?? {});
}
