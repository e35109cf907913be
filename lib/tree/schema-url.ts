import { isJsonObject, type Json } from '../json/json';

/**
 * The Flux ecosystem catalog: built-in kinds, Flux, External Secrets and its generators, CloudNativePG and its Barman plugin,
 * Gateway API, and many more from one host, refreshed daily. Its layout is flux-schema's default, all in lower case, the core
 * group as `core`.
 *
 * Sources: https://github.com/controlplaneio-fluxcd/schema-catalog (README; catalog/core/secret_v1.json and its siblings) and
 * https://fluxcd.io/flux/cli-plugins/flux-schema/custom-schema-catalog/ (layout).
 */
export const defaultSchemaHost = 'https://schemas.fluxoperator.dev/catalog/{group}/{kind}_{version}.json';

/** kustomization.yaml is no API object, so that no catalog of CRDs has it; SchemaStore keeps its schema. */
const kustomization = 'https://json.schemastore.org/kustomization';

/** Where schemas are: a URL for all kinds, or false for none; or that by kind. */
export type SchemaHost = string | false | Readonly<Record<string, string | false>>;

/** What SchemaHost calls a kind: `helm.toolkit.fluxcd.io/HelmRelease`, `ConfigMap`; undefined for what has none. */
export function schemaKind(document: Json): string | undefined {
  if (!isJsonObject(document)) return undefined;
  const { apiVersion, kind } = document;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const [, group] = apiVersion.split('/').reverse();
  return group === undefined ? kind : `${group}/${kind}`;
}

/**
 * The JSON schema of a document, for editors that have the YAML language server; undefined when it has no apiVersion and kind.
 *
 * @param host a URL with `{group}`, `{kind}` and `{version}`, all filled in lower case; one without any is taken for the root
 *   of a catalog in flux-schema's layout, but for one of a single kind; by kind, `*` is for all others
 */
export function schemaUrl(document: Json, host: SchemaHost = defaultSchemaHost): string | undefined {
  const name = schemaKind(document);
  if (!isJsonObject(document) || name === undefined) return undefined;
  const [version = '', group = 'core'] = String(document.apiVersion).toLowerCase().split('/').reverse();
  const parts = { group, kind: String(document.kind).toLowerCase(), version };
  if (!Object.values(parts).every((part) => /^[a-z0-9][a-z0-9.-]*$/.test(part))) return undefined;
  const filled = (template: string) =>
    template.replace(/\{(group|kind|version)\}/g, (_, part: keyof typeof parts) => parts[part]);
  const own = typeof host === 'object' && Object.hasOwn(host, name) ? host[name] : undefined;
  if (own !== undefined) return own === false ? undefined : filled(own);
  const all = typeof host === 'object' ? (host['*'] ?? defaultSchemaHost) : host;
  if (all === false) return undefined;
  if (group === 'kustomize.config.k8s.io') return parts.kind === 'kustomization' ? kustomization : undefined;
  return filled(
    /\{(?:group|kind|version)\}/.test(all) ? all : `${all.replace(/\/+$/, '')}/{group}/{kind}_{version}.json`,
  );
}
