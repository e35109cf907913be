import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { at, listAt, objectAt, textAt } from '../../json/read';
import type { GroupKind } from '../api-version';
import { groupKind } from '../api-version';
import { hasTrait, podTemplatePath } from '../kinds/kinds';
import { pullPolicyOf } from './defaults';

/** A field that Kubernetes fills in where it is missing. */
type Filled = Readonly<Record<string, Json | undefined>>;

/** The groups whose kinds the API server has without a definition. */
const builtIn = new Set([
  ...['', 'apps', 'batch', 'autoscaling', 'policy'],
  ...'admissionregistration apiextensions apiregistration certificates coordination discovery events networking node rbac.authorization resource scheduling storage'
    .split(' ')
    .map((name) => `${name}.k8s.io`),
  'flowcontrol.apiserver.k8s.io',
]);

export function isBuiltIn({ group }: GroupKind): boolean {
  return builtIn.has(group);
}

/**
 * An object of Kubernetes' own kinds as admission plugins see it when it is created: with what is filled in, without what says nothing
 * (`hostNetwork: false`, an empty list). Not with what is allocated: a cluster IP, the selector of a Job, storage classes.
 *
 * Source: kubernetes 1.36 pkg/apis/{core,apps,batch,networking,autoscaling,rbac}/v1/defaults.go; k8s.io/api 0.36 for what is left out.
 * test/apiserver/admitted.long.test.ts compares it with what a server says.
 */
export function admitted(kind: GroupKind, object: JsonObject): JsonObject {
  const path = podTemplatePath(kind);
  const reduced = reduce(groupKind(kind) === '/Secret' ? encoded(object) : object) as JsonObject;
  const whole =
    path === undefined ? reduced : changed(reduced, path, (template) => podOf(template, kind, path.length > 0));
  return { ...ofKind(kind, whole), metadata: metadataOf(kind, whole) };
}

/** The texts of a Secret become data. */
function encoded(secret: JsonObject): JsonObject {
  const { stringData, ...rest } = secret;
  const texts = Object.entries(objectAt(stringData) ?? {}).map(([key, text]) => [
    key,
    Buffer.from(String(text)).toString('base64'),
  ]);
  return { ...rest, data: { ...objectAt(secret, 'data'), ...Object.fromEntries(texts) } };
}

function metadataOf({ group, kind }: GroupKind, { metadata, spec }: JsonObject): Json {
  const template = objectAt(spec, 'template');
  const own = objectAt(metadata) ?? {};
  const isJob = group === 'batch' && kind === 'Job';
  if ((isJob || kind === 'ReplicationController') && own.labels === undefined) {
    const { name = '' } = own;
    // Its selector and the labels of its pods are made before it is judged (pkg/registry/batch/job/strategy.go).
    const made = {
      'batch.kubernetes.io/controller-uid': '',
      'batch.kubernetes.io/job-name': name,
      'controller-uid': '',
      'job-name': name,
    };
    return {
      ...own,
      labels: {
        ...objectAt(template, 'metadata', 'labels'),
        ...(isJob && at(spec, 'manualSelector') !== true && made),
      },
    };
  }
  if (group !== '' || kind !== 'Namespace') return own;
  return { ...own, labels: { ...objectAt(own, 'labels'), 'kubernetes.io/metadata.name': own.name ?? '' } };
}

/** Fields that are not there where they are false or 0; of all others, pointers, a false or 0 is kept. */
const dropped = new Set(
  'clusterScope globalDefault healthCheckNodePort hostIPC hostNetwork hostPID hostPort initialDelaySeconds minReadySeconds nodePort paused publishNotReadyAddresses readOnly stdin stdinOnce tty unschedulable'.split(
    ' ',
  ),
);
/** Texts that are there although they are empty: pointers. */
const keptEmpty = new Set(['storageClassName', 'volumeAttributesClassName', 'apiGroup']);
/** Objects that are there although they are empty: all that are no maps. */
const maps = new Set(
  'annotations binaryData data labels limits matchLabels nodeSelector overhead parameters requests selector stringData'.split(
    ' ',
  ),
);
/** Lists of which an empty one is there: they have no omitempty. */
const keptLists = new Set(['rules', 'containers']);
/** Maps whose values are quantities, which become texts. */
const quantities = new Set([
  'limits',
  'requests',
  'capacity',
  'hard',
  'overhead',
  'default',
  'defaultRequest',
  'max',
  'min',
]);

