import { type GroupKind, groupKind } from '../api-version';

/** What is true of all objects of a kind. */
export type Trait =
  /** Its pods run until somebody replaces them. */
  | 'long-lived'
  /** It replaces its pods one after the other when their template changes: `kubectl rollout restart` does that, and so does Reloader. */
  | 'rolls-out'
  /** `spec.replicas` says how many pods it runs. */
  | 'scaled'
  /** `spec.selector` must select its own pods, and is given by its author. */
  | 'selects'
  /** It is of use only some time after it is applied, and Flux waits for that: a Job counts once it has completed (fluxcd/pkg runtime 0.110, statusreaders/job.go). */
  | 'takes-time'
  /** Something answers, runs or is let in through it. */
  | 'serves'
  /** Data goes with it when it is deleted. */
  | 'holds-data'
  /** It only says what is watched or shown: no change of it touches what runs. */
  | 'watches';

interface Kind {
  /** The way to what its pods are made of: to what holds their `metadata` and `spec`. */
  readonly pods?: readonly string[];
  readonly traits?: readonly Trait[];
  /** What it makes by which Flux tells whether it is ready (github.com/fluxcd/cli-utils v1.2 pkg/kstatus/polling/statusreaders). */
  readonly readyBy?: readonly string[];
}

const template = ['spec', 'template'];
const serves: Kind = { traits: ['serves'] };
const watches: Kind = { traits: ['watches'] };

/** By `group/kind`. */
const kinds: ReadonlyMap<string, Kind> = new Map(
  Object.entries<Kind>({
    '/Pod': { pods: [] },
    '/ReplicationController': { pods: template, traits: ['long-lived', 'scaled'] },
    'apps/DaemonSet': { pods: template, traits: ['long-lived', 'rolls-out', 'selects', 'takes-time', 'serves'] },
    'apps/Deployment': {
      pods: template,
      readyBy: ['apps/ReplicaSet', '/Pod'],
      traits: ['long-lived', 'rolls-out', 'scaled', 'selects', 'takes-time', 'serves'],
    },
    'apps/ReplicaSet': { pods: template, readyBy: ['/Pod'], traits: ['long-lived', 'scaled', 'selects'] },
    'apps/StatefulSet': {
      pods: template,
      readyBy: ['/Pod'],
      traits: ['long-lived', 'rolls-out', 'scaled', 'selects', 'takes-time', 'serves'],
    },
    'batch/CronJob': { pods: ['spec', 'jobTemplate', 'spec', 'template'], traits: ['serves'] },
    'batch/Job': { pods: template, traits: ['takes-time'] },

    '/Namespace': { traits: ['serves', 'holds-data'] },
    '/PersistentVolumeClaim': { traits: ['serves', 'holds-data'] },
    '/Service': serves,
    '/ServiceAccount': serves,
    'apiextensions.k8s.io/CustomResourceDefinition': serves,
    'networking.k8s.io/Ingress': serves,
    'rbac.authorization.k8s.io/ClusterRoleBinding': serves,
    'rbac.authorization.k8s.io/RoleBinding': serves,

    'cert-manager.io/Certificate': serves,
    'cert-manager.io/ClusterIssuer': serves,
    'cert-manager.io/Issuer': serves,
    'external-secrets.io/ClusterSecretStore': serves,
    'external-secrets.io/SecretStore': serves,
    'gateway.networking.k8s.io/Gateway': serves,
    'gateway.networking.k8s.io/GRPCRoute': serves,
    'gateway.networking.k8s.io/HTTPRoute': serves,
    'gateway.networking.k8s.io/TCPRoute': serves,
    'gateway.networking.k8s.io/TLSRoute': serves,
    'gateway.networking.k8s.io/UDPRoute': serves,
    'grafana.integreatly.org/GrafanaDashboard': watches,
    'grafana.integreatly.org/GrafanaDatasource': watches,
    'grafana.integreatly.org/GrafanaFolder': watches,
    'monitoring.coreos.com/PodMonitor': watches,
    'monitoring.coreos.com/Probe': watches,
    'monitoring.coreos.com/PrometheusRule': watches,
    'monitoring.coreos.com/ScrapeConfig': watches,
    'monitoring.coreos.com/ServiceMonitor': watches,
    'helm.toolkit.fluxcd.io/HelmRelease': { traits: ['takes-time', 'serves'] },
    'kustomize.toolkit.fluxcd.io/Kustomization': { traits: ['takes-time'] },
    'postgresql.cnpg.io/Cluster': { traits: ['takes-time', 'serves', 'holds-data'] },
    'postgresql.cnpg.io/Database': { traits: ['holds-data'] },
    'postgresql.cnpg.io/Pooler': serves,
    'serving.knative.dev/Service': serves,
  }),
);

export function hasTrait(kind: GroupKind, trait: Trait): boolean {
  return kinds.get(groupKind(kind))?.traits?.includes(trait) === true;
}

/** The way to what its pods are made of; undefined for kinds that run none. */
export function podTemplatePath(kind: GroupKind): readonly string[] | undefined {
  return kinds.get(groupKind(kind))?.pods;
}

/** The kinds of what objects of a kind make, by which Flux tells whether they are ready: `apps/ReplicaSet`, `/Pod`. */
export function readyBy(kind: GroupKind): readonly string[] {
  return kinds.get(groupKind(kind))?.readyBy ?? [];
}
