import { isJsonObject, type Json, type JsonObject, type Path } from '../../json/json';
import { at, keysAt, listAt } from '../../json/read';
import { isKnown } from '../../text/symbolic';
import { type Fault, fault } from '../fault';
import { isGiven } from '../given';

/** What pods may do in a namespace: its label, with the minor version whose checks count. */
export interface PodSecurity {
  readonly level: 'baseline' | 'restricted';
  /** Infinity for the latest. */
  readonly minor: number;
}

/** The first minor version whose checks are stated here. */
const oldest = 25;

/** What the labels of a namespace let pods do; undefined where they let them do anything, or nobody knows. */
export function podSecurityOf(namespace: JsonObject): PodSecurity | undefined {
  const label = (name: string) => at(namespace, 'metadata', 'labels', `pod-security.kubernetes.io/${name}`);
  const level = label('enforce');
  if (level !== 'baseline' && level !== 'restricted') return undefined;
  const version = label('enforce-version') ?? 'latest';
  if (version === 'latest') return { level, minor: Number.POSITIVE_INFINITY };
  const [, minor] = /^v1\.(\d+)$/.exec(String(version)) ?? [];
  return Number(minor) >= oldest ? { level, minor: Number(minor) } : undefined;
}

/**
 * What the API server refuses in a pod for the level of its namespace. Paths begin at the pod's spec.
 *
 * Source: k8s.io/pod-security-admission 0.37, policy/check_*.go (1.25 to 1.37)
 */
export function* podSecurityFaults(pod: JsonObject, { level, minor }: PodSecurity): Generator<Fault> {
  yield* ofPod(pod, minor);
  const restricted = level === 'restricted';
  if (restricted) yield* restrictedPod(pod, minor);
  else yield* hostPaths(pod);
  for (const field of ['initContainers', 'containers']) {
    for (const [i, container] of listAt(pod, field).entries()) {
      if (!isJsonObject(container)) continue;
      for (const { path, ...rest } of ofContainer(container, pod, minor, restricted))
        yield { ...rest, path: [field, i, ...path] };
    }
  }
}

const appArmor = 'container.apparmor.security.beta.kubernetes.io/';

/**
 * What it refuses in the pod's annotations, which set AppArmor's profiles before there was a field. Paths begin at them.
 *
 * Source: k8s.io/pod-security-admission 0.37, policy/check_appArmorProfile.go
 */
export function* annotationFaults(annotations: Json | undefined): Generator<Fault> {
  for (const key of keysAt(annotations).filter((name) => name.startsWith(appArmor))) {
    const profile = at(annotations, key);
    if (typeof profile === 'string' && isKnown(profile) && !/^(?:$|runtime\/default$|localhost\/)/.test(profile))
      yield fault([key], 'runtime/default or localhost/…, or left out');
  }
}

const security: Path = ['securityContext'];

function* ofPod(pod: JsonObject, minor: number): Generator<Fault> {
  for (const field of ['hostNetwork', 'hostPID', 'hostIPC'])
    if (pod[field] === true) yield fault([field], 'false, or left out');
  yield* profiles(pod);
  yield* seLinux(pod, minor);
  const allowed = sysctls.filter(([since]) => since <= minor).flatMap(([, ...names]) => names);
  for (const [i, sysctl] of listAt(pod, ...security, 'sysctls').entries()) {
    const name = at(sysctl, 'name');
    if (typeof name === 'string' && isKnown(name) && !allowed.includes(name))
      yield fault([...security, 'sysctls', i, 'name'], `one of ${allowed.join(', ')}`);
  }
}

