import { deepEqual } from '../../json/deep-equal';
import type { Json, JsonObject } from '../../json/json';
import { pinnedVersion } from '../../systems/release';
import type { Drafting, Said } from '../draft';
import { Call, type Code, type CodeObject, Handle, plainOf } from '../program';
import { filledIn } from '../variables';
import type { Lift } from './form';
import { fieldsOf, isBeside, isText, metadataProps, objectIn, overDefaults, restOf } from './said';

/** Kinds of Flux that constructs say. */
export const flux: Readonly<Record<string, Lift>> = {
  'kustomize.toolkit.fluxcd.io/Kustomization': kustomization,
  'helm.toolkit.fluxcd.io/HelmRelease': helmRelease,
  'source.toolkit.fluxcd.io/GitRepository': (drafting) => source('GitRepository', drafting),
  'source.toolkit.fluxcd.io/OCIRepository': (drafting) => source('OciRepository', drafting),
  'source.toolkit.fluxcd.io/HelmRepository': (drafting) => source('HelmRepository', drafting),
  'source.toolkit.fluxcd.io/Bucket': (drafting) => source('Bucket', drafting),
};

/** Fields of a Kustomization's spec that are properties of their own and have no default. */
const plainFields = [
  ...['suspend', 'force', 'healthChecks', 'healthCheckExprs', 'targetNamespace', 'postBuild'],
  ...['decryption', 'deletionPolicy', 'patches', 'components'],
];

/** Where it stands and what it applies is for who knows the folders (compose.ts). */
function kustomization(drafting: Drafting): Said | undefined {
  const { defaults } = drafting;
  const metadata = metadataProps(drafting);
  const spec = objectIn(drafting.value.spec);
  if (metadata === undefined || spec === undefined) return undefined;
  const { dependsOn, sourceRef, path, wait } = spec;
  const byDefault = {
    interval: '1h',
    retryInterval: '2m',
    timeout: '5m',
    prune: true,
    wait: spec.healthChecks === undefined,
  };
  const waits = wait === true || spec.healthChecks !== undefined;
  const rest = restOf(spec, [...Object.keys(byDefault), ...plainFields, 'dependsOn', 'sourceRef', 'path']);
  const props: CodeObject = {
    ...metadata,
    ...overDefaults(spec, byDefault, defaults),
    ...fieldsOf(spec, plainFields),
    // They are derived for what is waited for.
    ...(defaults && waits && spec.healthCheckExprs === undefined && { healthCheckExprs: null }),
    ...(dependsOn !== undefined && { dependsOn: { exactly: dependencies(drafting, dependsOn) } }),
    ...(defaults && dependsOn === undefined && { dependsOn: null }),
    ...ofSource(drafting, sourceRef),
    applies: path ?? null,
    ...(rest && { spec: plainOf(rest) as CodeObject }),
  };
  return { className: 'FluxKustomization', props };
}

/** A construct stands for an entry; its namespace is written unless it is told otherwise. */
function dependencies(drafting: Drafting, entries: Code): Code {
  if (!Array.isArray(entries)) return entries;
  return (entries as readonly Code[]).map((entry) => {
    const { name, namespace, ...others } = objectIn(entry) ?? {};
    const plain = plainOf(entry);
    const said = filledIn(plain as Code);
    if (!(name instanceof Handle) || name.to.className !== 'FluxKustomization') return said;
    if (!isNamedRight(drafting, name, namespace)) return said;
    if (namespace === undefined) return { name, namespace: null, ...others } as CodeObject;
    return Object.keys(others).length === 0 ? new Handle(name.to, plain, said) : ({ name, ...others } as CodeObject);
  });
}

/** What of the cluster's source is another: a construct, or a name. */
function ofSource(drafting: Drafting, code: Code | undefined): CodeObject {
  // Null leaves a namespace out.
  const source = code === undefined ? null : { namespace: null, ...(plainOf(code) as JsonObject) };
  if (deepEqual(source, drafting.source)) return {};
  if (code === undefined) return { sourceRef: null };
  const { kind, name, namespace, ...others } = objectIn(code) ?? {};
  if (Object.keys(others).length > 0) return { sourceRef: code };
  const plain = plainOf(name ?? null);
  const said = source as CodeObject;
  const isRight = name instanceof Handle && isNamedRight(drafting, name, namespace);
  if (!isRight || !isSource(name) || writesOwn(drafting, name, namespace)) return { sourceRef: said };
  return { sourceRef: new Handle(name.to, plain, said) };
}

function isSource({ to }: Handle): boolean {
  return ['GitRepository', 'OciRepository', 'HelmRepository', 'Bucket'].includes(to.className);
}

const required: Readonly<Record<string, readonly string[]>> = {
  GitRepository: ['interval', 'url'],
  OciRepository: ['interval', 'url'],
  HelmRepository: ['url'],
  Bucket: ['bucketName', 'endpoint', 'interval'],
};

function source(className: string, drafting: Drafting): Said | undefined {
  const metadata = metadataProps(drafting);
  const { spec, apiVersion, kind: _kind, metadata: _metadata, ...others } = drafting.value;
  if (metadata === undefined || objectIn(spec) === undefined || Object.keys(others).length > 0) return undefined;
  if (apiVersion !== 'source.toolkit.fluxcd.io/v1') return undefined;
  // What patches add is not known here, and types ask for it.
  if (required[className]?.some((field) => objectIn(spec)?.[field] === undefined)) return undefined;
  return { className, props: { ...metadata, spec } as CodeObject };
}

