import type { Format } from '../format';

/** The form of names and labels. (k8s.io/apimachinery 0.36, pkg/util/validation/validation.go) */
export interface NameFormat extends Format {
  /** What is wrong with a name: the end of a sentence; undefined when it is right. */
  fault(text: string): string | undefined;
}

function nameFormat(what: string, pattern: RegExp, longest?: number, example = '"my-app"'): NameFormat {
  const fits = (text: string) => longest === undefined || text.length <= longest;
  return {
    allowed: longest === undefined ? what : `${what}, at most ${longest} characters`,
    example,
    accepts: (text) => fits(text) && pattern.test(text),
    fault: (text) => {
      if (!pattern.test(text)) return `must be ${what}`;
      return fits(text) ? undefined : `must have at most ${longest} characters`;
    },
  };
}

const label = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const subdomain = new RegExp(`^${label}(?:\\.${label})*$`);
const qualifiedName = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const ofSubdomains = 'a DNS subdomain: a-z, 0-9, "-" and ".", beginning and ending with a letter or digit';

/** Names of Namespaces, and most of what becomes part of a host name. (RFC 1123) */
export const dnsLabel = nameFormat(
  'a DNS label: a-z, 0-9 and "-", beginning and ending with a letter or digit',
  new RegExp(`^${label}$`),
  63,
);

/** Names of Services before Kubernetes 1.36, which a digit may not begin. (RFC 1035) */
export const dns1035Label = nameFormat(
  'a DNS label: a-z, 0-9 and "-", beginning with a letter and ending with a letter or digit',
  /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/,
  63,
);

/**
 * Names of StatefulSets whose pods the API server takes: they have a label of the name, "-" and a hash of up to 10 digits. (kubernetes 1.36,
 * pkg/controller/statefulset, setPodRevision)
 */
export const statefulSetName = nameFormat(
  'a DNS label: a-z, 0-9 and "-", beginning and ending with a letter or digit',
  new RegExp(`^${label}$`),
  52,
);

/** Names of most objects. (RFC 1123) */
export const dnsSubdomain = nameFormat(ofSubdomains, subdomain, 253);

/** Names that a controller writes into labels of other objects, as Flux does with a Kustomization's. (fluxcd/pkg, ssa/manager.go) */
export const labelledName = nameFormat(ofSubdomains, subdomain, 63);

/** Names of RBAC's objects: `system:node-reader` is one. (apimachinery, path.ValidatePathSegmentName) */
export const pathSegment: NameFormat = nameFormat(
  'a segment of a path: not empty, ".", or "..", and without "/" and "%"',
  /^(?!\.{1,2}$)[^/%]+$/,
  undefined,
  '"backstage-read"',
);

