import { isJsonObject, type Json, type JsonObject } from '../../../json/json';
import { at, listAt } from '../../../json/read';
import type { Fault } from '../../fault';
import { isGiven } from '../../given';
import { dnsLabel, dnsSubdomain } from '../names';
import { compareQuantities } from '../quantity';
import { all, fields, isWord, list, needs, none, object, type Rule, text, unlessEmpty, words, wrong } from './rules';
import { labelSelector } from './selectors';

const accessModes = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];

/** (pkg/apis/core/validation: validateDataSource, validateDataSourceRef) */
const source: Rule = all(
  fields({ apiGroup: unlessEmpty(text(dnsSubdomain)), namespace: unlessEmpty(text(dnsLabel)) }),
  object(({ apiGroup, kind }) =>
    !isGiven(apiGroup) && isWord(kind) && kind !== 'PersistentVolumeClaim'
      ? wrong('PersistentVolumeClaim without apiGroup', ['kind'], {
          says: "must be 'PersistentVolumeClaim' when referencing the default apiGroup",
        })
      : none,
  ),
);

/** What a claim asks for, wherever a kind has one. (pkg/apis/core/validation: ValidatePersistentVolumeClaimSpec) */
export const claim: Rule = all(
  fields({
    accessModes: all(list(words(...accessModes)), (modes) =>
      Array.isArray(modes) && modes.includes('ReadWriteOncePod') && modes.some((mode) => mode !== 'ReadWriteOncePod')
        ? wrong('ReadWriteOncePod alone', [], { says: 'may not use ReadWriteOncePod with other access modes' })
        : none,
    ),
    selector: labelSelector,
    storageClassName: unlessEmpty(text(dnsSubdomain)),
    volumeAttributesClassName: unlessEmpty(text(dnsSubdomain)),
    volumeMode: words('Block', 'Filesystem'),
    dataSource: source,
    dataSourceRef: source,
  }),
  needs({ accessModes: `a list of ${accessModes.join(', ')}` }),
  object(storage),
  object(({ dataSource, dataSourceRef }) =>
    isJsonObject(dataSource) && isJsonObject(dataSourceRef) && !isSame(dataSource, dataSourceRef)
      ? wrong('the same as dataSourceRef, or left out', ['dataSource'], {
          value: null,
          says: 'must match dataSourceRef',
        })
      : none,
  ),
);

export const persistentVolumeClaim: Rule = all(fields({ spec: claim }), needs({ spec: 'what the claim asks for' }));

function storage(spec: JsonObject): readonly Fault[] {
  const path = ['resources', 'requests', 'storage'];
  const asked = at(spec, ...path);
  if (!isGiven(asked)) return wrong('an amount of storage such as 10Gi', path);
  const compared = compareQuantities(String(asked), '0');
  return compared !== undefined && compared <= 0 ? wrong('more than 0', path) : none;
}

function isSame(one: JsonObject, other: JsonObject): boolean {
  if (isGiven(other.namespace)) return false;
  return ['apiGroup', 'kind', 'name'].every(
    (field) => textOf(one[field]) === textOf(other[field]) || !isComparable(one[field]) || !isComparable(other[field]),
  );
}

const textOf = (value: Json | undefined) => value ?? '';
const isComparable = (value: Json | undefined) => !isGiven(value) || isWord(value);

/** The names of the volumes that a StatefulSet makes of its templates. */
export function claimNames(statefulSet: Json): Json[] {
  return listAt(statefulSet, 'spec', 'volumeClaimTemplates').map((template) => at(template, 'metadata', 'name') ?? '');
}
