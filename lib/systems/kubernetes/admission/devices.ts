import type { JsonObject } from '../../../json/json';
import { at, listAt } from '../../../json/read';
import { type Fault, fault } from '../../fault';
import { numberOr } from '../../given';
import { csiDriverName, dnsLabel, dnsSubdomain } from '../names';
import {
  all,
  exactlyOne,
  fields,
  filled,
  isEmpty,
  isWord,
  list,
  needs,
  none,
  object,
  parts,
  type Rule,
  steps,
  text,
  unique,
  unlessEmpty,
  words,
  wrong,
} from './rules';

const selectors = list(
  all(
    needs({ cel: 'given with an expression' }),
    fields({ cel: all(needs({ expression: 'an expression' }), fields({ expression: filled })) }),
  ),
  32,
);

/** (pkg/apis/resource/validation: validateExactDeviceRequest, with what pkg/apis/resource/v1/defaults.go fills in) */
const exact = all(
  needs({ deviceClassName: 'the name of a DeviceClass' }),
  fields({
    deviceClassName: unlessEmpty(text(dnsSubdomain)),
    allocationMode: unlessEmpty(words('All', 'ExactCount')),
    selectors,
  }),
  object(({ allocationMode, count }) => {
    const number = numberOr(0, count);
    if (allocationMode === 'All' && number !== 0) return wrong('left out with the mode All', ['count']);
    return number < 0 ? wrong('1 or more', ['count']) : none;
  }),
);

const name = text(dnsLabel);

/** (validateDeviceRequest) */
const request = all(
  needs({ name: 'given' }),
  exactlyOne(['exactly', 'firstAvailable'], 'exactly one of `exactly` or `firstAvailable` is required'),
  fields({
    name: unlessEmpty(name),
    exactly: exact,
    firstAvailable: all(
      list(all(exact, needs({ name: 'given' }), fields({ name: unlessEmpty(name) })), 8),
      unique('name'),
    ),
  }),
);

/** (validateOpaqueConfiguration) */
const configuration = all(
  needs({ opaque: 'given' }),
  fields({
    opaque: all(
      needs({ driver: 'the name of a driver', parameters: 'given' }),
      fields({ driver: unlessEmpty(text(csiDriverName)) }),
    ),
  }),
);

/** (validateDeviceClaim) */
export const deviceClaim: Rule = parts({
  devices: all(
    fields({ requests: all(list(request, 32), unique('name')), config: list(configuration, 32) }),
    steps(references),
  ),
});

/** Constraints and configurations name requests, and what these may be instead. (validateRequestNameRef) */
function* references(devices: JsonObject): Generator<Fault> {
  const names = listAt(devices, 'requests').flatMap((item) => {
    const own = at(item, 'name') ?? '';
    return [own, ...listAt(item, 'firstAvailable').map((other) => `${own}/${at(other, 'name')}`)];
  });
  if (!names.every(isWord)) return;
  for (const field of ['constraints', 'config']) {
    for (const [i, item] of listAt(devices, field).entries()) {
      if (field === 'constraints' && isEmpty(at(item, 'matchAttribute')) && isEmpty(at(item, 'distinctAttribute')))
        yield fault([field, i, 'matchAttribute'], 'given');
      for (const [j, given] of listAt(item, 'requests').entries())
        if (isWord(given) && !names.includes(given))
          yield fault([field, i, 'requests', j], 'the name of one of the requests');
    }
  }
}

/** (ValidateResourceClaim) */
export const resourceClaim: Rule = parts({ spec: deviceClaim });

/** (ValidateResourceClaimTemplate) */
export const resourceClaimTemplate: Rule = parts({ spec: parts({ spec: deviceClaim }) });

/** (validateDeviceClassSpec) */
export const deviceClass: Rule = parts({ spec: fields({ selectors, config: list(configuration, 32) }) });
