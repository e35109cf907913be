import type { JsonObject } from '../../json/json';
import { at, objectAt } from '../../json/read';
import { type Fault, fault } from '../fault';
import { givenText, isGiven } from '../given';

/** What CloudNativePG 1.30 takes and does not follow: its webhook warns of it. (cluster_webhook.go: getRetentionPolicyWarnings, getStorageWarnings, getSharedBuffersWarnings) */
export function* ignoredFields(cluster: JsonObject): Generator<Fault> {
  const backup = objectAt(cluster, 'spec', 'backup');
  if (isGiven(backup?.retentionPolicy) && !isGiven(backup?.barmanObjectStore))
    yield {
      path: ['spec', 'backup', 'retentionPolicy'],
      allowed: 'left out, and set as spec.retentionPolicy of the ObjectStore: it counts for barmanObjectStore alone',
    };
  for (const storage of ['storage', 'walStorage']) {
    const path = ['spec', storage];
    const claim = [...path, 'pvcTemplate'];
    if (isGiven(at(cluster, ...path, 'storageClass')) && isGiven(at(cluster, ...claim, 'storageClassName')))
      yield fault([...claim, 'storageClassName'], `left out: storageClass of ${storage} counts`);
    const requests = [...claim, 'resources', 'requests', 'storage'];
    if (isGiven(at(cluster, ...path, 'size')) && isGiven(at(cluster, ...requests)))
      yield fault(requests, `left out: size of ${storage} counts`);
  }
  const buffers = ['spec', 'postgresql', 'parameters', 'shared_buffers'];
  if (/^\d+$/.test(givenText(at(cluster, ...buffers)) ?? ''))
    yield fault(buffers, 'a size with its unit, such as 256MB: without one it counts pages of 8kB');
}
