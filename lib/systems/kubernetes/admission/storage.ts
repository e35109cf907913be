import type { Json, JsonObject } from '../../../json/json';
import { at, listAt } from '../../../json/read';
import { type Fault, fault } from '../../fault';
import type { Format } from '../../format';
import { isGiven, repeated } from '../../given';
import { csiDriverName, dnsSubdomain, labelKey } from '../names';
import { atLeastZero } from './numbers';
import {
  all,
  fields,
  isEmpty,
  isWord,
  list,
  needs,
  none,
  number,
  object,
  parts,
  type Rule,
  steps,
  text,
  unlessEmpty,
  words,
  wrong,
} from './rules';
import { labelSelector } from './selectors';

/** The name of a driver: capitals are taken for small letters. */
const driver: Format = { ...labelKey, accepts: (name) => labelKey.accepts(name.toLowerCase()) };

/** (pkg/apis/storage/validation: validateParameters) */
const parameters: Rule = object((given) => {
  const names = Object.keys(given);
  if (names.length > 512) return wrong('at most 512 parameters', [], { value: names.length });
  if (names.includes('')) return wrong('under a name that is not empty', [''], { value: null });
  const size = Object.entries(given).reduce((sum, [name, value]) => sum + bytes(name) + bytes(value), 0);
  return size > 256 * 1024 ? wrong('at most 262144 bytes in all', [], { value: size }) : none;
});

function bytes(value: Json): number {
  return typeof value === 'string' ? Buffer.byteLength(value) : 0;
}

/** (pkg/apis/core/validation: ValidateTopologySelectorTerm) */
function* topologies(object: JsonObject): Generator<Fault> {
  const terms = listAt(object, 'allowedTopologies');
  for (const [i, term] of terms.entries()) {
    const requirements = listAt(term, 'matchLabelExpressions');
    const path = ['allowedTopologies', i, 'matchLabelExpressions'];
    if (requirements.length === 0) yield fault(path, 'a list of at least one requirement');
    for (const [j, requirement] of requirements.entries()) {
      const key = at(requirement, 'key') ?? '';
      if (isWord(key) && !labelKey.accepts(key))
        yield { path: [...path, j, 'key'], allowed: labelKey.allowed, example: labelKey.example };
      if (listAt(requirement, 'values').length === 0)
        yield fault([...path, j, 'values'], 'a list of at least one value');
      for (const { index, name } of repeated(listAt(requirement, 'values')))
        yield fault([...path, j, 'values', index], `another value than ${name}, which an earlier item has`);
    }
    for (const { index } of repeated(requirements.map((requirement) => at(requirement, 'key'))))
      yield fault([...path, index, 'key'], 'a key that no requirement before has');
    const same = requirements.length === 0 ? i : terms.findIndex((other) => textOf(other) === textOf(term));
    if (same < i && isWord(textOf(term)))
      yield fault(path, `other requirements than in allowedTopologies[${same}]`, null);
  }
}

/** What a term demands, in whatever order it stands. */
function textOf(term: Json): string {
  const demands = listAt(term, 'matchLabelExpressions').map((requirement) =>
    JSON.stringify([at(requirement, 'key') ?? '', [...listAt(requirement, 'values')].map(String).sort()]),
  );
  return demands.sort().join();
}

/** (validateStorageClass) */
export const storageClass: Rule = all(
  needs({ provisioner: 'the name of a provisioner' }),
  fields({
    provisioner: unlessEmpty(text(driver)),
    parameters,
    reclaimPolicy: unlessEmpty(words('Delete', 'Retain')),
    volumeBindingMode: words('Immediate', 'WaitForFirstConsumer'),
  }),
  steps(topologies),
);

/** (ValidateVolumeAttributesClass) */
export const volumeAttributesClass: Rule = all(
  needs({ driverName: 'the name of a CSI driver' }),
  fields({ driverName: unlessEmpty(text(driver)), parameters }),
  object((of) => (isEmpty(of.parameters) ? wrong('given: at least one parameter', ['parameters']) : none)),
);

/** (validateCSIDriverSpec) */
export const csiDriver: Rule = fields({
  spec: all(
    fields({
      fsGroupPolicy: words('ReadWriteOnceWithFSType', 'File', 'None'),
      volumeLifecycleModes: list(words('Persistent', 'Ephemeral')),
      nodeAllocatableUpdatePeriodSeconds: number(10),
      tokenRequests: list(fields({ expirationSeconds: number(600, 2 ** 32) })),
    }),
    steps(function* (spec) {
      const requests = listAt(spec, 'tokenRequests');
      const audiences = requests.map((request) => at(request, 'audience') ?? '');
      for (const [i, audience] of audiences.entries())
        if (isWord(audience) && audiences.indexOf(audience) < i)
          yield fault(['tokenRequests', i, 'audience'], 'an audience that no earlier request has');
      if (isGiven(spec.serviceAccountTokenInSecrets) && requests.length === 0)
        yield fault(['serviceAccountTokenInSecrets'], 'left out, or tokenRequests given');
    }),
  ),
});

/** (ValidateCSIStorageCapacity) */
export const csiStorageCapacity: Rule = all(
  parts({
    storageClassName: (name) => (isEmpty(name) ? wrong('the name of a StorageClass') : text(dnsSubdomain)(name)),
  }),
  fields({ nodeTopology: labelSelector, capacity: atLeastZero }),
);

/** (validateCSINodeDriver) */
export const csiNode: Rule = fields({
  spec: fields({
    drivers: list(
      all(
        needs({ name: 'the name of a driver', nodeID: "the node's name to the driver" }),
        fields({
          name: unlessEmpty(text(csiDriverName)),
          allocatable: fields({ count: number(0) }),
          topologyKeys: list(text(labelKey)),
        }),
      ),
    ),
  }),
});
