import type { Cluster } from '../../graph/cluster';
import { identityKey } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import type { SecretReference } from '../../graph/secrets/secret-index';
import { type MadeSecret, madeSecret, type Push, pushOf } from '../../graph/vault/made-secret';
import { externalSecretsGroup } from '../../systems/external-secrets/spec';
import { groupBy } from '../../text/group-by';
import { memoize } from '../../text/memoize';
import { isOwn, type Page } from './page';

/** The ExternalSecrets of an app, and those of others that make Secrets which it reads; its own first. */
export const secretsOf = memoize((page: Page): readonly MadeSecret[] => {
  const { app, cluster } = page;
  const own = app.resources.filter(isExternalSecret);
  const others = readsOf(page).flatMap(({ kind, namespace, name }) => {
    const found = cluster.secrets.lookup(kind, namespace, name);
    const makers = found.state === 'found' ? found.producers.map(({ resource }) => resource) : [];
    return makers.filter((maker) => isExternalSecret(maker) && !isOwn(page, maker));
  });
  const found = [...new Set([...own, ...others])].flatMap((resource) => madeSecret(cluster, resource) ?? []);
  // What people must fill in first, then what is generated.
  return found.sort((a, b) => Number(a.generators.length > 0) - Number(b.generators.length > 0));
});

function isExternalSecret(resource: Resource): boolean {
  return resource.group === externalSecretsGroup && resource.kind === 'ExternalSecret';
}

/** What an app's objects read of Secrets and ConfigMaps. */
export function readsOf({ app, cluster }: Page): readonly SecretReference[] {
  const references = byReader(cluster);
  return app.resources.flatMap((resource) => references.get(identityKey(resource)) ?? []);
}

const byReader = memoize(({ secrets }: Cluster) =>
  groupBy(secrets.references, ({ resource }) => identityKey(resource)),
);

/** The PushSecrets of an app. */
export function pushesOf({ app, cluster }: Page): readonly Push[] {
  return app.resources
    .filter((resource) => resource.group === externalSecretsGroup && resource.kind === 'PushSecret')
    .flatMap((resource) => pushOf(cluster, resource) ?? []);
}
