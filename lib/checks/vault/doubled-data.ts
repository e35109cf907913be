import { identityKey } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import { dataPath } from '../../graph/vault/api-path';
import { textAt } from '../../json/read';
import type { ClusterCheck } from '../check';

export const doubledData: ClusterCheck = {
  id: 'vault/doubled-data',
  severity: 'error',
  title: 'Path with `data` twice',
  atRunTime: 'ESO adds data/ behind the mount itself: "Secret does not exist", or 403 where the policy is strict',
  remedy: 'leave data/ out, of the key and of the path of the store',
  source: 'external-secrets providers/v1/vault/client_get.go (buildPath)',
  *check(cluster) {
    for (const kind of ['ClusterSecretStore', 'SecretStore']) {
      for (const store of cluster.ofKind('external-secrets.io', kind)) {
        const mount = mountOf(store);
        if (mount === undefined || !/\/data\/?$/.test(mount)) continue;
        yield {
          at: { resource: store, path: ['spec', 'provider', 'vault', 'path'] },
          message: `the path ${mount} ends with data, so a key x is looked for at ${mount.replace(/\/$/, '')}/data/x`,
        };
      }
    }
    const said = new Set<string>();
    for (const access of cluster.vault) {
      const { mount, version, key, resource, path } = access;
      if (mount === undefined || version !== 'v2' || !isKnown(key) || !/^data\//.test(key)) continue;
      const id = `${identityKey(resource)} ${key}`;
      if (said.has(id)) continue;
      said.add(id);
      yield { at: { resource, path }, message: `${key} is looked for at ${dataPath(access)}` };
    }
  },
};

/** The mount of a store of version 2. */
function mountOf({ value }: Resource): string | undefined {
  if (textAt(value, 'spec', 'provider', 'vault', 'version') === 'v1') return undefined;
  const mount = textAt(value, 'spec', 'provider', 'vault', 'path');
  return mount === undefined || !isKnown(mount) ? undefined : mount;
}
