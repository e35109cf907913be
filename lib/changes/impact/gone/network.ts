import type { Cluster } from '../../../graph/cluster';
import { hostsOf } from '../../../graph/hosts';
import { describe, type Identity } from '../../../graph/identity';
import { addressMentions, hostMentions } from '../../../graph/mentions';
import { labelsOf, podsOf } from '../../../graph/pods';
import type { Resource } from '../../../graph/resource';
import { ofObject } from '../../../graph/subjects';
import { podTemplate } from '../../../graph/workload';
import { objectAt } from '../../../json/read';
import { effect } from '../../effect';
import { type Found, failing, firstOfEach, type Loss, mentioning } from './loss';

/** From pods to Services, to routes, to hosts, to what names these. */

/** Services that lead to the pods of a workload, and to no others. */
export function* ofPods(resource: Resource, loss: Loss, cluster: Cluster): Generator<Found> {
  const pod = podTemplate(resource);
  if (pod === undefined) return;
  for (const service of cluster.ofKind('', 'Service')) {
    if (service.namespace !== resource.namespace) continue;
    const selector = labelsOf(objectAt(service.value, 'spec', 'selector'));
    if (selector === undefined || selector.size === 0) continue;
    const selected = podsOf(cluster).selected(service.namespace, selector);
    const isOnly = selected.length > 0 && selected.every((one) => one.resource === resource);
    if (!isOnly) continue;
    const when = loss === 'gone' ? 'has no pods' : 'has no pods once those that run are gone';
    yield failing(ofObject(service), `${when}: it selects those of ${describe(resource)} alone`, {
      resource: service,
      path: ['spec', 'selector'],
    });
  }
}

/** A Service that is gone, or has no pods: what names its address, and routes that lead to it. */
export function* ofService({ namespace, name }: Identity, loss: Loss, cluster: Cluster): Generator<Found> {
  const what = `Service ${namespace}/${name}`;
  const why = loss === 'gone' ? 'does not answer' : 'has no pods';
  for (const at of firstOfEach(addressMentions(cluster).services.get(`${namespace}/${name}`) ?? [])) {
    yield mentioning(at, `names the address of ${what}, which ${why}`);
  }
  if (loss === 'gone') return;
  for (const { resource, path, row } of cluster.references.to({ group: '', kind: 'Service', namespace, name })) {
    if (row.severity === 'warning') continue;
    const isBackend = row.rule === 'workload/backend-missing';
    const message = isBackend ? `answers requests with 503: ${what} has no pods` : `needs ${what}, which has no pods`;
    const fails = isBackend || row.fails === undefined ? '' : `: ${row.fails}`;
    yield failing(ofObject(resource), `${message}${fails}`, { resource, path });
  }
}

/** The hosts that nothing else answers for. */
export function* ofRoute(resource: Resource, cluster: Cluster): Generator<Found> {
  for (const [host, by] of hostsOf(cluster)) {
    const own = by.find((one) => one.resource === resource);
    if (own === undefined) continue;
    const others = by.some((one) => one.resource !== resource && one.resource.kind !== 'Gateway');
    if (others && resource.kind !== 'Gateway') continue;
    yield {
      on: { type: 'host', host },
      event: 'fails',
      happening: effect('other', 'high', 'does not answer'),
      at: own,
    };
  }
}

export function* ofHost(host: string, cluster: Cluster): Generator<Found> {
  for (const at of firstOfEach(hostMentions(cluster).get(host) ?? [])) {
    yield mentioning(at, `names ${host}, which does not answer`);
  }
}
