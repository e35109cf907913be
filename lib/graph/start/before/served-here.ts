import { isInCluster } from '../../../systems/kubernetes/in-cluster';
import { memoize } from '../../../text/memoize';
import type { Cluster } from '../../cluster';
import { hostsOf, hostWritten } from '../../hosts';
import { describe } from '../../identity';
import { nameOf } from '../../kustomization';
import { addressMentions } from '../../mentions';
import type { Resource } from '../../resource';
import { display } from '../../substitution';
import type { WaveOf } from '../waves';

/**
 * What of the cluster itself answers at an address, which is needed to start it: a circle, unless it is started otherwise. As notes; none
 * for what is elsewhere.
 */
export function servedHere(address: string, cluster: Cluster, waveOf: WaveOf): string[] {
  const by = serverHere(address, cluster);
  if (by !== undefined) return [`this cluster itself answers there: ${describe(by)}${startText(by, waveOf)}`];
  const host = hostOf(address) ?? '';
  if (!isInCluster(`http://${host}`, namespacesOf(cluster))) return [];
  const [, namespace = ''] = host.split('.');
  return [`it runs in this cluster${namespace === '' ? '' : `, in namespace ${namespace}`}: the tree does not show it`];
}

/** The object of the cluster that answers at an address, as far as the tree shows it. */
export function serverHere(address: string, cluster: Cluster): Resource | undefined {
  const host = hostOf(address);
  if (host === undefined) return undefined;
  const [by] = hostsOf(cluster).get(hostWritten(display(host))) ?? [];
  if (by !== undefined || !isInCluster(`http://${host}`, namespacesOf(cluster))) return by?.resource;
  const [name = '', namespace = ''] = host.split('.');
  const [service] = cluster.find({ group: '', kind: 'Service', namespace, name });
  return service ?? addressMentions(cluster).releaseOf(namespace, name);
}

/** `vault.example.org` of `https://vault.example.org:8200/v1`, `git@vault.example.org:a/b` and `oci://vault.example.org/x`. */
export function hostOf(address: string): string | undefined {
  const [, host] = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^/@\s]*@)?([^/:\s]+)/i.exec(address) ?? [];
  return host;
}

function startText({ appliedBy }: Resource, waveOf: WaveOf): string {
  if (appliedBy === undefined) return '';
  const wave = waveOf(appliedBy);
  return `, which Kustomization ${nameOf(appliedBy)} starts in wave ${wave ?? '?'}`;
}

const namespacesOf = memoize((cluster: Cluster) => new Set(cluster.resources.map(({ namespace }) => namespace)));