/** The sysctls that are safe, by the first minor version that says so. */
const sysctls: readonly (readonly [since: number, ...string[]])[] = [
  [
    oldest,
    'kernel.shm_rmid_forced',
    'net.ipv4.ip_local_port_range',
    'net.ipv4.tcp_syncookies',
    'net.ipv4.ping_group_range',
    'net.ipv4.ip_unprivileged_port_start',
  ],
  [27, 'net.ipv4.ip_local_reserved_ports'],
  [
    29,
    'net.ipv4.tcp_keepalive_time',
    'net.ipv4.tcp_fin_timeout',
    'net.ipv4.tcp_keepalive_intvl',
    'net.ipv4.tcp_keepalive_probes',
  ],
  [32, 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'],
  [37, 'net.ipv4.tcp_slow_start_after_idle', 'net.ipv4.tcp_notsent_lowat'],
];

function* hostPaths(pod: JsonObject): Generator<Fault> {
  for (const [i, volume] of listAt(pod, 'volumes').entries())
    if (isGiven(at(volume, 'hostPath'))) yield fault(['volumes', i, 'hostPath'], 'another source than hostPath', null);
}

const restrictedVolumes = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

function* restrictedPod(pod: JsonObject, minor: number): Generator<Fault> {
  for (const [i, volume] of listAt(pod, 'volumes').entries()) {
    if (!isJsonObject(volume)) continue;
    const other = Object.keys(volume).find((field) => field !== 'name' && !restrictedVolumes.includes(field));
    if (other !== undefined && isKnown(other) && isJsonObject(volume[other]))
      yield fault(['volumes', i, other], `one of ${restrictedVolumes.join(', ')}`, null);
  }
  if (!isInUserNamespace(pod, minor)) yield* root(pod);
}

/** Its root is none on the node. (relaxPolicyForUserNamespacePod) */
function isInUserNamespace(pod: JsonObject, minor: number): boolean {
  return pod.hostUsers === false && minor >= 35;
}

function* root(of: JsonObject): Generator<Fault> {
  if (at(of, ...security, 'runAsNonRoot') === false) yield fault([...security, 'runAsNonRoot'], 'true');
  if (at(of, ...security, 'runAsUser') === 0) yield fault([...security, 'runAsUser'], 'another user than 0');
}

/** What a pod or a container says of its profiles. */
function* profiles(of: JsonObject): Generator<Fault> {
  for (const profile of ['seccompProfile', 'appArmorProfile']) {
    const path = [...security, profile, 'type'];
    if (at(of, ...path) === 'Unconfined') yield fault(path, 'RuntimeDefault or Localhost');
  }
  const path = [...security, 'windowsOptions', 'hostProcess'];
  if (at(of, ...path) === true) yield fault(path, 'false, or left out');
}

function* seLinux(of: JsonObject, minor: number): Generator<Fault> {
  const path = [...security, 'seLinuxOptions'];
  const types = ['container_t', 'container_init_t', 'container_kvm_t', ...(minor >= 31 ? ['container_engine_t'] : [])];
  const type = at(of, ...path, 'type');
  if (typeof type === 'string' && type !== '' && isKnown(type) && !types.includes(type))
    yield fault([...path, 'type'], `one of ${types.join(', ')}`);
  for (const field of ['user', 'role']) if (isGiven(at(of, ...path, field))) yield fault([...path, field], 'left out');
}

const capabilities =
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(
    ' ',
  );

function* ofContainer(container: JsonObject, pod: JsonObject, minor: number, restricted: boolean): Generator<Fault> {
  if (at(container, ...security, 'privileged') === true) yield fault([...security, 'privileged'], 'false, or left out');
  yield* profiles(container);
  yield* seLinux(container, minor);
  for (const [i, port] of listAt(container, 'ports').entries()) {
    const hostPort = at(port, 'hostPort');
    if (typeof hostPort === 'number' && hostPort !== 0) yield fault(['ports', i, 'hostPort'], 'left out');
  }
  if (minor >= 34) yield* hosts(container);
  const own = restricted || !isInUserNamespace(pod, minor);
  if (own && at(container, ...security, 'procMount') === 'Unmasked')
    yield fault([...security, 'procMount'], 'Default, or left out');
  const added = restricted && at(pod, 'os', 'name') !== 'windows' ? ['NET_BIND_SERVICE'] : capabilities;
  for (const [i, name] of listAt(container, ...security, 'capabilities', 'add').entries())
    if (typeof name === 'string' && isKnown(name) && !added.includes(name))
      yield fault([...security, 'capabilities', 'add', i], `one of ${added.join(', ')}`);
  if (restricted) yield* restrictedContainer(container, pod, minor);
}

/** Requests of the node itself to another host. */
function* hosts(container: JsonObject): Generator<Fault> {
  const places = ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle.postStart', 'lifecycle.preStop'];
  for (const place of places) {
    for (const handler of ['httpGet', 'tcpSocket']) {
      const path = [...place.split('.'), handler, 'host'];
      if (isGiven(at(container, ...path))) yield fault(path, 'left out');
    }
  }
}

function* restrictedContainer(container: JsonObject, pod: JsonObject, minor: number): Generator<Fault> {
  const given = (...path: Path) => at(container, ...security, ...path);
  if (!isInUserNamespace(pod, minor)) {
    yield* root(container);
    if (!isGiven(given('runAsNonRoot')) && !isGiven(at(pod, ...security, 'runAsNonRoot')))
      yield fault([...security, 'runAsNonRoot'], 'true, here or in the securityContext of the pod');
  }
  if (at(pod, 'os', 'name') === 'windows') return;
  const escalation = given('allowPrivilegeEscalation');
  if (!isGiven(escalation) || escalation === true) yield fault([...security, 'allowPrivilegeEscalation'], 'false');
  const dropped = listAt(container, ...security, 'capabilities', 'drop');
  if (!dropped.includes('ALL') && dropped.every((name) => typeof name === 'string' && isKnown(name)))
    yield fault([...security, 'capabilities', 'drop'], 'a list with ALL');
  if (!isGiven(given('seccompProfile')) && !isGiven(at(pod, ...security, 'seccompProfile')))
    yield fault(
      [...security, 'seccompProfile', 'type'],
      'RuntimeDefault or Localhost, here or in the securityContext of the pod',
    );
}
