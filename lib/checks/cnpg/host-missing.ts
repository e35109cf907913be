import { type Host, hostsIn } from '../../graph/cnpg/hosts';
import { step } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { servicesOf } from '../../graph/services';
import { group } from '../../systems/cnpg/names';
import { lazy } from '../../text/memoize';
import { nearest } from '../../text/nearest';
import type { ClusterCheck } from '../check';

export const hostMissing: ClusterCheck = {
  id: 'cnpg/host-missing',
  severity: 'error',
  title: 'Host of a Cluster that does not exist',
  atRunTime:
    'the name does not resolve ("getaddrinfo ENOTFOUND", "could not translate host name"), so the program cannot reach its database',
  remedy: 'write <cluster>-rw.<namespace>.svc with the name and namespace of a Cluster',
  source: 'https://cloudnative-pg.io/documentation/current/service_management/',
  *check(cluster) {
    const databases = cluster.ofKind(group, 'Cluster');
    if (databases.length === 0) return;
    const services = servicesOf(cluster);
    const namespaces = lazy(
      () => new Set(cluster.resources.map(({ kind, name, namespace }) => (kind === 'Namespace' ? name : namespace))),
    );
    for (const host of hostsIn(cluster)) {
      const { resource, path, text, database, service, namespace, internal } = host;
      if (!internal && !namespaces().has(namespace)) continue;
      if (services.lookup(namespace, `${database}-${service}`).state !== 'absent') continue;
      if (cluster.lookup({ group, kind: 'Cluster', namespace, name: database }).state === 'unknown') continue;
      const hint = meant(databases, host);
      if (hint === undefined) continue;
      yield {
        at: { resource, path },
        message: `${text}: there is no Service ${database}-${service} in namespace ${namespace}; ${hint}`,
        chain: [step(resource), `Service/${database}-${service}`],
      };
    }
  },
};

/** What the host should be; undefined when it may well be no Cluster's: others name their Services so, too. */
function meant(databases: readonly Resource[], { database, service, namespace, text }: Host): string | undefined {
  const same = databases.filter(({ name }) => name === database);
  if (same.some((other) => other.namespace === namespace)) return `Cluster ${database} disables that Service`;
  const [elsewhere] = same;
  if (elsewhere !== undefined) return `Cluster ${database} is in namespace ${elsewhere.namespace}`;
  if (service === 'r' || (service === 'ro' && !text.includes('.'))) return undefined;
  const here = databases.filter((other) => other.namespace === namespace).map(({ name }) => name);
  const near = nearest(database, here);
  if (near !== undefined) return `did you mean ${near}-${service}?`;
  return here.length === 0 || !text.includes('.') ? undefined : `that namespace has the Cluster ${here.join(', ')}`;
}
