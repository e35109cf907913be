import type { Json, JsonObject } from '../../../json/json';
import { at, listAt } from '../../../json/read';
import type { Fault } from '../../fault';
import { dnsSubdomain } from '../names';
import { relativePath } from './paths';
import { all, fields, isWord, list, none, number, object, type Rule, text, words, wrong } from './rules';

/** Of users and groups. (apimachinery pkg/util/validation: IsValidUserID) */
const id = number(0, 2 ** 31 - 1);

/** (pkg/apis/core/validation: validateSeccompProfileField, ValidateAppArmorProfileField) */
function profile(localhostProfile: Rule): Rule {
  const types = ['Localhost', 'RuntimeDefault', 'Unconfined'];
  return all(
    fields({ type: words(...types), localhostProfile }),
    object(({ type, localhostProfile: given }) => {
      if (type === 'Localhost' && (given === undefined || given === null))
        return wrong('given with the type Localhost', ['localhostProfile']);
      return isWord(type) && type !== 'Localhost' && given !== undefined && given !== null
        ? wrong('left out without the type Localhost', ['localhostProfile'], {
            says: 'can only be set when … type is Localhost',
          })
        : none;
    }),
  );
}

/** (validateWindowsSecurityContextOptions) */
const windowsOptions = fields({
  gmsaCredentialSpecName: text(dnsSubdomain),
  gmsaCredentialSpec: (spec) => (spec === '' ? wrong('a credential spec') : none),
  runAsUserName: (name) => (!isWord(name) || isWindowsUser(name) ? none : wrong('a user, or DOMAIN\\user, of Windows')),
});

