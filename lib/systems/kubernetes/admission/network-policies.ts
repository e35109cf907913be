import type { JsonObject } from '../../../json/json';
import { listAt } from '../../../json/read';
import { type Fault, fault } from '../../fault';
import { addressRange, holds, parseRange } from '../addresses';
import { all, fields, givenOf, isWord, list, parts, type Rule, steps, words } from './rules';
import { labelSelector } from './selectors';
import { portNumberOrName } from './services';

/** (pkg/apis/networking/validation: ValidateNetworkPolicyPort) */
const port = all(
  fields({ protocol: words('TCP', 'UDP', 'SCTP'), port: portNumberOrName }),
  steps(function* ({ port, endPort }) {
    if (typeof endPort !== 'number') return;
    if (port === undefined || port === null) yield fault(['endPort'], 'left out, unless port is given');
    else if (isWord(port)) yield fault(['endPort'], 'left out, unless port is a number');
    else if (typeof port === 'number' && (endPort < port || endPort > 65535 || endPort < 1))
      yield fault(['endPort'], `from port (${port}) to 65535`);
  }),
);

/** (ValidateIPBlock) */
function* range(block: JsonObject): Generator<Fault> {
  const cidr = block.cidr ?? '';
  if (!isWord(cidr)) return;
  const outer = parseRange(cidr);
  if (outer === undefined) yield { path: ['cidr'], allowed: addressRange.allowed, example: addressRange.example };
  for (const [i, value] of listAt(block, 'except').entries()) {
    if (!isWord(value) || outer === undefined) continue;
    const inner = parseRange(value);
    if (inner === undefined)
      yield { path: ['except', i], allowed: addressRange.allowed, example: addressRange.example };
    else if (!holds(outer, inner))
      yield { path: ['except', i], allowed: `a part of ${cidr}`, says: 'must be a strict subset of `cidr`' };
  }
}

/** (ValidateNetworkPolicyPeer) */
const peer = all(
  steps(function* (of) {
    const given = givenOf(of, ['podSelector', 'namespaceSelector', 'ipBlock']);
    if (given.length === 0)
      yield {
        path: [],
        value: null,
        allowed: 'given podSelector, namespaceSelector or ipBlock',
        says: 'must specify a peer',
      };
    if (given.length > 1 && given.includes('ipBlock'))
      yield {
        path: ['ipBlock'],
        value: null,
        allowed: 'in an item of its own',
        says: 'may not specify both ipBlock and another peer',
      };
  }),
  fields({ podSelector: labelSelector, namespaceSelector: labelSelector, ipBlock: steps(range) }),
);

const ports = list(port);
const peers = list(peer);

/** (ValidateNetworkPolicySpec) */
export const networkPolicy: Rule = parts({
  spec: fields({
    podSelector: labelSelector,
    policyTypes: list(words('Ingress', 'Egress'), 2),
    ingress: list(fields({ ports, from: peers })),
    egress: list(fields({ ports, to: peers })),
  }),
});
