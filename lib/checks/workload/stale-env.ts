import type { Cluster } from '../../graph/cluster';
import { describe, step } from '../../graph/identity';
import type { Resource } from '../../graph/resource';
import { hasReloader, rotates } from '../../graph/restarts';
import type { SecretReference } from '../../graph/secrets/secret-index';
import { podTemplate } from '../../graph/workload';
import type { Path } from '../../json/json';
import { keysAt, objectAt, textAt } from '../../json/read';
import { hasTrait } from '../../systems/kinds/kinds';
import { concernsRestarts, match, search } from '../../systems/reloader';
import { groupBy } from '../../text/group-by';
import { listed } from '../../text/listed';
import type { ClusterCheck, Problem } from '../check';

export const staleEnv: ClusterCheck = {
  id: 'workload/stale-env',
  severity: 'warning',
  title: 'Pods that Reloader does not restart',
  atRunTime:
    'when the secret changes in its store, running pods keep the old value in their environment until somebody restarts them',
  remedy: 'annotate the workload with reloader.stakater.com/auto: "true", or with "false" if it should not restart',
  source: 'https://docs.stakater.com/reloader/1.4/reference/annotations.html',
  *check(cluster) {
    // Without Reloader, restarting is left to somebody in every cluster alike.
    if (!hasReloader(cluster)) return;
    const reported = new Set<Resource>();
    for (const { resource, use, kind, namespace, name, path } of cluster.secrets.references) {
      if ((use !== 'env' && use !== 'envFrom') || kind !== 'Secret' || reported.has(resource)) continue;
      if (!hasTrait(resource, 'rolls-out') || isRestarted(resource)) continue;
      const found = cluster.secrets.lookup(kind, namespace, name);
      const maker =
        found.state === 'found' ? found.producers.find((producer) => rotates(producer.resource)) : undefined;
      if (maker === undefined) continue;
      reported.add(resource);
      yield {
        at: { resource, path },
        message: `${describe(resource)} reads Secret ${name} only when it starts, and has no annotation for Reloader`,
        chain: [step(resource), `Secret/${name}`, `${step(maker.resource)} rewrites it`],
      };
    }
    yield* searchesInVain(cluster);
  },
};

/** Workloads for which Reloader looks only at what is marked, and nothing that they read is. */
function* searchesInVain(cluster: Cluster): Generator<Problem> {
  const readers = cluster.secrets.references.filter(
    ({ resource }) => textAt(resource.value, ...annotation(search)) === 'true',
  );
  for (const [resource, references] of groupBy(readers, (reference) => reference.resource)) {
    const others = keysAt(resource.value, 'metadata', 'annotations').filter((mark) => mark !== search);
    if (others.some(concernsRestarts) || references.some((reference) => mayBeMarked(reference, cluster))) continue;
    const names = [...new Set(references.map(({ kind, name }) => `${kind} ${name}`))];
    yield {
      at: { resource, path: annotation(search) },
      message: `Reloader restarts ${describe(resource)} only for objects with the annotation ${match}: "true", which ${listed(names)} ${names.length === 1 ? 'does' : 'do'} not have`,
      remedy: `annotate the Secret (for an ExternalSecret, under spec.target.template.metadata), or use reloader.stakater.com/auto`,
      chain: [step(resource), ...names.map((name) => name.replace(' ', '/'))],
    };
  }
}

/** Whether what a reference leads to may have the mark; all who make it would have to be understood to say no. */
function mayBeMarked({ kind, namespace, name }: SecretReference, cluster: Cluster): boolean {
  const found = cluster.secrets.lookup(kind, namespace, name);
  if (found.state !== 'found') return true;
  return found.producers.some(({ resource }) => {
    // A generated one has another name when it changes, which restarts the pods.
    if (resource.uncertain || resource.generated || !/^(?:ExternalSecret|Secret|ConfigMap)$/.test(resource.kind))
      return true;
    // Without a template, the Secret has the annotations of its ExternalSecret.
    const template = objectAt(resource.value, 'spec', 'target', 'template');
    return textAt(template ?? resource.value, ...annotation(match)) === 'true';
  });
}

function annotation(name: string): Path {
  return ['metadata', 'annotations', name];
}

function isRestarted(resource: Resource): boolean {
  const pod = podTemplate(resource);
  const marks = [...keysAt(resource.value, 'metadata', 'annotations'), ...keysAt(pod?.metadata, 'annotations')];
  return pod === undefined || marks.some(concernsRestarts);
}
