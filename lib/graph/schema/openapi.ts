import { isJsonObject, type Json, type JsonObject } from '../../json/json';

/** The OpenAPI of a release of Kubernetes: `api/openapi-spec/swagger.json` of its sources. */
export interface OpenApi {
  /** 36 of Kubernetes 1.36. */
  readonly minor: number;
  readonly definitions: Readonly<Record<string, Definition>>;
}

type Definition = JsonObject & { readonly properties?: Readonly<Record<string, JsonObject>> };

/** A kind of Kubernetes' own in a version, with the releases that serve it. */
export interface OwnKind {
  readonly group: string;
  readonly kind: string;
  readonly version: string;
  /** The release that it came with; undefined where the oldest release that is known has it. */
  readonly since: number | undefined;
  /** The first release without it. */
  readonly until: number | undefined;
  /** A JSON Schema; `x-since` and `x-until` of a field are the releases that it came and went with. */
  readonly schema: JsonObject;
}

/** The kinds of all these releases, each as the newest one has it that does. */
export function ownKinds(releases: readonly OpenApi[]): OwnKind[] {
  const sorted = [...releases].sort((a, b) => a.minor - b.minor);
  const definitions: Record<string, JsonObject> = {};
  for (const { definitions: names } of sorted) for (const name of Object.keys(names)) definitions[name] ??= {};
  for (const name of Object.keys(definitions)) definitions[name] = overReleases(name, sorted);
  return Object.entries(definitions).flatMap(([name, definition]) =>
    kindsOf(definition).map(({ group, kind, version }) => ({
      group,
      kind,
      version,
      ...lifetime(sorted, ({ definitions: of }) => kindsOf(of[name]).some((one) => one.kind === kind)),
      schema: { $ref: `#/definitions/${name}`, definitions },
    })),
  );
}

/** A definition with the fields that it ever had. */
function overReleases(name: string, releases: readonly OpenApi[]): JsonObject {
  const having = releases.filter(({ definitions }) => definitions[name] !== undefined);
  const newest = having.at(-1)?.definitions[name] ?? {};
  if (special[name] !== undefined) return special[name];
  const fields: Record<string, JsonObject> = {};
  for (const { definitions } of having) {
    for (const [field, schema] of Object.entries(definitions[name]?.properties ?? {})) {
      const { since, until } = lifetime(having, (of) => of.definitions[name]?.properties?.[field] !== undefined);
      fields[field] = {
        ...schema,
        ...(since !== undefined && { 'x-since': since }),
        ...(until !== undefined && { 'x-until': until }),
      };
    }
  }
  if (Object.keys(fields).length === 0) return newest;
  const { required: all, ...rest } = newest;
  const required = Array.isArray(all) ? all.filter((field) => !notAsked[name]?.includes(String(field))) : [];
  return { ...rest, ...(required.length > 0 && { required }), properties: fields, additionalProperties: false };
}

/**
 * Fields that are required by the OpenAPI, of which the API server takes an empty value, which is what it reads where there is none.
 * Seen with kube-apiserver 1.36.3.
 */
const notAsked: Readonly<Record<string, readonly string[]>> = {
  'io.k8s.api.batch.v1.PodFailurePolicy': ['rules'],
  'io.k8s.api.core.v1.HTTPHeader': ['value'],
  'io.k8s.api.core.v1.ISCSIPersistentVolumeSource': ['lun'],
  'io.k8s.api.core.v1.ISCSIVolumeSource': ['lun'],
  'io.k8s.api.core.v1.LimitRangeSpec': ['limits'],
  'io.k8s.api.core.v1.PreferredSchedulingTerm': ['preference'],
  'io.k8s.api.core.v1.SleepAction': ['seconds'],
  'io.k8s.api.core.v1.Sysctl': ['value'],
  'io.k8s.api.discovery.v1.ForZone': ['name'],
  'io.k8s.api.storage.v1.TokenRequest': ['audience'],
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion': ['served'],
};

/** From which release on something is there, and from which on no more; undefined where it is from the first or to the last. */
function lifetime(releases: readonly OpenApi[], has: (release: OpenApi) => boolean) {
  const first = releases.findIndex(has);
  const last = releases.findLastIndex(has);
  return {
    since: first > 0 ? releases[first]?.minor : undefined,
    until: last < releases.length - 1 ? releases[last + 1]?.minor : undefined,
  };
}

/** Those that are objects: they have the metadata of one. */
function kindsOf(definition: JsonObject | undefined): { group: string; kind: string; version: string }[] {
  const { metadata } = (definition?.properties ?? {}) as Record<string, Json>;
  if (!isJsonObject(metadata) || !String(metadata.$ref).endsWith('.ObjectMeta')) return [];
  return (definition?.['x-kubernetes-group-version-kind'] ?? []) as unknown as ReturnType<typeof kindsOf>;
}

/**
 * What is written in another way than its definition says. A quantity may be a number, too (`cpu: 1`, `cpu: 0.5`).
 *
 * Source: k8s.io/apimachinery pkg/api/resource/quantity.go (UnmarshalJSON)
 */
const special: Readonly<Record<string, JsonObject>> = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': {
    type: ['string', 'number'],
    pattern:
      '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$',
  },
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { type: ['string', 'integer'] },
};