function reduce(value: Json, name = ''): Json {
  if (Array.isArray(value)) return value.map((item) => reduce(item));
  if (!isJsonObject(value)) return value;
  const kept: Record<string, Json> = {};
  for (const [key, item] of Object.entries(value)) {
    if (item === null || (dropped.has(key) && (item === false || item === 0))) continue;
    // Of labels and the like every text is one that somebody gave.
    if (item === '' && !maps.has(name) && !keptEmpty.has(key)) continue;
    if (Array.isArray(item) && item.length === 0 && !keptLists.has(key)) continue;
    if (maps.has(key) && isJsonObject(item) && Object.keys(item).length === 0) continue;
    kept[key] = quantities.has(name) && typeof item === 'number' ? String(item) : reduce(item, key);
  }
  return kept;
}

function withDefaults(object: JsonObject, defaults: Filled): JsonObject {
  return { ...(defaults as JsonObject), ...object };
}

/** The object with another value at a path, where there is an object. */
function changed(
  object: JsonObject,
  [step, ...rest]: readonly string[],
  change: (value: JsonObject) => JsonObject,
): JsonObject {
  if (step === undefined) return change(object);
  const inner = objectAt(object, step);
  return inner === undefined ? object : { ...object, [step]: changed(inner, rest, change) };
}

/** The object with each item of a list changed, where there is that list. */
function eachOf(object: JsonObject, field: string, change: (item: JsonObject) => JsonObject): JsonObject {
  if (!Array.isArray(object[field])) return object;
  return { ...object, [field]: listAt(object, field).map((item) => (isJsonObject(item) ? change(item) : item)) };
}

function podOf(template: JsonObject, kind: GroupKind, isTemplate: boolean): JsonObject {
  const spec = objectAt(template, 'spec');
  if (spec === undefined) return template;
  const filled = withDefaults(spec, {
    ...(kind.group === 'batch' ? {} : { restartPolicy: 'Always' }),
    ...(isTemplate ? {} : { enableServiceLinks: true }),
    dnsPolicy: 'ClusterFirst',
    terminationGracePeriodSeconds: 30,
    securityContext: {},
    schedulerName: 'default-scheduler',
    ...(typeof spec.serviceAccountName === 'string' ? { serviceAccount: spec.serviceAccountName } : {}),
    ...(typeof spec.serviceAccount === 'string' ? { serviceAccountName: spec.serviceAccount } : {}),
  });
  const containers = ['initContainers', 'containers'].reduce(
    (pod, field) => eachOf(pod, field, (container) => containerOf(container, spec.hostNetwork === true, isTemplate)),
    filled,
  );
  return { ...withDefaults(template, { metadata: {} }), spec: eachOf(containers, 'volumes', volumeOf) };
}

function containerOf(container: JsonObject, usesHost: boolean, isTemplate: boolean): JsonObject {
  const image = textAt(container, 'image');
  const filled = withDefaults(container, {
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    ...(image === undefined ? {} : { imagePullPolicy: pullPolicyOf(image) }),
  });
  const ports = eachOf(filled, 'ports', (port) =>
    withDefaults(port, { protocol: 'TCP', ...(usesHost ? { hostPort: port.containerPort ?? 0 } : {}) }),
  );
  const probed = ['livenessProbe', 'readinessProbe', 'startupProbe'].reduce(
    (whole, field) => changed(whole, [field], probeOf),
    ports,
  );
  const hooked = ['postStart', 'preStop'].reduce(
    (whole, hook) => changed(whole, ['lifecycle', hook, 'httpGet'], httpGetOf),
    probed,
  );
  const named = eachOf(hooked, 'env', (entry) => changed(entry, ['valueFrom', 'fieldRef'], fieldRefOf));
  return isTemplate ? named : changed(named, ['resources'], requestsOf);
}

function probeOf(probe: JsonObject): JsonObject {
  const filled = withDefaults(probe, {
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  });
  return changed(changed(filled, ['httpGet'], httpGetOf), ['grpc'], (grpc) => withDefaults(grpc, { service: '' }));
}

function httpGetOf(get: JsonObject): JsonObject {
  return withDefaults(get, { path: '/', scheme: 'HTTP' });
}

function fieldRefOf(reference: JsonObject): JsonObject {
  return withDefaults(reference, { apiVersion: 'v1' });
}

/** Of a pod, but not of a template. */
function requestsOf(resources: JsonObject): JsonObject {
  const limits = objectAt(resources, 'limits');
  return limits === undefined
    ? resources
    : { ...resources, requests: { ...limits, ...objectAt(resources, 'requests') } };
}

function volumeOf(volume: JsonObject): JsonObject {
  const sources = Object.keys(volume).filter((field) => field !== 'name');
  if (sources.length === 0) return { ...volume, emptyDir: {} };
  const moded = ['secret', 'configMap', 'projected', 'downwardAPI'].reduce(
    (whole, source) => changed(whole, [source], (found) => withDefaults(found, { defaultMode: 420 })),
    volume,
  );
  const typed = changed(moded, ['hostPath'], (found) => withDefaults(found, { type: '' }));
  const items = changed(typed, ['downwardAPI'], (found) =>
    eachOf(found, 'items', (item) => changed(item, ['fieldRef'], fieldRefOf)),
  );
  return changed(items, ['projected'], (found) =>
    eachOf(found, 'sources', (source) =>
      changed(source, ['serviceAccountToken'], (token) => withDefaults(token, { expirationSeconds: 3600 })),
    ),
  );
}

