import type { Json, JsonObject } from '../../../json/json';
import { at, keysAt, listAt, objectAt, textAt } from '../../../json/read';
import { isKnown } from '../../../text/symbolic';
import { type Fault, fault } from '../../fault';
import { isGiven, numberOr, repeated } from '../../given';
import { addressRange, endpointFault, ipAddress, parseAddress } from '../addresses';
import { dnsLabel, dnsSubdomain, labelKey, portName } from '../names';
import {
  all,
  fields,
  isWord,
  list,
  none,
  number,
  parts,
  type Rule,
  steps,
  text,
  unlessEmpty,
  within,
  words,
  wrong,
} from './rules';
import { labels } from './selectors';

export const portNumber = number(1, 65535);

/** The number of a port, or its name in the pod. (pkg/apis/core/validation: ValidatePortNumOrName) */
export const portNumberOrName: Rule = (value) =>
  isWord(value) && !portName.accepts(value)
    ? wrong(`a number, or ${portName.allowed}`, [], { example: portName.example })
    : portNumber(value);

/** A port that is taken for none. */
const unlessZero =
  (rule: Rule): Rule =>
  (value) =>
    value === 0 || value === '' ? none : rule(value);

const port = fields({
  name: unlessEmpty(text(dnsLabel)),
  appProtocol: text(labelKey),
  protocol: unlessEmpty(words('TCP', 'UDP', 'SCTP')),
  port: portNumber,
  targetPort: unlessZero(portNumberOrName),
  // Which ports of nodes there are, the API server is told when it starts: 30000 to 32767 unless it is.
  nodePort: unlessZero(portNumber),
});

export const endpointAddress: Rule = (value) => {
  const fault = isWord(value) ? endpointFault(value) : undefined;
  return fault === undefined ? none : wrong(fault);
};

const paddedRange: Rule = (value) =>
  isWord(value) && !addressRange.accepts(value.trim())
    ? wrong(addressRange.allowed, [], { example: addressRange.example })
    : none;

/**
 * (pkg/apis/core/validation: validateService, with what pkg/apis/core/v1/defaults.go: SetDefaults_Service fills in) Which addresses
 * a cluster has, no tree says.
 */
export const service: Rule = all(
  parts({
    spec: all(
      fields({
        type: unlessEmpty(words('ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName')),
        sessionAffinity: unlessEmpty(words('ClientIP', 'None')),
        internalTrafficPolicy: words('Cluster', 'Local'),
        trafficDistribution: words('PreferClose', 'PreferSameZone', 'PreferSameNode'),
        selector: labels,
        ports: list(port),
        externalIPs: list(endpointAddress),
        loadBalancerSourceRanges: list(paddedRange),
      }),
      steps(ports),
      steps(externalName),
      steps(clusterAddresses),
      steps(onlyOfSomeTypes),
    ),
  }),
  sourceRanges,
);

/** Without a type, a Service has an address in the cluster. Undefined where nobody knows. */
function typeOf({ type }: JsonObject): string | undefined {
  if (!isGiven(type)) return 'ClusterIP';
  return isWord(type) ? type : undefined;
}

/** Kubernetes fills in clusterIPs from clusterIP. */
function addressesOf({ clusterIP, clusterIPs }: JsonObject): readonly Json[] {
  const given = listAt({ clusterIPs: clusterIPs ?? null }, 'clusterIPs');
  return given.length > 0 || !isGiven(clusterIP) ? given : [clusterIP as Json];
}

function isHeadless(spec: JsonObject): boolean {
  const addresses = addressesOf(spec);
  return addresses.length === 1 && addresses[0] === 'None';
}

