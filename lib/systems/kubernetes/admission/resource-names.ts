import { labelKey } from '../names';

/** Names of what a quota counts or limits, beside those with a domain. (k8s.io/kubernetes 1.36, pkg/apis/core/helper/helpers.go) */
const counted = [
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
];
const computed = ['cpu', 'memory', 'ephemeral-storage'];
const inQuotas = new Set([
  ...counted,
  ...computed,
  ...computed.flatMap((name) => [`requests.${name}`, `limits.${name}`]),
  'requests.storage',
]);

function isHugePages(name: string): boolean {
  return name.startsWith('hugepages-');
}

function isQuotaHugePages(name: string): boolean {
  return isHugePages(name) || name.startsWith('requests.hugepages-');
}

/** Of Kubernetes itself: without a domain, or with its own. */
function isNative(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

/** What a device plugin brings. (IsExtendedResourceName) */
export function isExtended(name: string): boolean {
  return !isNative(name) && !name.startsWith('requests.') && labelKey.accepts(`requests.${name}`);
}

/** Whether there may be more of it in use than there is. (IsOvercommitAllowed) */
export function isOvercommitted(name: string): boolean {
  return isNative(name) && !isHugePages(name);
}

/** (IsIntegerResourceName) */
export function isCounted(name: string): boolean {
  return counted.includes(name) || isExtended(name);
}

/** Whether a name without a domain is one of a quota's. (IsStandardQuotaResourceName) */
export function isStandardInQuotas(name: string): boolean {
  return inQuotas.has(name) || isQuotaHugePages(name);
}

const withDomain = 'with a domain and "/" before it';

/** What is wrong with the name of a resource: the end of "must be …"; undefined when it is right. (validateResourceName) */
export function resourceFault(name: string): string | undefined {
  if (!labelKey.accepts(name)) return labelKey.allowed;
  if (name.includes('/') || isStandardInQuotas(name) || name === 'storage') return undefined;
  return `a resource that Kubernetes knows, such as cpu, memory or storage, or one ${withDomain}`;
}

/** (ValidateResourceQuotaResourceName) */
export function quotaResourceFault(name: string): string | undefined {
  if (!labelKey.accepts(name)) return labelKey.allowed;
  if (name.includes('/') || isStandardInQuotas(name)) return undefined;
  return `a resource that a quota knows, such as requests.cpu, limits.memory, pods or count/RESOURCE.GROUP, or one ${withDomain}`;
}

/** (ValidateContainerResourceName) */
export function containerResourceFault(name: string): string | undefined {
  if (!labelKey.accepts(name)) return labelKey.allowed;
  if (!name.includes('/'))
    return computed.includes(name) || isHugePages(name)
      ? undefined
      : `cpu, memory, ephemeral-storage, hugepages-SIZE, or a resource ${withDomain}`;
  return isNative(name) || isExtended(name) ? undefined : 'a resource whose name does not begin with "requests."';
}
