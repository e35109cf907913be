import { isIP } from 'node:net';
import { isJsonObject, type Json, type JsonObject, type Path } from '../../../json/json';
import { at, listAt } from '../../../json/read';
import type { Fault } from '../../fault';
import { isGiven, isUnknown } from '../../given';
import { dnsLabel, dnsSubdomain, labelKey } from '../names';
import { container, hostPorts, repeatedNames, resizedInit, resizedNever, sharedNames } from './containers';
import { mountsOf } from './mounts';
import { affinity, tolerations, topologySpread } from './placement';
import { sleeps, withoutProbes } from './probes';
import { claimsOf, overhead, resourceClaims, resourcesOfPod, withinPod } from './resources';
import {
  all,
  fields,
  isWord,
  list,
  needs,
  none,
  number,
  object,
  type Rule,
  text,
  unlessEmpty,
  within,
  words,
  wrong,
} from './rules';
import { hostProcesses, ofHost, ofSystem, podSecurity, usersOf } from './security';
import { labels } from './selectors';
import { volume } from './volumes';

const subdomain = unlessEmpty(text(dnsSubdomain));
const address: Rule = (value) => (!isWord(value) || isIP(value) !== 0 ? none : wrong('an IP address'));
const condition = text(labelKey);

/** (pkg/apis/core/validation: validatePodDNSConfig) */
const dnsConfig = fields({
  nameservers: list(address, 3),
  searches: list((search) => (search === '.' ? none : searchDomain(search)), 32),
  options: list(needs({ name: 'the name of an option' })),
});
const searchDomain = text({
  allowed: 'a DNS subdomain, which may contain "_"',
  example: '"svc.example.org"',
  accepts: (name) =>
    name.length <= 253 && /^_?[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?(?:\._?[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?)*\.?$/.test(name),
});

/** The fields of a pod, each by itself. (ValidatePodSpec) */
const spec = fields({
  volumes: list(volume),
  containers: list(container),
  initContainers: list(all(container, withoutProbes, resizedInit)),
  ephemeralContainers: (given) =>
    Array.isArray(given) && given.length > 0
      ? wrong('left out', [], { value: null, says: 'ephemeral containers not allowed in pod template' })
      : none,
  resourceClaims: all(resourceClaims, (claims) => repeatedNames(Array.isArray(claims) ? claims : [])),
  resources: resourcesOfPod,
  overhead,
  restartPolicy: unlessEmpty(words('Always', 'OnFailure', 'Never')),
  dnsPolicy: unlessEmpty(words('ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None')),
  dnsConfig,
  nodeSelector: labels,
  securityContext: podSecurity,
  affinity,
  topologySpreadConstraints: topologySpread,
  tolerations,
  readinessGates: list(fields({ conditionType: condition })),
  schedulingGates: list(fields({ name: condition })),
  serviceAccountName: subdomain,
  nodeName: subdomain,
  priorityClassName: subdomain,
  runtimeClassName: text(dnsSubdomain),
  hostname: unlessEmpty(text(dnsLabel)),
  subdomain: unlessEmpty(text(dnsLabel)),
  hostnameOverride: (name) =>
    isWord(name) && name.length > 64 ? wrong('at most 64 characters long') : text(dnsSubdomain)(name),
  activeDeadlineSeconds: number(1, 2 ** 31 - 1),
  preemptionPolicy: words('PreemptLowerPriority', 'Never'),
  hostAliases: list(fields({ ip: address, hostnames: list(text(dnsSubdomain)) })),
  os: fields({ name: words('linux', 'windows') }),
});

const whole = all(spec, needs({ containers: 'a list of at least one container' }), object(together));

/** What of a pod's fields goes together. */
function together(pod: JsonObject): readonly Fault[] {
  return [
    ...sharedNames(pod),
    ...hostPorts(pod),
    ...withinPod(pod),
    ...ofHost(pod),
    ...ofSystem(pod),
    ...hostProcesses(pod),
    ...nameservers(pod),
    ...hostnames(pod),
  ];
}

function nameservers({ dnsPolicy, dnsConfig }: JsonObject): readonly Fault[] {
  return dnsPolicy === 'None' && listAt({ dnsConfig: dnsConfig ?? null }, 'dnsConfig', 'nameservers').length === 0
    ? wrong('a list of at least one address with dnsPolicy None', ['dnsConfig', 'nameservers'])
    : none;
}

/** (validatePodHostName) */
function hostnames(pod: JsonObject): readonly Fault[] {
  if (!isWord(pod.hostnameOverride)) return none;
  return ['setHostnameAsFQDN', 'hostNetwork'].flatMap((field) =>
    pod[field] === true ? wrong(`left out with ${field}`, ['hostnameOverride']) : [],
  );
}

/** What the containers of a pod need of the rest of it. Of most there is nothing to ask but for their mounts. */
function ofContainers(pod: JsonObject, claims: readonly Json[]): readonly Fault[] {
  const containers = [...listAt(pod, 'containers'), ...listAt(pod, 'initContainers')];
  const has = (...path: Path) => containers.some((container) => at(container, ...path) !== undefined);
  const rules = [mountsOf(pod, claims)];
  if (has('resources', 'claims') && !isUnknown(pod, 'resourceClaims')) rules.push(claimsOf(pod));
  if (pod.hostUsers === false || has('securityContext', 'procMount')) rules.push(usersOf(pod));
  if (has('lifecycle')) rules.push(sleeps(pod));
  if (pod.restartPolicy === 'Never' && has('resizePolicy')) rules.push(resizedNever);
  const rule = list(all(...rules));
  return [
    ...within(['containers'], rule(pod.containers ?? [])),
    ...within(['initContainers'], rule(pod.initContainers ?? [])),
  ];
}

/** What the API server refuses in the spec of a pod, wherever it stands. */
export function podFaults(pod: Json): readonly Fault[] {
  return isJsonObject(pod) ? [...whole(pod), ...ofContainers(pod, [])] : none;
}

/**
 * The same where a StatefulSet adds volumes, instead of those that have their names, and gives the pods names of its own.
 *
 * @param claims the names of the volumes that it adds
 */
export function podFaultsWith(pod: Json, claims: readonly Json[]): readonly Fault[] {
  if (!isJsonObject(pod)) return none;
  return [...whole(pod), ...ofContainers(pod, claims)].filter(
    ({ path: [field, i] }) =>
      field !== 'hostname' &&
      field !== 'subdomain' &&
      (field !== 'volumes' || i === undefined || !claims.includes(at(pod, 'volumes', i, 'name') ?? '')),
  );
}

/** What is demanded of pods that nothing makes. (validatePodMetadataAndSpec, ValidatePodCreate, defaultHostNetworkPorts) */
export const podItself: Rule = fields({
  spec: all(
    fields({ volumes: list(fields({ image: needs({ reference: 'the name of an image' }) })) }),
    object((pod) =>
      ['containers', 'initContainers'].flatMap((field) =>
        listAt(pod, field).flatMap((container, i) => {
          const image = at(container, 'image');
          return isWord(image) && image !== image.trim() ? wrong('without spaces around it', [field, i, 'image']) : [];
        }),
      ),
    ),
    object(({ nodeName, schedulingGates }) =>
      isGiven(nodeName) && Array.isArray(schedulingGates) && schedulingGates.length > 0
        ? wrong('left out with schedulingGates', ['nodeName'], {
            says: 'cannot be set until all schedulingGates have been cleared',
          })
        : none,
    ),
  ),
});