function* ports(spec: JsonObject): Generator<Fault> {
  const given = listAt(spec, 'ports');
  const type = typeOf(spec);
  if (given.length === 0 && (!isGiven(spec.ports) || Array.isArray(spec.ports)) && type !== undefined) {
    if (type !== 'ExternalName' && !isHeadless(spec) && addressesOf(spec).every(isWord))
      yield fault(['ports'], 'a list of at least one port');
    return;
  }
  for (const [i, item] of given.entries()) {
    if (given.length > 1 && !isGiven(at(item, 'name')))
      yield fault(['ports', i, 'name'], 'given, since there are several ports');
    if (type === 'ClusterIP' && numberOr(0, at(item, 'nodePort')) > 0)
      yield {
        path: ['ports', i, 'nodePort'],
        allowed: 'left out, or the type NodePort or LoadBalancer',
        says: "may not be used when `type` is 'ClusterIP'",
      };
  }
  for (const { index, name } of repeated(given.map((item) => at(item, 'name'))))
    yield fault(['ports', index, 'name'], `another name than ${name}, which an earlier port has`);
  for (const field of ['port', 'nodePort']) {
    const taken = given.map((item) => {
      const [value, protocol] = [at(item, field), at(item, 'protocol')];
      return typeof value === 'number' && value !== 0 ? `${value}/${isGiven(protocol) ? protocol : 'TCP'}` : null;
    });
    for (const { index, name } of repeated(taken))
      yield fault(['ports', index, field], `another port than ${name}, which an earlier port has`);
  }
}