const rolling: Readonly<Record<string, Filled>> = {
  Deployment: { maxUnavailable: '25%', maxSurge: '25%' },
  DaemonSet: { maxUnavailable: 1, maxSurge: 0 },
  StatefulSet: { partition: 0 },
};

function ofKind(gk: GroupKind, object: JsonObject): JsonObject {
  const { kind } = gk;
  const own: Readonly<Record<string, () => Filled>> = {
    'apps/Deployment': () => ({ progressDeadlineSeconds: 600 }),
    'apps/StatefulSet': () => ({
      podManagementPolicy: 'OrderedReady',
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    }),
    'batch/Job': () => ({
      completionMode: 'NonIndexed',
      suspend: false,
      backoffLimit: 6,
      podReplacementPolicy: at(object, 'spec', 'podFailurePolicy') === undefined ? 'TerminatingOrFailed' : 'Failed',
      ...(at(object, 'spec', 'completions') === undefined && at(object, 'spec', 'parallelism') === undefined
        ? { completions: 1 }
        : {}),
      parallelism: 1,
    }),
    'batch/CronJob': () => ({
      concurrencyPolicy: 'Allow',
      suspend: false,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 1,
    }),
    'autoscaling/HorizontalPodAutoscaler': () => ({ minReplicas: 1 }),
    '/Service': () => serviceDefaults(objectAt(object, 'spec') ?? {}),
    '/PersistentVolumeClaim': () => ({ volumeMode: 'Filesystem' }),
    '/Namespace': () => ({ finalizers: ['kubernetes'] }),
    'networking.k8s.io/NetworkPolicy': () => ({
      policyTypes: at(object, 'spec', 'egress') === undefined ? ['Ingress'] : ['Ingress', 'Egress'],
    }),
  };
  const filled: Filled = {
    ...own[groupKind(gk)]?.(),
    ...(hasTrait(gk, 'scaled') ? { replicas: 1 } : {}),
    ...(hasTrait(gk, 'rolls-out') ? { revisionHistoryLimit: 10 } : {}),
  };
  const spec = objectAt(object, 'spec');
  const status = objectAt(object, 'status');
  const whole = {
    ...(groupKind(gk) === '/Secret' ? { type: 'Opaque' } : {}),
    ...object,
    ...(status === undefined && hasStatus(gk) ? { status: {} } : {}),
    ...(spec === undefined && groupKind(gk) !== '/Namespace' ? {} : { spec: withDefaults(spec ?? {}, filled) }),
  };
  const ported = eachIn(whole, ['spec'], 'ports', (port) =>
    kind === 'Service' ? withDefaults(port, { protocol: 'TCP', targetPort: port.port ?? 0 }) : port,
  );
  return hasTrait(gk, 'rolls-out') ? changed(ported, ['spec'], (own) => strategyOf(own, kind)) : ported;
}

function hasStatus(kind: GroupKind): boolean {
  return (
    hasTrait(kind, 'rolls-out') ||
    ['/Service', '/Pod', '/Namespace', 'batch/Job', 'batch/CronJob'].includes(groupKind(kind))
  );
}

function eachIn(
  object: JsonObject,
  path: readonly string[],
  field: string,
  change: (item: JsonObject) => JsonObject,
): JsonObject {
  return changed(object, path, (inner) => eachOf(inner, field, change));
}

function serviceDefaults(spec: JsonObject): Filled {
  const { type = 'ClusterIP' } = spec;
  const isOpen = type === 'NodePort' || type === 'LoadBalancer';
  return {
    type,
    sessionAffinity: 'None',
    ...(type === 'ExternalName' ? {} : { internalTrafficPolicy: 'Cluster' }),
    ...(isOpen ? { externalTrafficPolicy: 'Cluster' } : {}),
    ...(type === 'LoadBalancer' ? { allocateLoadBalancerNodePorts: true } : {}),
  };
}

function strategyOf(spec: JsonObject, kind: string): JsonObject {
  const field = kind === 'Deployment' ? 'strategy' : 'updateStrategy';
  const given = withDefaults(objectAt(spec, field) ?? {}, { type: 'RollingUpdate' });
  if (given.type !== 'RollingUpdate') return { ...spec, [field]: given };
  return {
    ...spec,
    [field]: { ...given, rollingUpdate: withDefaults(objectAt(given, 'rollingUpdate') ?? {}, rolling[kind] ?? {}) },
  };
}
