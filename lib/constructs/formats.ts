import type { IConstruct } from 'constructs';
import { refuse } from './input-error';

/** A form that a string must have: what accepts it, and how to say so. */
export interface Format {
  readonly allowed: string;
  readonly example: string;
  accepts(value: string): boolean;
}

// Compiled once: an app of a thousand objects asks for names tens of thousands of times.
const label = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

/** RFC 1123 label: names of Namespaces, Services, and most of what becomes part of a host name. */
export const dnsLabel: Format = {
  allowed:
    'a DNS-1123 label: lower-case letters, digits and "-", at most 63 characters, beginning and ending with a letter or digit',
  example: '"my-app"',
  accepts: (value) => value.length <= 63 && label.test(value),
};

/** RFC 1035 label: names of Services, which a digit may not begin. (core/v1 validation: ValidateServiceName) */
export const dns1035Label: Format = {
  allowed:
    'a DNS-1035 label: lower-case letters, digits and "-", at most 63 characters, beginning with a letter, ending with a letter or digit',
  example: '"my-app"',
  accepts: (value) => value.length <= 63 && /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(value),
};

/** RFC 1123 subdomain: the names of most Kubernetes objects (validation.IsDNS1123Subdomain). */
export const dnsSubdomain: Format = {
  allowed:
    'a DNS-1123 subdomain: lower-case letters, digits, "-" and ".", at most 253 characters, each part beginning and ending with a letter or digit',
  example: '"my-app"',
  accepts: (value) => value.length <= 253 && subdomain.test(value),
};

/** Names that a controller writes into labels of other objects, as Flux does with a Kustomization's. (fluxcd/pkg, ssa/manager.go) */
export const labelledName: Format = {
  allowed: dnsSubdomain.allowed.replace('253', '63'),
  example: '"my-app"',
  accepts: (value) => value.length <= 63 && dnsSubdomain.accepts(value),
};

/** A host name as HTTPRoute's spec.hostnames takes it: a subdomain, optionally with a leading wildcard label. */
export const hostname: Format = {
  allowed: 'a host name in lower case, without scheme, port or path',
  example: '"backstage.example.org"',
  accepts: (value) => dnsSubdomain.accepts(value.replace(/^\*\./, '')) && !/^[0-9.]+$/.test(value),
};

/** Durations in Flux's API (kustomizations: pattern of spec.interval). */
export const duration: Format = {
  allowed: 'a duration of numbers with the units ms, s, m or h, without spaces',
  example: '"1h" or "2m30s"',
  accepts: (value) => /^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/.test(value),
};

/** Kubernetes resource quantities (apimachinery resource.Quantity). */
export const quantity: Format = {
  allowed:
    'a Kubernetes quantity: a number with at most one unit of m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei, without spaces',
  example: '"10Gi"',
  accepts: (value) => /^([0-9]+(\.[0-9]*)?|\.[0-9]+)(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?[0-9]+)?$/.test(value),
};

/** Tags that move: what runs would then not be what the tree says. */
const floatingTags = new Set([
  'latest',
  'main',
  'master',
  'edge',
  'stable',
  'nightly',
  'dev',
  'develop',
  'next',
  'canary',
  'snapshot',
]);

/** An image whose tag or digest says which build runs. */
export const pinnedImage: Format = {
  allowed: `an image pinned by a digest or by a tag that does not move (not ${[...floatingTags].slice(0, 4).join(', ')}, …)`,
  example: '"ghcr.io/acme/app:1.4.2" or "ghcr.io/acme/app@sha256:<64 hex digits>"',
  accepts: (value) => {
    const [name = '', digest, ...rest] = value.split('@');
    if (rest.length > 0 || (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest))) return false;
    const colon = name.lastIndexOf(':');
    const tag = colon > name.lastIndexOf('/') ? name.slice(colon + 1) : undefined;
    const repository = tag === undefined ? name : name.slice(0, colon);
    if (!/^[a-z0-9][a-zA-Z0-9.-]*(:[0-9]+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/.test(repository)) return false;
    if (tag === undefined) return digest !== undefined;
    return /^[\w][\w.-]{0,127}$/.test(tag) && (digest !== undefined || !floatingTags.has(tag.toLowerCase()));
  },
};

