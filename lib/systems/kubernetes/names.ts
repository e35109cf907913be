/** What is wrong with a name: the end of a sentence; undefined when it is right. */
type NameTest = (text: string) => string | undefined;

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const subdomain = new RegExp(`^${label}(\\.${label})*$`);
const dns1123Label = new RegExp(`^${label}$`);
const dns1035Label = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const qualifiedName = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

/**
 * The syntax of names and labels.
 *
 * Source: k8s.io/apimachinery pkg/util/validation/validation.go
 */
export const nameFormats: Readonly<Record<string, NameTest>> = {
  'dns-subdomain': (text) =>
    subdomain.test(text)
      ? atMost(253, text)
      : 'must be a DNS subdomain: a-z, 0-9, "-" and ".", beginning and ending with a letter or digit',
  'dns-label': (text) =>
    dns1123Label.test(text)
      ? atMost(63, text)
      : 'must be a DNS label: a-z, 0-9 and "-", beginning and ending with a letter or digit',
  'dns-1035-label': (text) =>
    dns1035Label.test(text)
      ? atMost(63, text)
      : 'must be a DNS label: a-z, 0-9 and "-", beginning with a letter and ending with a letter or digit',
  'path-segment': (text) =>
    text === '' || text === '.' || text === '..' || /[/%]/.test(text)
      ? 'must be a segment of a path: not empty, ".", or "..", and without "/" and "%"'
      : undefined,
  'label-value': (text) =>
    text === '' || qualifiedName.test(text)
      ? atMost(63, text)
      : 'must be a label\'s value: letters, digits, "-", "_" and ".", beginning and ending with a letter or digit',
};

function atMost(length: number, text: string): string | undefined {
  return text.length <= length ? undefined : `must have at most ${length} characters`;
}

/** What is wrong with the key of a label or annotation. */
export function keyFault(of: 'label' | 'annotation', key: string): string | undefined {
  const slash = key.indexOf('/');
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  const name = key.slice(slash + 1);
  if (prefix !== undefined) {
    // An annotation's prefix may have capitals.
    const wrong = nameFormats['dns-subdomain']?.(of === 'annotation' ? prefix.toLowerCase() : prefix);
    if (wrong !== undefined) return `has a prefix that ${wrong}`;
  }
  if (name.length > 63) return `must have at most 63 characters${prefix === undefined ? '' : ' after the "/"'}`;
  if (qualifiedName.test(name)) return undefined;
  return 'must be letters, digits, "-", "_" and ".", beginning and ending with a letter or digit, with a DNS prefix and "/" before it or none';
}

const formatsOfKinds: Readonly<Record<string, string>> = {
  'v1 Namespace': 'dns-label',
  'v1 Service': 'dns-1035-label',
  'rbac.authorization.k8s.io/v1 Role': 'path-segment',
  'rbac.authorization.k8s.io/v1 ClusterRole': 'path-segment',
  'rbac.authorization.k8s.io/v1 RoleBinding': 'path-segment',
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding': 'path-segment',
};

/**
 * Tells what is wrong with the name of an object of a kind.
 *
 * Source: the ValidateName functions of k8s.io/kubernetes pkg/apis; custom resources take DNS subdomains
 */
export function objectNameTest(apiVersion: string, kind: string): NameTest {
  const format = `${apiVersion} ${kind}`;
  const found = nameFormats[(Object.hasOwn(formatsOfKinds, format) && formatsOfKinds[format]) || 'dns-subdomain'];
  return found ?? (() => undefined);
}