function isWindowsUser(name: string): boolean {
  const [user = '', domain, ...more] = name.split('\\').reverse();
  if (more.length > 0 || user === '' || user.length > 104 || /\p{Cc}/u.test(name)) return false;
  if (/^[. ]+$/.test(user) || /["/\\:;|=,+*?<>@[\]]/.test(user)) return false;
  if (domain === undefined) return true;
  return (
    domain.length < 256 &&
    (/^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/.test(domain) || dnsSubdomain.accepts(domain.toLowerCase()))
  );
}

const shared: Readonly<Record<string, Rule>> = {
  runAsUser: id,
  runAsGroup: id,
  seccompProfile: profile(relativePath),
  appArmorProfile: profile((name) =>
    isWord(name) && (name === '' || name !== name.trim() || name.length > 4095)
      ? wrong('the name of a profile, without spaces around it')
      : none,
  ),
  windowsOptions,
};

/** The securityContext of a container. (ValidateSecurityContext) */
export const containerSecurity: Rule = all(
  fields({ ...shared, procMount: words('Default', 'Unmasked') }),
  object(({ allowPrivilegeEscalation, privileged, capabilities }) => {
    if (allowPrivilegeEscalation !== false) return none;
    if (privileged === true)
      return wrong('true, or left out, with privileged', ['allowPrivilegeEscalation'], {
        says: 'cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
      });
    // Of the capability's names only the one with CAP_ is looked for.
    return listAt(capabilities, 'add').includes('CAP_SYS_ADMIN')
      ? wrong('true, or left out, with CAP_SYS_ADMIN', ['allowPrivilegeEscalation'], {
          says: 'cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN',
        })
      : none;
  }),
);

/** (IsValidSysctlName) */
const sysctl = text({
  allowed: 'the name of a sysctl such as net.ipv4.ip_unprivileged_port_start, at most 253 characters',
  example: '"net.core.somaxconn"',
  accepts: (name) =>
    name.length <= 253 && /^(?:[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/.test(name),
});

/** The securityContext of a pod. (validatePodSpecSecurityContext) */
export const podSecurity: Rule = fields({
  ...shared,
  fsGroup: id,
  supplementalGroups: list(id),
  fsGroupChangePolicy: words('OnRootMismatch', 'Always'),
  supplementalGroupsPolicy: words('Merge', 'Strict'),
  seLinuxChangePolicy: words('Recursive', 'MountOption'),
  sysctls: list(fields({ name: sysctl })),
});

/** What of the host's a pod may have. (validatePodSpecSecurityContext, validateSysctls, validateHostUsers) */
export function ofHost(pod: JsonObject): readonly Fault[] {
  const found: Fault[] = [];
  if (pod.shareProcessNamespace === true && pod.hostPID === true)
    found.push(
      ...wrong('left out with hostPID', ['shareProcessNamespace'], {
        says: 'ShareProcessNamespace and HostPID cannot both be enabled',
      }),
    );
  const seen = new Set<string>();
  for (const [i, item] of listAt(pod, 'securityContext', 'sysctls').entries()) {
    const name = at(item, 'name');
    if (!isWord(name)) continue;
    const path = ['securityContext', 'sysctls', i, 'name'];
    if (seen.has(name)) found.push(...wrong('a name that no other of the list has', path));
    seen.add(name);
    const dotted = name.replaceAll('/', '.');
    if (pod.hostNetwork === true && dotted.startsWith('net.')) found.push(...wrong('left out with hostNetwork', path));
    if (
      pod.hostIPC === true &&
      (/^kernel\.(?:sem|shm(?:all|max|mni|_rmid_forced)?|msg(?:max|mnb|mni)?)$/.test(dotted) ||
        dotted.startsWith('fs.mqueue.'))
    )
      found.push(...wrong('left out with hostIPC', path));
  }
  if (pod.hostUsers === false)
    for (const field of ['hostNetwork', 'hostPID', 'hostIPC'])
      if (pod[field] === true)
        found.push(
          ...wrong('false, or left out, since hostUsers is false', [field], { says: 'when `hostUsers` is false' }),
        );
  return found;
}

/** What a container may have only with, or without, users of its own. (ValidateSecurityContext, validateHostUsers) */
export function usersOf(pod: JsonObject): Rule {
  return fields({
    securityContext: fields({
      procMount: (mount) =>
        mount === 'Unmasked' && (pod.hostUsers ?? true) === true
          ? wrong('Default, unless hostUsers of the pod is false', [], {
              says: '`hostUsers` must be false to use `Unmasked`',
            })
          : none,
    }),
    volumeDevices: (devices) =>
      Array.isArray(devices) && devices.length > 0 && pod.hostUsers === false
        ? wrong('left out without hostUsers', [], { value: null, says: 'when `hostUsers` is false' })
        : none,
  });
}

/** (validateWindowsHostProcessPod) */
export function hostProcesses(pod: JsonObject): readonly Fault[] {
  const path = ['securityContext', 'windowsOptions', 'hostProcess'];
  const ofPod = at(pod, ...path);
  const containers = ['initContainers', 'containers'].flatMap((field) =>
    listAt(pod, field).map((container, i) => ({ at: [field, i, ...path], own: at(container, ...path) })),
  );
  const isOne = ({ own }: { own?: Json | undefined }) => (own ?? ofPod) === true;
  if (!containers.some(isOne)) return none;
  const other = containers.find((container) => !isOne(container));
  if (other !== undefined)
    return wrong('true, as in the other containers of the pod', other.at, {
      says: 'If pod contains any hostProcess containers then all containers must be HostProcess containers',
    });
  return pod.hostNetwork === true
    ? none
    : wrong('true', ['hostNetwork'], { says: 'hostNetwork must be true if pod contains any hostProcess containers' });
}

const notOfWindows = {
  pod: ['hostUsers', 'hostPID', 'hostIPC', 'shareProcessNamespace'],
  podSecurity:
    'appArmorProfile seLinuxOptions seccompProfile fsGroup fsGroupChangePolicy sysctls runAsUser runAsGroup supplementalGroups supplementalGroupsPolicy seLinuxChangePolicy'.split(
      ' ',
    ),
  security:
    'appArmorProfile seLinuxOptions seccompProfile capabilities readOnlyRootFilesystem privileged allowPrivilegeEscalation procMount runAsUser runAsGroup'.split(
      ' ',
    ),
};

/** (validateLinux, validateWindows) */
export function ofSystem(pod: JsonObject): readonly Fault[] {
  const name = at(pod, 'os', 'name');
  if (name !== 'linux' && name !== 'windows') return none;
  const says = name === 'linux' ? 'windows options cannot be set for a linux pod' : 'cannot be set for a windows pod';
  const leftOut = (names: readonly string[]): Rule =>
    object((given) =>
      names.flatMap((field) => {
        const value = given[field];
        const counts =
          field.startsWith('host') && field !== 'hostUsers' ? value === true : value !== undefined && value !== null;
        return counts ? wrong(`left out with os.name ${name}`, [field], { value: null, says }) : [];
      }),
    );
  const ofContainers = list(
    fields({ securityContext: leftOut(name === 'linux' ? ['windowsOptions'] : notOfWindows.security) }),
  );
  return all(
    leftOut(name === 'linux' ? [] : [...notOfWindows.pod, 'resources']),
    fields({
      securityContext: leftOut(name === 'linux' ? ['windowsOptions'] : notOfWindows.podSecurity),
      initContainers: ofContainers,
      containers: ofContainers,
    }),
  )(pod);
}