export const labelValue = nameFormat(
  'a label\'s value: letters, digits, "-", "_" and ".", beginning and ending with a letter or digit',
  /^(?:(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/,
  63,
);

/** Keys of Secrets and ConfigMaps. (validation.IsConfigMapKey) */
export const dataKey = nameFormat(
  'letters, digits, "-", "_" and ".", not beginning with ".."',
  /^(?!\.$|\.\.)[-._a-zA-Z0-9]+$/,
  253,
  '"API_TOKEN"',
);

/** Names of environment variables as a shell and most programs take them. */
export const environmentName = nameFormat(
  'letters, digits and "_", not beginning with a digit',
  /^[A-Za-z_][A-Za-z0-9_]*$/,
  undefined,
  '"POSTGRES_HOST"',
);

/** Names of environment variables as Kubernetes 1.34 takes them. (validation.IsRelaxedEnvVarName) */
export const printableName = nameFormat(
  'printable ASCII characters but "="',
  /^[ -<>-~]+$/,
  undefined,
  '"POSTGRES_HOST"',
);

/** Names of ports in pods. (validation.IsValidPortName) */
export const portName = nameFormat(
  'a-z, 0-9 and "-", with at least one letter, without "-" at an end or twice in a row',
  /^(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*$/,
  15,
  '"http"',
);

/** (validation.IsHTTPHeaderName) */
export const httpHeaderName = nameFormat('letters, digits and "-"', /^[-A-Za-z0-9]+$/, undefined, '"X-Header"');

/** A name, or the beginning of one. (apimachinery pkg/api/validation: NameIsDNSSubdomain with a prefix) */
export const namePrefix: Format = {
  ...dnsSubdomain,
  accepts: (text) => dnsSubdomain.accepts(text.replace(/(?<=.)-$/, 'a')),
};

/** A host name as HTTPRoutes take it in spec.hostnames: a subdomain, optionally with a leading wildcard label. */
export const hostname: Format = {
  allowed: 'a host name in lower case, without scheme, port or path',
  example: '"backstage.example.org"',
  accepts: (text) => dnsSubdomain.accepts(text.replace(/^\*\./, '')) && !/^[0-9.]+$/.test(text),
};

/** Names of drivers of the Container Storage Interface. (pkg/apis/core/validation: ValidateCSIDriverName) */
export const csiDriverName: Format = {
  allowed: 'a DNS subdomain of at most 63 characters (capitals may be used)',
  example: '"secrets-store.csi.k8s.io"',
  accepts: (name) => name.length <= 63 && dnsSubdomain.accepts(name.toLowerCase()),
};

/** (validation.IsDomainPrefixedPath) */
export const domainPath: Format = {
  allowed: 'a DNS subdomain, "/" and a path',
  example: '"example.com/ingress"',
  accepts: (text) => {
    const slash = text.indexOf('/');
    return dnsSubdomain.accepts(text.slice(0, Math.max(slash, 0))) && httpPath.test(text.slice(slash + 1));
  },
};

const httpPath = /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;

/** A host name of which the first label may be "*". (validation.IsWildcardDNS1123Subdomain) */
export const wildcardSubdomain: Format = {
  allowed: 'a DNS subdomain in lower case, whose first label may be "*"',
  example: '"*.example.org"',
  accepts: (text) => text.length <= 253 && dnsSubdomain.accepts(text.startsWith('*.') ? text.slice(2) : text),
};

/** By the names that schemas and CEL have for them. */
export const nameFormats: Readonly<Record<string, NameFormat>> = {
  'dns-subdomain': dnsSubdomain,
  'dns-label': dnsLabel,
  'dns-1035-label': dns1035Label,
  'path-segment': pathSegment,
  'label-value': labelValue,
};

/** What is wrong with the key of a label or annotation. */
export function keyFault(of: 'label' | 'annotation', key: string): string | undefined {
  const slash = key.indexOf('/');
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  const name = key.slice(slash + 1);
  if (prefix !== undefined) {
    // An annotation's prefix may have capitals.
    const wrong = dnsSubdomain.fault(of === 'annotation' ? prefix.toLowerCase() : prefix);
    if (wrong !== undefined) return `has a prefix that ${wrong}`;
  }
  if (name.length > 63) return `must have at most 63 characters${prefix === undefined ? '' : ' after the "/"'}`;
  if (qualifiedName.test(name)) return undefined;
  return 'must be letters, digits, "-", "_" and ".", beginning and ending with a letter or digit, with a DNS prefix and "/" before it or none';
}

/** Keys of labels, and what else Kubernetes calls a qualified name: conditions, gates, resources. (validation.IsQualifiedName) */
export const labelKey: Format = {
  allowed:
    'at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit, with a DNS prefix and "/" before it or none',
  example: '"app.kubernetes.io/name"',
  accepts: (text) => keyFault('label', text) === undefined,
};

const formatsOfKinds: Readonly<Record<string, NameFormat>> = {
  'v1 Namespace': dnsLabel,
  'v1 Service': dnsLabel,
  'apps/v1 StatefulSet': dnsLabel,
  'policy/v1 PodDisruptionBudget': pathSegment,
  'certificates.k8s.io/v1 CertificateSigningRequest': pathSegment,
  'apiregistration.k8s.io/v1 APIService': pathSegment,
  'coordination.k8s.io/v1beta1 LeaseCandidate': dataKey,
  'networking.k8s.io/v1 IPAddress': pathSegment,
  'rbac.authorization.k8s.io/v1 Role': pathSegment,
  'rbac.authorization.k8s.io/v1 ClusterRole': pathSegment,
  'rbac.authorization.k8s.io/v1 RoleBinding': pathSegment,
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding': pathSegment,
};

/**
 * The form of the names of a kind's objects.
 *
 * Source: the ValidateName functions of k8s.io/kubernetes pkg/apis; custom resources take DNS subdomains
 */
export function objectName(apiVersion: string, kind: string): NameFormat {
  const type = `${apiVersion} ${kind}`;
  return (Object.hasOwn(formatsOfKinds, type) && formatsOfKinds[type]) || dnsSubdomain;
}
