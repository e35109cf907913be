import type { Cluster } from '../../graph/cluster';
import type { JsonObject, Path } from '../../json/json';
import { objectAt, textAt } from '../../json/read';
import { externalSecretsGroup } from '../../systems/external-secrets/spec';
import type { ClusterCheck } from '../check';
import { type MayHaveFix, setting } from '../meant';

export const caNamespace: ClusterCheck = {
  id: 'vault/ca-namespace',
  severity: 'error',
  title: 'Certificate authority without a namespace',
  atRunTime: 'the store is never ready: "missing namespace on caProvider secret"',
  remedy: 'set caProvider.namespace: a ClusterSecretStore has no namespace of its own',
  fixes: 'set caProvider.namespace where one namespace alone has an object of that name',
  source: 'external-secrets runtime/esutils/utils.go (FetchCACertFromSource)',
  *check(cluster) {
    for (const resource of cluster.ofKind(externalSecretsGroup, 'ClusterSecretStore')) {
      const vault = ['spec', 'provider', 'vault'];
      const ca = objectAt(resource.value, ...vault, 'caProvider');
      // A bundle of its own goes before it.
      if (ca === undefined || ca.namespace !== undefined || textAt(resource.value, ...vault, 'caBundle')) continue;
      yield {
        at: { resource, path: [...vault, 'caProvider'], on: 'key' },
        ...placed(cluster, [...vault, 'caProvider'], ca),
        message: `caProvider of ClusterSecretStore ${resource.name} does not say in which namespace ${textAt(ca, 'type') ?? 'Secret'} ${textAt(ca, 'name') ?? ''} is`,
      };
    }
  },
};

function placed({ secrets }: Cluster, path: Path, ca: JsonObject): MayHaveFix {
  const [kind, name] = [textAt(ca, 'type') ?? 'Secret', textAt(ca, 'name')];
  const made = secrets.producers.filter((producer) => producer.kind === kind && producer.name === name);
  const [namespace, ...others] = new Set(made.map((producer) => producer.namespace));
  return namespace === undefined || namespace === '' || others.length > 0
    ? {}
    : setting([...path, 'namespace'], namespace, ['name']);
}
