import { textsIn } from '../json/read';
import { releaseOf } from '../systems/flux/helm-release';
import { groupBy, push } from '../text/group-by';
import { memoize } from '../text/memoize';
import type { Cluster } from './cluster';
import { hostsOf, hostWritten } from './hosts';
import { identityKey } from './identity';
import type { Resource, ResourcePath } from './resource';
import { servicesOf } from './services';
import { display } from './substitution';

/** `//web.shop:8080`, `db-rw.shop.svc`: the address of a Service, by its name and its namespace, which may be that of who names it. */
const addresses =
  /(?:\/\/|@)([a-z0-9-]+)(?:\.([a-z0-9-]+))?(?:\.svc[a-z.]*)?(?=[:/\s]|$)|\b([a-z0-9-]+)\.([a-z0-9-]+)\.svc\b/g;

/** A text that names an address of the cluster. */
export interface Mention extends ResourcePath {
  /** `web.shop`. */
  readonly address: string;
}

interface Mentions {
  /** By `namespace/name` of the Service. */
  readonly services: ReadonlyMap<string, readonly Mention[]>;
  /** By the key of a HelmRelease whose chart is not opened: of Services that are called like it, and that nothing else makes. */
  readonly releases: ReadonlyMap<string, readonly Mention[]>;
  /** The release whose chart most likely makes a Service. */
  releaseOf(namespace: string, service: string): Resource | undefined;
}

/** Texts that name the address of a Service. What refers to one by a field is no mention. */
export const addressMentions: (cluster: Cluster) => Mentions = memoize((cluster) => {
  const services = new Map<string, Mention[]>();
  const releases = new Map<string, Mention[]>();
  const inNamespace = servicesOf(cluster);
  for (const resource of cluster.resources) {
    if (resource.kind === 'CustomResourceDefinition') continue;
    for (const { text, path } of textsIn(resource.value)) {
      if (!text.includes('//') && !text.includes('.svc') && !text.includes('@')) continue;
      for (const [, plain = '', within, svc, of] of text.matchAll(addresses)) {
        const [name, namespace] = [svc ?? plain, of ?? within ?? resource.namespace];
        const mention = { resource, path, address: `${name}.${namespace}` };
        const release = releaseCalled(cluster, namespace, name);
        if (inNamespace.in(namespace).includes(name)) push(services, `${namespace}/${name}`, mention);
        else if (release !== undefined && release !== resource) push(releases, identityKey(release), mention);
      }
    }
  }
  return { services, releases, releaseOf: (namespace, service) => releaseCalled(cluster, namespace, service) };
});

/** The release whose chart most likely makes a Service: its name is the Service's, or the longest that the Service's begins with. */
function releaseCalled(cluster: Cluster, namespace: string, service: string): Resource | undefined {
  const releases = closedReleases(cluster).get(namespace) ?? [];
  return releases.find(({ name }) => service === name || service.startsWith(`${name}-`));
}

/** The releases of each namespace whose charts are not opened, the longest names first. */
const closedReleases = memoize((cluster: Cluster) => {
  const closed = cluster
    .ofKind('helm.toolkit.fluxcd.io', 'HelmRelease')
    .filter((release) => cluster.charts.get(release)?.type !== 'opened');
  return groupBy(
    [...closed].sort((a, b) => b.name.length - a.name.length),
    (release) => releaseOf(release).target,
  );
});

const names = /[a-z0-9*](?:[a-z0-9_${}.-]*[a-z0-9}])?/gi;

/** Texts that name a host which the cluster answers for, beside those that make it answer. */
export const hostMentions: (cluster: Cluster) => ReadonlyMap<string, readonly ResourcePath[]> = memoize((cluster) => {
  const hosts = hostsOf(cluster);
  const found = new Map<string, ResourcePath[]>();
  if (hosts.size === 0) return found;
  for (const resource of cluster.resources) {
    if (resource.kind === 'CustomResourceDefinition') continue;
    for (const { text, path } of textsIn(resource.value)) {
      if (!text.includes('.')) continue;
      for (const [word] of display(text).matchAll(names)) {
        const host = hostWritten(word);
        const own = hosts.get(host);
        if (own === undefined || own.some((one) => one.resource === resource)) continue;
        push(found, host, { resource, path });
      }
    }
  }
  return found;
});
