import { storesIn } from '../../graph/external-secrets/stores';
import { identityKey } from '../../graph/identity';
import { isKnown } from '../../graph/substitution';
import { objectAt } from '../../json/read';
import { dataPath, engineIn, repeatsData, surplusOf } from '../../systems/external-secrets/vault-paths';
import type { ClusterCheck } from '../check';
import { setting } from '../meant';
import { shortened } from './shortened';

export const doubledData: ClusterCheck = {
  id: 'vault/doubled-data',
  severity: 'error',
  title: 'Path with `data` twice',
  atRunTime:
    'ESO itself adds data/ after the mount, so it reads the wrong path: "Secret does not exist", or 403 if the policy is strict',
  remedy: "remove data/ from the key and from the store's path",
  fixes: 'remove data/',
  source: 'external-secrets providers/v1/vault/client_get.go (buildPath)',
  *check(cluster) {
    for (const store of storesIn(cluster)) {
      const provider = objectAt(store.value, 'spec', 'provider', 'vault');
      const { mount, version } = engineIn(provider ?? {});
      if (mount === undefined || version === 'v1' || !isKnown(mount) || !repeatsData(mount)) continue;
      yield {
        at: { resource: store, path: ['spec', 'provider', 'vault', 'path'] },
        message: `the path ${mount} ends with data, so ESO looks for a key x at ${mount.replace(/\/$/, '')}/data/x`,
        ...setting(['spec', 'provider', 'vault', 'path'], mount.replace(/\/data(?=\/?$)/, '')),
      };
    }
    const said = new Set<string>();
    for (const access of cluster.vault) {
      const { mount, version, key, resource, path } = access;
      if (mount === undefined || version !== 'v2' || !isKnown(key)) continue;
      if (surplusOf(mount, key) !== 'data') continue;
      const id = `${identityKey(resource)} ${key}`;
      if (said.has(id)) continue;
      said.add(id);
      const message = `ESO looks for ${key} at ${dataPath(access)}`;
      yield { at: { resource, path }, message, ...shortened(cluster.vault, access, key, 'data/') };
    }
  },
};
