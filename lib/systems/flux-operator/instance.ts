import type { Json, JsonObject } from '../../json/json';
import { at, listAt, objectAt, textAt } from '../../json/read';
import { lockdownFlags, shardFlag, shardKey } from '../flux/controllers';

/** An object that the operator makes of a FluxInstance. */
export interface InstanceObject {
  readonly group: string;
  readonly kind: string;
  /** Empty for a kind that has none. */
  readonly namespace: string;
  readonly name: string;
}

/** (flux-operator 0.58 internal/builder/components.go: DefaultComponents, AllComponents) */
const usualComponents = ['source-controller', 'kustomize-controller', 'helm-controller', 'notification-controller'];

/** The definitions of each component, and its Services (config/data/flux/v2.9.4; older releases lack some). */
const definitions: Readonly<Record<string, readonly string[]>> = {
  'source-controller': [
    'buckets.source.toolkit.fluxcd.io',
    'externalartifacts.source.toolkit.fluxcd.io',
    'gitrepositories.source.toolkit.fluxcd.io',
    'helmcharts.source.toolkit.fluxcd.io',
    'helmrepositories.source.toolkit.fluxcd.io',
    'ocirepositories.source.toolkit.fluxcd.io',
  ],
  'kustomize-controller': ['kustomizations.kustomize.toolkit.fluxcd.io'],
  'helm-controller': ['helmreleases.helm.toolkit.fluxcd.io'],
  'notification-controller': [
    'alerts.notification.toolkit.fluxcd.io',
    'providers.notification.toolkit.fluxcd.io',
    'receivers.notification.toolkit.fluxcd.io',
  ],
  'image-reflector-controller': ['imagepolicies.image.toolkit.fluxcd.io', 'imagerepositories.image.toolkit.fluxcd.io'],
  'image-automation-controller': ['imageupdateautomations.image.toolkit.fluxcd.io'],
  'source-watcher': ['artifactgenerators.source.extensions.fluxcd.io'],
};

const services: Readonly<Record<string, readonly string[]>> = {
  'source-controller': ['source-controller'],
  'notification-controller': ['notification-controller', 'webhook-receiver'],
  'source-watcher': ['source-watcher'],
};

/** Of these, each shard has its own (internal/builder/templates.go, kustomizationShardTmpl). */
const sharded = /^(?:source|kustomize|helm|image-reflector|image-automation)-controller$|^source-watcher$/;

/**
 * What the operator makes of a FluxInstance, as far as it can be told without Flux's manifests: kinds and names
 * (flux-operator 0.58 internal/builder/build.go, templates.go; config/data/flux/v2.9.4).
 *
 * @param spec of the FluxInstance
 */
export function instanceObjects(spec: JsonObject, namespace: string): InstanceObject[] {
  const found: InstanceObject[] = [];
  const add = (group: string, kind: string, name: string, within = namespace) =>
    found.push({ group, kind, namespace: within, name });
  add('', 'Namespace', namespace, '');
  add('', 'ResourceQuota', `critical-pods-${namespace}`);
  for (const name of ['crd-controller', 'flux-edit', 'flux-view']) {
    add(rbac, 'ClusterRole', `${name}-${namespace}`, '');
  }
  for (const name of ['cluster-reconciler', 'crd-controller'])
    add(rbac, 'ClusterRoleBinding', `${name}-${namespace}`, '');
  if (at(spec, 'cluster', 'networkPolicy') !== false) {
    for (const name of ['allow-egress', 'allow-scraping', 'allow-webhooks']) {
      add('networking.k8s.io', 'NetworkPolicy', name);
    }
  }
  const shards = textsOf(listAt(spec, 'sharding', 'shards'));
  for (const component of componentsOf(spec)) {
    const suffixes = ['', ...(sharded.test(component) ? shards.map((shard) => `-${shard}`) : [])];
    add('', 'ServiceAccount', component);
    for (const suffix of suffixes) {
      add('apps', 'Deployment', component + suffix);
      for (const service of services[component] ?? []) add('', 'Service', service + suffix);
    }
    for (const name of definitions[component] ?? []) add('apiextensions.k8s.io', 'CustomResourceDefinition', name, '');
  }
  if (objectAt(spec, 'storage') !== undefined) {
    const persistent = textAt(spec, 'sharding', 'storage') === 'persistent' ? shards : [];
    for (const suffix of ['', ...persistent.map((shard) => `-${shard}`)]) {
      add('', 'PersistentVolumeClaim', `source-controller${suffix}`);
    }
  }
  const sync = objectAt(spec, 'sync');
  if (sync !== undefined) {
    const name = textAt(sync, 'name') || namespace;
    add('source.toolkit.fluxcd.io', textAt(sync, 'kind') ?? 'GitRepository', name);
    add('kustomize.toolkit.fluxcd.io', 'Kustomization', name);
  }
  return found;
}

/**
 * The arguments that matter here of the Deployments that the operator makes of a component: its own and one for each shard; none where
 * it makes none. Patches of the FluxInstance come on top (flux-operator 0.58 internal/builder/profiles.go, templates.go).
 */
export function instanceArguments(spec: JsonObject, component: string): string[][] {
  if (!componentsOf(spec).includes(component)) return [];
  const args: string[] = [];
  if (at(spec, 'cluster', 'multitenant') === true) {
    const account = textAt(spec, 'cluster', 'tenantDefaultServiceAccount') || 'default';
    if (component !== 'source-controller') args.push(`--${lockdownFlags.ownNamespace}=true`);
    if (component === 'kustomize-controller') args.push(`--${lockdownFlags.noRemoteBases}=true`);
    if (/^(?:kustomize|helm)-/.test(component)) args.push(`--${lockdownFlags.account}=${account}`);
  }
  const shards = sharded.test(component) ? textsOf(listAt(spec, 'sharding', 'shards')) : [];
  if (shards.length === 0) return [args];
  const key = textAt(spec, 'sharding', 'key') || shardKey;
  return [`!${key}`, ...shards.map((shard) => `${key}=${shard}`)].map((selector) => [
    ...args,
    `--${shardFlag}=${selector}`,
  ]);
}

const rbac = 'rbac.authorization.k8s.io';

function componentsOf(spec: JsonObject): readonly string[] {
  const given = textsOf(listAt(spec, 'components'));
  return given.length > 0 ? given : usualComponents;
}

function textsOf(list: readonly Json[]): string[] {
  return list.filter((one) => typeof one === 'string');
}
