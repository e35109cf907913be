import type { JsonObject } from '../../json/json';
import { at, listAt } from '../../json/read';
import { annotatedIssuers, backend } from './kubernetes';
import { named, own, type Part, type Rows, secret, within } from './row';

/** What Gateway API's kinds refer to (Gateway API 1.6). */

const group = 'gateway.networking.k8s.io';

function listeners(field: 'name' | 'port') {
  return (gateway: JsonObject) => listAt(gateway, 'spec', 'listeners').flatMap((listener) => at(listener, field) ?? []);
}

const ofGateway: readonly Part[] = [
  { field: 'sectionName', what: 'listener', of: listeners('name'), fails: 'it is not accepted (NoMatchingParent)' },
  { field: 'port', what: 'listener on port', of: listeners('port'), fails: 'it is not accepted (NoMatchingParent)' },
];

const route: Rows = {
  'spec.parentRefs[]': named(`${group}/Gateway`, 'no request reaches it (NoMatchingParent)', { parts: ofGateway }),
  'spec.rules[].backendRefs[]': named('/Service', undefined, backend),
};
const mirroring: Rows = {
  ...route,
  'spec.rules[].filters[].requestMirror.backendRef': named('/Service', undefined, backend),
};

/** The policies of Envoy Gateway and of Gateway API itself, which are attached to what they name in their namespace. */
const attached = own(
  [`${group}/Gateway`, `${group}/HTTPRoute`, `${group}/GRPCRoute`, `${group}/TLSRoute`],
  'the policy has no effect',
  {
    parts: [{ field: 'sectionName', what: 'section', of: sections }],
  },
);
const policy: Rows = { 'spec.targetRef': attached, 'spec.targetRefs[]': attached };

/** The names of a Gateway's listeners, or of a route's rules. */
function sections(target: JsonObject) {
  const parts = [...listAt(target, 'spec', 'listeners'), ...listAt(target, 'spec', 'rules')];
  return parts.flatMap((part) => at(part, 'name') ?? []);
}

export const gateway: Readonly<Record<string, Rows>> = {
  [`${group}/Gateway`]: {
    ...annotatedIssuers,
    'spec.gatewayClassName': own(`${group}/GatewayClass`, 'no controller serves it'),
    ...within('spec.listeners[].tls.', { 'certificateRefs[]': secret('tls') }),
  },
  [`${group}/HTTPRoute`]: mirroring,
  [`${group}/GRPCRoute`]: mirroring,
  [`${group}/TCPRoute`]: route,
  [`${group}/TLSRoute`]: route,
  [`${group}/UDPRoute`]: route,
  'gateway.envoyproxy.io/BackendTrafficPolicy': policy,
  'gateway.envoyproxy.io/ClientTrafficPolicy': policy,
  'gateway.envoyproxy.io/SecurityPolicy': policy,
};