/** A chart version that names one release: a range would let what runs change without a commit. */
export const pinnedVersion: Format = {
  allowed: 'one exact version, not a range',
  example: '"1.4.2"',
  accepts: (value) => /^v?[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/.test(value),
};

/** Keys of Secrets and ConfigMaps (validation.IsConfigMapKey). */
export const dataKey: Format = {
  allowed: 'letters, digits, "-", "_" and ".", at most 253 characters',
  example: '"API_TOKEN"',
  accepts: (value) =>
    value.length <= 253 && /^[-._a-zA-Z0-9]+$/.test(value) && !/^\.\.?$/.test(value) && !value.startsWith('..'),
};

/** Names of environment variables as a shell and most programs take them. */
export const environmentName: Format = {
  allowed: 'letters, digits and "_", not beginning with a digit',
  example: '"POSTGRES_HOST"',
  accepts: (value) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(value),
};

/** Names of Flux's postBuild variables: any other fails the whole build. (fluxcd/pkg, kustomize_varsub.go) */
export const substitutionName: Format = {
  allowed: 'letters, digits and "_", not beginning with a digit: Flux fails the whole build otherwise',
  example: '"cluster_domain"',
  accepts: environmentName.accepts,
};

/** A path below the folder that it stands in. */
export const relativePath: Format = {
  allowed: 'a relative path of plain segments separated by "/", without "..", "." or an empty segment',
  example: '"kubernetes/apps"',
  accepts: (value) =>
    value.length > 0 &&
    value.split('/').every((segment) => /^[^\\/:*?"<>|\p{Cc}]+$/u.test(segment) && !/^\.{1,2}$/.test(segment)),
};

/** An id that becomes a file's or a folder's name. */
export const fileName: Format = {
  allowed: 'a name for a file or folder: letters, digits, "-", "_" and ".", not beginning with "."',
  example: '"secret-externalsecret"',
  accepts: (value) => value.length <= 200 && /^[A-Za-z0-9_][-._A-Za-z0-9]*$/.test(value),
};

/** PostgreSQL identifiers that need no quotes anywhere; CNPG accepts at most 63 characters. */
export const postgresIdentifier: Format = {
  allowed:
    'a PostgreSQL name: lower-case letters, digits and "_", beginning with a letter or "_", at most 63 characters',
  example: '"backstage"',
  accepts: (value) => value.length <= 63 && /^[a-z_][a-z0-9_]*$/.test(value),
};

/** An address with a scheme, as Vault's and registries' clients want it. */
export const httpUrl: Format = {
  allowed: 'an address that begins with http:// or https://, without a trailing "/"',
  example: '"https://service.example.org:8443"',
  accepts: (value) => /^https?:\/\/[^\s/]+(\/[^\s]*[^\s/])?$/.test(value),
};

/** What a thing is for, as people read it. */
export const descriptionText: Format = {
  allowed: 'a text of one line and at most 500 characters, without white space at its ends',
  example: '"The portal where developers find services and their documentation"',
  accepts: (value) =>
    value !== '' && value === value.trim() && value.length <= 500 && !/[\p{Cc}\u2028\u2029]/u.test(value),
};

/** One of a few words. */
export function oneOf(...values: readonly string[]): Format {
  return {
    allowed: `one of ${values.join(', ')}`,
    example: `"${values[0]}"`,
    accepts: (value) => values.includes(value),
  };
}

/**
 * Returns an object that must be given, such as a construct or a handle: JavaScript does not ask for it.
 *
 * @throws EspalierError that names the construct, the field, what is allowed and an example.
 */
export function requireObject<T extends object>(
  scope: IConstruct,
  field: string,
  value: T | undefined,
  { allowed, example }: { readonly allowed: string; readonly example: string },
): T {
  if (typeof value === 'object' && value !== null) return value;
  return refuse(scope, { field, value: value ?? undefined, allowed, example });
}

/**
 * Returns the value when it has the format.
 *
 * @throws EspalierError that names the construct, the field, the value, what is allowed and an example.
 */
export function requireFormat(scope: IConstruct, field: string, value: string, format: Format): string {
  if (typeof value !== 'string' || !format.accepts(value)) {
    refuse(scope, { field, value, allowed: format.allowed, example: format.example });
  }
  return value;
}

/** The same for a value that may be left out. */
export function optionalFormat(
  scope: IConstruct,
  field: string,
  value: string | undefined,
  format: Format,
): string | undefined {
  return value === undefined ? undefined : requireFormat(scope, field, value, format);
}

/** Returns the number when it is whole and within the bounds, both included. */
export function requireInteger(
  scope: IConstruct,
  field: string,
  value: number,
  lowest: number,
  highest = Number.MAX_SAFE_INTEGER,
): number {
  if (!Number.isInteger(value) || value < lowest || value > highest) {
    const upTo = highest === Number.MAX_SAFE_INTEGER ? '' : ` and at most ${highest}`;
    refuse(scope, { field, value, allowed: `a whole number of at least ${lowest}${upTo}`, example: String(lowest) });
  }
  return value;
}
