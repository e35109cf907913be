import { isJsonObject, type Json, type JsonObject } from '../../../json/json';
import { at, listAt } from '../../../json/read';
import type { Fault } from '../../fault';
import { isGiven, isUnknown } from '../../given';
import { dnsLabel, portName } from '../names';
import { environmentFrom, variable } from './env';
import { mounts } from './mounts';
import { lifecycle, portNumber, probes } from './probes';
import { resources } from './resources';
import { all, fields, isWord, list, needs, none, object, type Rule, text, unlessEmpty, words, wrong } from './rules';
import { containerSecurity } from './security';

/** (pkg/apis/core/validation: validateContainerPorts) */
const ports = all(
  list(
    fields({
      name: unlessEmpty(text(portName)),
      containerPort: portNumber,
      hostPort: (value) => (value === 0 ? none : portNumber(value)),
      protocol: unlessEmpty(words('TCP', 'UDP', 'SCTP')),
    }),
  ),
  (list) => repeatedNames(Array.isArray(list) ? list : []),
);

/** Names that stand in the list before. */
export function repeatedNames(list: readonly Json[], field = 'name'): readonly Fault[] {
  const seen = new Set<string>();
  return list.flatMap((item, i) => {
    const name = at(item, field);
    if (!isWord(name) || name === '') return [];
    if (seen.has(name)) return wrong('a name that no other has', [i, field], { says: 'Duplicate value' });
    seen.add(name);
    return [];
  });
}

/** (validateContainerRestartPolicy) */
const restartRule = all(
  fields({
    action: words('Restart', 'RestartAllContainers'),
    exitCodes: fields({ operator: words('In', 'NotIn'), values: list(() => none, 255) }),
  }),
  needs({ exitCodes: 'given: they are what the rule is for' }),
);
const restarts = all(
  fields({ restartPolicy: words('Always', 'Never', 'OnFailure'), restartPolicyRules: list(restartRule, 20) }),
  object(({ restartPolicy, restartPolicyRules }) =>
    !isGiven(restartPolicy) && Array.isArray(restartPolicyRules) && restartPolicyRules.length > 0
      ? wrong('given, since restartPolicyRules are given', ['restartPolicy'])
      : none,
  ),
);

/** (validateResizePolicy) */
const resizePolicy = all(
  list(fields({ resourceName: words('cpu', 'memory'), restartPolicy: words('NotRequired', 'RestartContainer') })),
  (policies) => repeatedNames(Array.isArray(policies) ? policies : [], 'resourceName'),
);

/** What is true of any container. (validateContainerCommon) */
export const container: Rule = all(
  fields({
    name: text(dnsLabel),
    ports,
    env: list(variable),
    envFrom: environmentFrom,
    imagePullPolicy: unlessEmpty(words('Always', 'IfNotPresent', 'Never')),
    terminationMessagePolicy: unlessEmpty(words('File', 'FallbackToLogsOnError')),
    resources,
    resizePolicy,
    securityContext: containerSecurity,
    lifecycle,
    ...probes,
  }),
  needs({ image: 'the name of an image' }),
  mounts,
  restarts,
);

/** Init containers are gone before anything is resized, unless they stay. (validateInitContainers) */
export const resizedInit: Rule = object((container) =>
  container.restartPolicy === 'Always' || isUnknown(container, 'restartPolicy')
    ? none
    : listAt(container, 'resizePolicy').flatMap((item, i) =>
        at(item, 'restartPolicy') === 'RestartContainer'
          ? wrong('NotRequired in init containers', ['resizePolicy', i, 'restartPolicy'])
          : [],
      ),
);

/** Names that both an init container and a container have. (validateInitContainers) */
export function sharedNames(pod: JsonObject): readonly Fault[] {
  const names = new Set(listAt(pod, 'containers').map((container) => at(container, 'name')));
  return listAt(pod, 'initContainers').flatMap((container, i) => {
    const name = at(container, 'name');
    return isWord(name) && name !== '' && names.has(name)
      ? wrong('a name that no other container has', ['initContainers', i, 'name'], { says: 'Duplicate value' })
      : [];
  });
}

/** Ports of the host that are taken twice, or are not the container's own. (checkHostPortConflicts, validatePodHostNetworkDeps) */
export function hostPorts(pod: JsonObject): readonly Fault[] {
  const seen = new Set<string>();
  return listAt(pod, 'containers').flatMap((container, i) =>
    listAt(container, 'ports').flatMap((port, j) => {
      if (!isJsonObject(port) || typeof port.hostPort !== 'number' || port.hostPort === 0) return [];
      const path = ['containers', i, 'ports', j, 'hostPort'];
      const key = `${port.protocol ?? 'TCP'}/${port.hostIP ?? ''}/${port.hostPort}`;
      if (isWord(key) && seen.has(key))
        return wrong('a port of the host that no other has', path, { says: 'Duplicate value' });
      seen.add(key);
      return pod.hostNetwork === true && typeof port.containerPort === 'number' && port.hostPort !== port.containerPort
        ? wrong(`the containerPort, ${port.containerPort}`, path, {
            says: 'must match `containerPort` when `hostNetwork` is true',
          })
        : [];
    }),
  );
}

/** (validateResizePolicy) */
export const resizedNever: Rule = fields({
  resizePolicy: list(
    fields({
      restartPolicy: (policy) =>
        policy === 'RestartContainer' ? wrong('NotRequired in a pod that is never restarted') : none,
    }),
  ),
});