function* externalName(spec: JsonObject): Generator<Fault> {
  if (typeOf(spec) !== 'ExternalName') return;
  const name = spec.externalName;
  if (!isGiven(name)) yield fault(['externalName'], 'given for the type ExternalName');
  else if (isWord(name) && !dnsSubdomain.accepts(name.replace(/\.$/, '')))
    yield { path: ['externalName'], allowed: dnsSubdomain.allowed, example: '"db.example.org"' };
  for (const field of ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy'])
    if (isThere(spec[field], field === 'ipFamilyPolicy')) yield fault([field], 'left out for the type ExternalName');
}

/** Whether a field is more than nothing; of a pointer, an empty text is. */
function isThere(value: Json | undefined, isPointer: boolean): boolean {
  if (value === undefined || value === null) return false;
  return isPointer || (value !== '' && !(Array.isArray(value) && value.length === 0));
}

const familyPolicies = ['SingleStack', 'PreferDualStack', 'RequireDualStack'];

/** (ValidateServiceClusterIPsRelatedFields; pkg/registry/core/service/storage/alloc.go: initIPFamilyFields) */
function* clusterAddresses(spec: JsonObject): Generator<Fault> {
  const type = typeOf(spec);
  const [addresses, families] = [addressesOf(spec), listAt(spec, 'ipFamilies')];
  const { clusterIP, ipFamilyPolicy: policy } = spec;
  if (type === 'ExternalName' || ![...addresses, ...families, clusterIP ?? ''].every(isWord)) return;
  const isList = listAt(spec, 'clusterIPs').length > 0;
  const place = (i: number) => (isList ? ['clusterIPs', i] : ['clusterIP']);
  if (isList && !isGiven(clusterIP))
    yield fault(['clusterIPs'], 'left out, or its first value given as clusterIP, too');
  else if (isList && addresses[0] !== clusterIP) yield fault(place(0), `the clusterIP, ${clusterIP}`);
  if (isHeadless(spec) && (type === 'NodePort' || type === 'LoadBalancer'))
    yield fault(place(0), `left out: a Service of the type ${type} has an address`);
  if (addresses[0] === 'None' && addresses.length > 1)
    yield fault(['clusterIPs'], '"None" without other addresses', [...addresses]);
  const bits = addresses.map((address) => parseAddress(String(address))?.bits);
  for (const [i, address] of addresses.entries())
    if (bits[i] === undefined && (i > 0 || address !== 'None')) yield fault(place(i), `None, or ${ipAddress.allowed}`);
  if (addresses.length > 2 || (bits[0] !== undefined && bits[0] === bits[1]))
    yield fault(['clusterIPs'], 'at most one address of IPv4 and one of IPv6', [...addresses]);
  for (const [i, family] of families.entries()) {
    if (family !== 'IPv4' && family !== 'IPv6') yield fault(['ipFamilies', i], 'IPv4 or IPv6');
    else if (families.indexOf(family) < i) yield fault(['ipFamilies', i], 'another family than the first');
    else if (bits[i] !== undefined && bits[i] !== (family === 'IPv4' ? 32 : 128))
      yield fault(['ipFamilies', i], `the family of the address ${addresses[i]}`);
  }
  if (isWord(policy) && !familyPolicies.includes(policy))
    yield fault(['ipFamilyPolicy'], `one of ${familyPolicies.join(', ')}`);
  const isBare = clusterIP === 'None' && keysAt(spec, 'selector').length === 0;
  const isSingle = policy === 'SingleStack' || (!isBare && (policy === undefined || policy === null));
  if (isSingle && (addresses.length === 2 || families.length === 2))
    yield {
      path: ['ipFamilyPolicy'],
      allowed: 'PreferDualStack or RequireDualStack with two families or addresses',
    };
}

/** What only a Service of one type, or one that is reached from outside, may have. (validateServiceExternalTrafficPolicy) */
function* onlyOfSomeTypes(spec: JsonObject): Generator<Fault> {
  const type = typeOf(spec);
  if (type === undefined) return;
  const { loadBalancerClass, externalTrafficPolicy: policy, healthCheckNodePort } = spec;
  if (type !== 'LoadBalancer') {
    for (const field of ['loadBalancerClass', 'loadBalancerSourceRanges', 'allocateLoadBalancerNodePorts'])
      if (isThere(spec[field], field !== 'loadBalancerSourceRanges'))
        yield fault([field], 'left out, or the type LoadBalancer');
  } else if (isWord(loadBalancerClass)) yield* within(['loadBalancerClass'], text(labelKey)(loadBalancerClass));
  const isReached =
    type === 'LoadBalancer' || type === 'NodePort' || (type === 'ClusterIP' && listAt(spec, 'externalIPs').length > 0);
  if (isWord(policy) && policy !== '') {
    if (!isReached)
      yield {
        path: ['externalTrafficPolicy'],
        allowed: 'left out, or the type NodePort or LoadBalancer',
        says: 'may only be set for externally-accessible services',
      };
    else yield* within(['externalTrafficPolicy'], words('Cluster', 'Local')(policy));
  }
  const checked = type === 'LoadBalancer' && (policy === 'Local' || (typeof policy === 'string' && !isKnown(policy)));
  if (numberOr(0, healthCheckNodePort) !== 0) {
    if (!checked)
      yield fault(['healthCheckNodePort'], 'left out, or the type LoadBalancer with externalTrafficPolicy: Local');
    else yield* within(['healthCheckNodePort'], portNumber(healthCheckNodePort as Json));
  }
  // Without ClientIP the API server forgets it.
  const timeout = at(spec, 'sessionAffinityConfig', 'clientIP', 'timeoutSeconds');
  if (spec.sessionAffinity === 'ClientIP' && timeout !== undefined)
    yield* within(['sessionAffinityConfig', 'clientIP', 'timeoutSeconds'], number(1, 86400)(timeout));
}

/** The older form of spec.loadBalancerSourceRanges. */
function sourceRanges(object: Json): readonly Fault[] {
  const path = ['metadata', 'annotations', 'service.beta.kubernetes.io/load-balancer-source-ranges'];
  const given = textAt(object, ...path)?.trim();
  if (given === undefined || listAt(object, 'spec', 'loadBalancerSourceRanges').length > 0) return none;
  const type = typeOf(objectAt(object, 'spec') ?? {});
  if (type !== undefined && type !== 'LoadBalancer') return wrong('left out, or the type LoadBalancer', path);
  const isRight = given === '' || given.split(',').every((range) => addressRange.accepts(range.trim()));
  return isRight || !isKnown(given)
    ? none
    : wrong('ranges of addresses (CIDR) with "," between them', path, { example: '"10.0.0.0/8,192.168.0.0/16"' });
}
