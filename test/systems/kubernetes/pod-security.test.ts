import type { JsonObject } from '../../../lib/json/json';
import { annotationFaults, podSecurityFaults, podSecurityOf } from '../../../lib/systems/kubernetes/pod-security';

const latest = Number.POSITIVE_INFINITY;
const strict = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

/** The places that a level forbids in a pod of one container. */
function forbidden(level: 'baseline' | 'restricted', pod: JsonObject, container: JsonObject = {}, minor = latest) {
  const ofPod = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
  const securityContext = { ...ofPod, ...(pod.securityContext as JsonObject | undefined) };
  const own = { ...strict, ...(container.securityContext as JsonObject | undefined) };
  const spec = { ...pod, securityContext, containers: [{ name: 'a', ...container, securityContext: own }] };
  return [...podSecurityFaults(spec, { level, minor })].map(({ path }) => path.join('.'));
}

test('a level and its version are read from the labels of a namespace', () => {
  const labelled = (enforce: string, version?: string) =>
    podSecurityOf({
      metadata: {
        labels: {
          'pod-security.kubernetes.io/enforce': enforce,
          ...(version !== undefined && { 'pod-security.kubernetes.io/enforce-version': version }),
        },
      },
    });
  expect(labelled('restricted')).toEqual({ level: 'restricted', minor: latest });
  expect(labelled('baseline', 'v1.33')).toEqual({ level: 'baseline', minor: 33 });
  expect(labelled('privileged')).toBeUndefined();
  expect(labelled('baseline', 'v1.20')).toBeUndefined();
  expect(podSecurityOf({ metadata: {} })).toBeUndefined();
});

test('a pod that asks for nothing may run on both levels', () => {
  expect(forbidden('baseline', {})).toEqual([]);
  expect(forbidden('restricted', {})).toEqual([]);
});

test.each<[JsonObject, JsonObject, string]>([
  [{ hostNetwork: true }, {}, 'hostNetwork'],
  [{ volumes: [{ name: 'a', hostPath: { path: '/' } }] }, {}, 'volumes.0.hostPath'],
  [{ securityContext: { sysctls: [{ name: 'kernel.msgmax' }] } }, {}, 'securityContext.sysctls.0.name'],
  // The kubelet reads dots and slashes alike, the admission does not.
  [{ securityContext: { sysctls: [{ name: 'net/ipv4/tcp_syncookies' }] } }, {}, 'securityContext.sysctls.0.name'],
  [{ securityContext: { seccompProfile: { type: 'Unconfined' } } }, {}, 'securityContext.seccompProfile.type'],
  [{ securityContext: { seLinuxOptions: { type: 'spc_t' } } }, {}, 'securityContext.seLinuxOptions.type'],
  [{}, { securityContext: { privileged: true } }, 'containers.0.securityContext.privileged'],
  [{}, { ports: [{ containerPort: 1, hostPort: 1 }] }, 'containers.0.ports.0.hostPort'],
  [{}, { securityContext: { procMount: 'Unmasked' } }, 'containers.0.securityContext.procMount'],
  [{}, { livenessProbe: { httpGet: { host: 'a', port: 1 } } }, 'containers.0.livenessProbe.httpGet.host'],
  [
    {},
    { securityContext: { capabilities: { drop: ['ALL'], add: ['NET_RAW'] } } },
    'containers.0.securityContext.capabilities.add.0',
  ],
])('both levels forbid %j with %j', (pod, container, place) => {
  expect(forbidden('baseline', pod, container)).toEqual([place]);
  expect(forbidden('restricted', pod, container)).toEqual([place]);
});

test.each<[JsonObject, JsonObject, string]>([
  [{ volumes: [{ name: 'a', nfs: { server: 'a', path: '/' } }] }, {}, 'volumes.0.nfs'],
  [{ securityContext: { runAsUser: 0 } }, {}, 'securityContext.runAsUser'],
  [{ securityContext: { runAsNonRoot: null } }, {}, 'containers.0.securityContext.runAsNonRoot'],
  [{}, { securityContext: { runAsNonRoot: false } }, 'containers.0.securityContext.runAsNonRoot'],
  [{ securityContext: { seccompProfile: null } }, {}, 'containers.0.securityContext.seccompProfile.type'],
  [{}, { securityContext: { capabilities: { drop: ['KILL'] } } }, 'containers.0.securityContext.capabilities.drop'],
  [
    {},
    { securityContext: { capabilities: { drop: ['ALL'], add: ['CHOWN'] } } },
    'containers.0.securityContext.capabilities.add.0',
  ],
  [
    {},
    { securityContext: { allowPrivilegeEscalation: null } },
    'containers.0.securityContext.allowPrivilegeEscalation',
  ],
])('only the restricted level forbids %j with %j', (pod, container, place) => {
  expect(forbidden('baseline', pod, container)).toEqual([]);
  expect(forbidden('restricted', pod, container)).toEqual([place]);
});

test('older versions allow what was not thought of, and newer ones root in a namespace of users', () => {
  const probe = { livenessProbe: { httpGet: { host: '127.0.0.1', port: 1 } } };
  expect(forbidden('baseline', {}, probe, 33)).toEqual([]);
  const root = { hostUsers: false, securityContext: { runAsUser: 0, runAsNonRoot: null } };
  expect(forbidden('restricted', root)).toEqual([]);
  expect(forbidden('restricted', root, {}, 34)).toHaveLength(2);
});

test.each([
  ['unconfined', ['container.apparmor.security.beta.kubernetes.io/web']],
  ['runtime/default', []],
  ['localhost/strict', []],
  ['', []],
])("an annotation of AppArmor's with the profile %j", (profile, forbidden) => {
  const annotations = { 'container.apparmor.security.beta.kubernetes.io/web': profile, other: 'unconfined' };
  expect([...annotationFaults(annotations)].map(({ path }) => path.join())).toEqual(forbidden);
});
