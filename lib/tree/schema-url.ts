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

/**
 * The JSON schema of a document, for editors that have the YAML language server; undefined when it has no apiVersion and kind.
 *
 * @param host a URL with `{group}`, `{kind}` and `{version}`, all filled in lower case; one without any is taken for the root
 *   of a catalog in flux-schema's layout
 */
export function schemaUrl(document: Json, host: string = defaultSchemaHost): string | undefined {
  if (!isJsonObject(document)) return undefined;
  const { apiVersion, kind } = document;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const [version = '', group = 'core'] = apiVersion.toLowerCase().split('/').reverse();
  const parts = { group, kind: kind.toLowerCase(), version };
  if (!Object.values(parts).every((part) => /^[a-z0-9][a-z0-9.-]*$/.test(part))) return undefined;
  if (group === 'kustomize.config.k8s.io') return parts.kind === 'kustomization' ? kustomization : undefined;
  const template = /\{(?:group|kind|version)\}/.test(host)
    ? host
    : `${host.replace(/\/+$/, '')}/{group}/{kind}_{version}.json`;
  return template.replace(/\{(group|kind|version)\}/g, (_, part: keyof typeof parts) => parts[part]);
}
