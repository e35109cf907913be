import type { Json, JsonObject } from '../../../json/json';
import { at, listAt } from '../../../json/read';
import { type Fault, fault } from '../../fault';
import { isGiven } from '../../given';
import { ipAddress, parseAddress } from '../addresses';
import { dnsLabel, dnsSubdomain, labelKey, labelValue } from '../names';
import {
  all,
  fields,
  isEmpty,
  isWord,
  list,
  needs,
  none,
  object,
  type Rule,
  steps,
  text,
  unique,
  unlessEmpty,
  within,
  words,
  wrong,
} from './rules';
import { labels } from './selectors';
import { endpointAddress, portNumber } from './services';

const protocol = unlessEmpty(words('TCP', 'UDP', 'SCTP'));

const address: Rule = all(
  object(({ ip }) => (isEmpty(ip) ? wrong(ipAddress.allowed, ['ip']) : none)),
  fields({
    ip: unlessEmpty(endpointAddress),
    hostname: unlessEmpty(text(dnsLabel)),
    nodeName: text(dnsSubdomain),
  }),
);

/** (pkg/apis/core/validation: validateEndpointSubsets) */
export const endpoints: Rule = fields({
  subsets: list(
    all(
      object((subset) =>
        isEmpty(subset.addresses) && isEmpty(subset.notReadyAddresses)
          ? wrong('given, or notReadyAddresses', ['addresses'])
          : none,
      ),
      steps(function* (subset) {
        const ports = listAt(subset, 'ports');
        for (const [i, port] of ports.entries())
          if (ports.length > 1 && !isGiven(at(port, 'name')))
            yield fault(['ports', i, 'name'], 'given, since there are several ports');
      }),
      fields({
        addresses: list(address),
        notReadyAddresses: list(address),
        ports: list(
          all(
            needs({ port: 'a number' }),
            fields({ name: unlessEmpty(text(dnsLabel)), port: portNumber, protocol, appProtocol: text(labelKey) }),
          ),
        ),
      }),
    ),
  ),
});

const types = ['IPv4', 'IPv6', 'FQDN'];

/** (pkg/apis/discovery/validation: validateEndpoints) */
function* addressesOf(slice: JsonObject): Generator<Fault> {
  const type = slice.addressType ?? '';
  if (!isWord(type)) return;
  if (!types.includes(type)) yield fault(['addressType'], `one of ${types.join(', ')}`);
  for (const [i, endpoint] of listAt(slice, 'endpoints').entries()) {
    const given = listAt(endpoint, 'addresses');
    const path = ['endpoints', i, 'addresses'];
    if (given.length === 0) yield fault(path, 'a list of at least one address');
    if (given.length > 100) yield fault(path, 'at most 100 addresses', given.length);
    for (const [j, value] of given.entries()) yield* within([...path, j], ofType(type, value));
  }
}

function ofType(type: string, value: Json): readonly Fault[] {
  if (!isWord(value)) return none;
  if (type === 'FQDN') {
    const name = value.replace(/\.$/, '');
    const isRight = dnsSubdomain.accepts(name) && name.includes('.') && name.split('.').every(dnsLabel.accepts);
    return isRight ? none : wrong('a DNS name of at least two labels', [], { example: '"db.example.org"' });
  }
  if (type !== 'IPv4' && type !== 'IPv6') return none;
  const bits = parseAddress(value)?.bits;
  return bits === (type === 'IPv4' ? 32 : 128) ? endpointAddress(value) : wrong(`an address of ${type}`);
}

/** Names of ports may be empty, but not twice. (validatePorts) */
function* portNames(slice: JsonObject): Generator<Fault> {
  const names = listAt(slice, 'ports').map((port) => at(port, 'name') ?? '');
  for (const [i, name] of names.entries())
    if (isWord(name) && names.indexOf(name) < i) yield fault(['ports', i, 'name'], 'a name that no earlier port has');
}

/** (ValidateEndpointSlice) */
export const endpointSlice: Rule = all(
  needs({ addressType: `one of ${types.join(', ')}` }),
  steps(addressesOf),
  steps(portNames),
  fields({
    ports: list(
      fields({ name: unlessEmpty(text(dnsLabel)), protocol: words('TCP', 'UDP', 'SCTP'), appProtocol: text(labelKey) }),
    ),
    endpoints: list(
      fields({
        nodeName: text(dnsSubdomain),
        hostname: text(dnsLabel),
        deprecatedTopology: labels,
        hints: fields({
          forZones: all(list(fields({ name: text(labelValue) }), 8), unique('name')),
          forNodes: list(fields({ name: text(dnsSubdomain) }), 8),
        }),
      }),
      1000,
    ),
  }),
);
