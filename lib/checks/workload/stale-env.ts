import type { Cluster } from '../../graph/cluster';
import { describe, step } from '../../graph/identity';
import { at, keysAt, listAt, textAt } from '../../graph/json';
import type { Resource } from '../../graph/resource';
import { containersOf, podTemplate, podTemplates } from '../../graph/workload';
import type { ClusterCheck } from '../check';
import { rotates } from './rotation';

/** Annotations by which something restarts the pods of a workload, or by which its author has said that nothing shall. */
const restarts = /reloader\.stakater\.com\/|wave\.pusher\.com\/|checksum|hash|keel\.sh\//i;

export const staleEnv: ClusterCheck = {
  id: 'workload/stale-env',
  severity: 'warning',
  title: 'Pods that Reloader does not restart',
  atRunTime:
    'when the secret changes in its store, running pods keep the old one in their environment until somebody restarts them',
  remedy: 'annotate it with reloader.stakater.com/auto: "true", or "false" where that is meant',
  source: 'https://docs.stakater.com/reloader/1.4/reference/annotations.html',
  *check(cluster) {
    // Without Reloader, restarting is left to somebody in every cluster alike.
    if (!hasReloader(cluster)) return;
    const reported = new Set<Resource>();
    for (const { resource, use, kind, namespace, name, path } of cluster.secrets.references) {
      if ((use !== 'env' && use !== 'envFrom') || kind !== 'Secret' || reported.has(resource)) continue;
      if (!/^(?:Deployment|StatefulSet|DaemonSet)$/.test(resource.kind) || isRestarted(resource)) continue;
      const found = cluster.secrets.lookup(kind, namespace, name);
      const maker =
        found.state === 'found' ? found.producers.find((producer) => rotates(producer.resource)) : undefined;
      if (maker === undefined) continue;
      reported.add(resource);
      yield {
        at: { resource, path },
        message: `${describe(resource)} reads Secret ${name} at its start alone, and has no annotation for Reloader`,
        chain: [step(resource), `Secret/${name}`, `${step(maker.resource)} writes it anew`],
      };
    }
  },
};

function isRestarted(resource: Resource): boolean {
  const pod = podTemplate(resource);
  const marks = [...keysAt(resource.value, 'metadata', 'annotations'), ...keysAt(pod?.metadata, 'annotations')];
  return pod === undefined || marks.some((mark) => restarts.test(mark));
}

/** Whether Reloader runs, for every namespace and only for what is annotated. */
export function hasReloader(cluster: Cluster): boolean {
  for (const { value } of cluster.ofKind('helm.toolkit.fluxcd.io', 'HelmRelease')) {
    const chart = textAt(value, 'spec', 'chart', 'spec', 'chart') ?? textAt(value, 'spec', 'chartRef', 'name') ?? '';
    if (!/(?:^|\/)reloader$/.test(chart) || listAt(value, 'spec', 'valuesFrom').length > 0) continue;
    const settings = ['spec', 'values', 'reloader'];
    if (at(value, ...settings, 'autoReloadAll') === true || at(value, ...settings, 'watchGlobally') === false) continue;
    return true;
  }
  for (const pod of podTemplates(cluster.resources)) {
    if (pod.resource.kind !== 'Deployment') continue;
    for (const { value } of containersOf(pod)) {
      if (!/\bstakater\/reloader\b/.test(textAt(value, 'image') ?? '')) continue;
      return !listAt(value, 'args').some(
        (arg) => typeof arg === 'string' && /^--(?:auto-reload-all|namespaces)/.test(arg),
      );
    }
  }
  return false;
}
