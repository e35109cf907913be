import { type RoleRequirements, requirementsOf } from '../../../lib/graph/vault/requirements';
import { fluxKustomization, graphOf } from '../../graph/graph';

/** Settings of a store that logs in by Kubernetes. */
export const provider = {
  server: 'https://vault.example.com',
  path: 'kv',
  auth: { kubernetes: { role: 'eso', serviceAccountRef: { name: 'eso', namespace: 'external-secrets' } } },
};

/** A ClusterSecretStore. */
export function store(vault: object = provider, name = 'vault'): object {
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ClusterSecretStore',
    metadata: { name },
    spec: { provider: { vault } },
  };
}

const storeRef = { kind: 'ClusterSecretStore', name: 'vault' };

/** An ExternalSecret that reads keys. */
export function read(keys: readonly string[], name = 'read', ref: object = storeRef): object {
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, namespace: 'shop' },
    spec: { secretStoreRef: ref, dataFrom: keys.map((key) => ({ extract: { key } })) },
  };
}

/** A PushSecret that writes one property of a key. */
export function push(remoteKey: string, more: object = {}, name = 'push'): object {
  return {
    apiVersion: 'external-secrets.io/v1alpha1',
    kind: 'PushSecret',
    metadata: { name, namespace: 'shop' },
    spec: {
      secretStoreRefs: [storeRef],
      selector: { secret: { name: 'db' } },
      data: [{ match: { secretKey: 'a', remoteRef: { remoteKey, property: 'a' } } }],
      ...more,
    },
  };
}

/** What a tree of these objects needs, with one cluster. */
export function requirements(...objects: object[]): RoleRequirements[] {
  return clusterOf('', objects);
}

/** The same where Flux fills in variables of which nobody knows the values. */
export function withVariables(...objects: object[]): RoleRequirements[] {
  return clusterOf('postBuild: { substituteFrom: [{ kind: Secret, name: variables }] }', objects);
}

function clusterOf(settings: string, objects: readonly object[]): RoleRequirements[] {
  // JSON, so that no name means anything to YAML.
  const texts = objects.map((object) => `---\n${JSON.stringify(object)}\n`).join('');
  const { clusters } = graphOf(
    { 'ks.yaml': fluxKustomization('apps', './apps', settings), 'apps/all.yaml': texts },
    { external: ['Secret/flux-system/variables'] },
  );
  return clusters.flatMap(requirementsOf);
}

/** The same of a tree that needs one policy. */
export function one(...objects: object[]): RoleRequirements {
  const [first, ...others] = requirements(...objects);
  if (first === undefined || others.length > 0) throw new Error(`${others.length + 1} policies`);
  return first;
}

/** What must be allowed, a line each. */
export function paths(role: RoleRequirements | undefined): string[] {
  return (role?.paths ?? []).map(({ path, capabilities }) => `${path} ${capabilities.join(' ')}`);
}
