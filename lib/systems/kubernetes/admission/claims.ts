import { isJsonObject, type Json, type JsonObject } from '../../../json/json';
import { at, listAt } from '../../../json/read';
import type { Fault } from '../../fault';
import { isGiven } from '../../given';
import { dnsSubdomain } from '../names';
import { compareQuantities } from '../quantity';
import {
  all,
  fields,
  isWord,
  list,
  needs,
  none,
  object,
  type Rule,
  text,
  unlessEmpty,
  within,
  words,
  wrong,
} from './rules';
import { labelSelector } from './selectors';

const modes = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];

/** (pkg/apis/core/validation: validateDataSource, validateDataSourceRef) */
const source: Rule = all(
  needs({ kind: 'given', name: 'given' }),
  fields({ apiGroup: unlessEmpty(text(dnsSubdomain)) }),
  object(({ apiGroup, kind }) =>
    !isGiven(apiGroup) && isWord(kind) && kind !== '' && kind !== 'PersistentVolumeClaim'
      ? wrong('PersistentVolumeClaim without apiGroup', ['kind'], {
          says: "must be 'PersistentVolumeClaim' when referencing the default apiGroup",
        })
      : none,
  ),
);

/**
 * Where the content of a volume comes from. What the API server drops before, it takes: a dataSourceRef into another namespace, and
 * without dataSourceRef a dataSource that is neither a claim nor a snapshot. (pkg/api/persistentvolumeclaim/util.go)
 */
function sources({ dataSource, dataSourceRef }: JsonObject): readonly Fault[] {
  const from = isJsonObject(dataSource) ? dataSource : undefined;
  const ref = isJsonObject(dataSourceRef) && !isGiven(dataSourceRef.namespace) ? dataSourceRef : undefined;
  if (ref === undefined) return from && isClaimOrSnapshot(from) ? within(['dataSource'], source(from)) : none;
  const differs = from === undefined || isSame(from, ref) ? none : differing;
  return [...within(['dataSourceRef'], source(ref)), ...differs];
}

const differing = wrong('the same as dataSourceRef, or left out', ['dataSource'], {
  value: null,
  says: 'must match dataSourceRef',
});

function isClaimOrSnapshot({ apiGroup, kind }: JsonObject): boolean {
  if (!isGiven(apiGroup)) return kind === 'PersistentVolumeClaim';
  return apiGroup === 'snapshot.storage.k8s.io' && kind === 'VolumeSnapshot';
}

/** How a volume may be mounted. */
export const accessModes: Rule = all(list(words(...modes)), (given) =>
  Array.isArray(given) && given.includes('ReadWriteOncePod') && given.some((mode) => mode !== 'ReadWriteOncePod')
    ? wrong('ReadWriteOncePod without other modes', [], {
        says: 'may not use ReadWriteOncePod with other access modes',
      })
    : none,
);

/** What a claim asks for, wherever a kind has one. (pkg/apis/core/validation: ValidatePersistentVolumeClaimSpec) */
export const claim: Rule = all(
  fields({
    accessModes,
    selector: labelSelector,
    storageClassName: unlessEmpty(text(dnsSubdomain)),
    volumeAttributesClassName: unlessEmpty(text(dnsSubdomain)),
    volumeMode: words('Block', 'Filesystem'),
  }),
  needs({ accessModes: `a list of ${modes.join(', ')}` }),
  object(storage),
  object(sources),
);

export const persistentVolumeClaim: Rule = all(
  fields({ spec: claim }),
  needs({ spec: 'given: it says what the claim asks for' }),
);

function storage(spec: JsonObject): readonly Fault[] {
  const path = ['resources', 'requests', 'storage'];
  const asked = at(spec, ...path);
  if (!isGiven(asked)) return wrong('an amount of storage such as 10Gi', path);
  const compared = compareQuantities(String(asked), '0');
  return compared !== undefined && compared <= 0 ? wrong('more than 0', path) : none;
}

function isSame(one: JsonObject, other: JsonObject): boolean {
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