const releaseDefaults = {
  interval: '1h',
  install: { crds: 'CreateReplace', remediation: { retries: 3 } },
  upgrade: { crds: 'CreateReplace', cleanupOnFail: true, remediation: { retries: 3 } },
};

function helmRelease(drafting: Drafting): Said | undefined {
  const metadata = metadataProps(drafting);
  const spec = objectIn(drafting.value.spec);
  if (metadata === undefined || spec === undefined || drafting.value.apiVersion !== 'helm.toolkit.fluxcd.io/v2')
    return undefined;
  const { chart, chartRef, values, valuesFrom, dependsOn, ...others } = spec;
  const { interval, ...more } = overDefaults(others, releaseDefaults, drafting.defaults);
  const rest = plainOf({ ...more, ...restOf(others, Object.keys(releaseDefaults)) }) as CodeObject;
  const located = chartRef === undefined ? ofRepository(drafting, chart) : ofArtifact(drafting, chart, chartRef);
  const said = located ?? { chart: null, spec: plainOf({ ...(chart && { chart }), ...(chartRef && { chartRef }) }) };
  const all = { ...((said.spec as CodeObject | undefined) ?? {}), ...rest };
  const props: CodeObject = {
    ...metadata,
    ...(said as CodeObject),
    ...(interval !== undefined && { interval }),
    ...(dependsOn !== undefined && { dependsOn: releases(drafting, dependsOn) }),
    ...(valuesFrom !== undefined && { valuesFrom }),
    ...(values !== undefined && { values }),
    ...(Object.keys(all).length > 0 && { spec: all as CodeObject }),
  };
  return { className: 'HelmRelease', props };
}

/** Where a chart is, by its source; undefined for what says more than that. */
function ofArtifact(drafting: Drafting, chart: Code | undefined, chartRef: Code): CodeObject | undefined {
  const { kind, name, namespace, ...others } = objectIn(chartRef) ?? {};
  if (chart !== undefined || Object.keys(others).length > 0) return undefined;
  const plain = plainOf(name ?? null);
  const isArtifact = kind === 'OCIRepository' && typeof plain === 'string';
  const artifact = isArtifact ? named('OciRepository', plain, namespace) : undefined;
  if (name instanceof Handle && name.to.className === 'OciRepository' && isNamedRight(drafting, name, namespace)) {
    return {
      chart: { ref: new Handle(name.to, plainOf(chartRef), artifact) },
      ...(writesOwn(drafting, name, namespace) && { spec: { chartRef: { namespace } } as CodeObject }),
    };
  }
  return artifact && { chart: { ref: artifact } };
}

const classOf: Readonly<Record<string, string>> = {
  HelmRepository: 'HelmRepository',
  GitRepository: 'GitRepository',
  Bucket: 'Bucket',
};

function ofRepository(drafting: Drafting, chart: Code | undefined): CodeObject | undefined {
  const { chart: chartName, version, sourceRef, ...others } = objectIn(objectIn(chart)?.spec) ?? {};
  const { kind, name, namespace, ...unknown } = objectIn(sourceRef) ?? {};
  const className = classOf[String(kind)];
  if (className === undefined || !isText(chartName) || Object.keys(unknown).length > 0) return undefined;
  if (Object.keys(objectIn(chart) ?? {}).length > 1) return undefined;
  const plain = plainOf(name as Code);
  const isHandle = name instanceof Handle && name.to.className === className && isNamedRight(drafting, name, namespace);
  if (!isHandle && typeof plain !== 'string') return undefined;
  const own = isHandle && writesOwn(drafting, name, namespace) ? { sourceRef: { namespace } } : {};
  const more = { ...others, ...own } as CodeObject;
  const repository = named(className, plain as string, namespace);
  return {
    chart: { ref: isHandle ? new Handle(name.to, plain, repository) : repository, name: chartName },
    ...(version !== undefined && {
      version: typeof version === 'string' && pinnedVersion.accepts(version) ? version : { range: version },
    }),
    ...(Object.keys(more).length > 0 && { spec: { chart: { spec: more } } as CodeObject }),
  };
}

/** Whether a name leads to the construct: of one in another namespace only with that. */
function isNamedRight(drafting: Drafting, name: Handle, namespace: Code | undefined): boolean {
  return namespace !== undefined || isBeside(drafting, name);
}

/** Whether the object says a namespace that the construct would leave out: its own. */
function writesOwn(drafting: Drafting, name: Handle, namespace: Code | undefined): boolean {
  return namespace !== undefined && isBeside(drafting, name);
}

/** A source that no construct makes. */
function named(className: string, name: string, namespace: Code | undefined): Call {
  return new Call(`${className}.named`, [filledIn(name), ...(namespace === undefined ? [] : [{ namespace }])], null);
}

/** A construct stands for an entry of dependsOn where it is a release. */
function releases(drafting: Drafting, entries: Code): Code {
  if (!Array.isArray(entries)) return entries;
  return (entries as readonly Code[]).map((entry) => {
    const { name, namespace, ...others } = objectIn(entry) ?? {};
    const plain = plainOf(entry) as Code;
    if (!(name instanceof Handle) || name.to.className !== 'HelmRelease') return plain;
    if (!isNamedRight(drafting, name, namespace)) return plain;
    if (writesOwn(drafting, name, namespace)) return { name, namespace, ...others } as CodeObject;
    return Object.keys(others).length === 0
      ? new Handle(name.to, plain as Json, plain)
      : ({ name, ...others } as CodeObject);
  });
}
