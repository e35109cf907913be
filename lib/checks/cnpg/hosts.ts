import type { Cluster } from '../../graph/cluster';
import { keysAt, listAt, objectAt, textAt, textsIn } from '../../graph/json';
import type { Resource } from '../../graph/resource';
import { isKnown } from '../../graph/substitution';
import { containersOf, podTemplate } from '../../graph/workload';
import type { Path } from '../../tree/source/source';

/** A host that looks like a Service of a CNPG Cluster, and where it is written. */
export interface Host {
  readonly resource: Resource;
  readonly path: Path;
  /** As it is written: `shop-db-rw.shop.svc`. */
  readonly text: string;
  /** `shop-db` */
  readonly database: string;
  readonly service: 'rw' | 'ro' | 'r';
  readonly namespace: string;
  /** Whether it is sure to be a name within the cluster: `.svc` follows, or it has no namespace. */
  readonly internal: boolean;
}

const name = '[a-z](?:[a-z0-9-]*[a-z0-9])?';
const full = new RegExp(
  `(?<![\\w.$-])(${name})-(rw|ro|r)\\.(${name})(\\.svc(?:\\.[a-z0-9.-]*[a-z0-9])?)?(?![\\w{$-]|\\.\\w)`,
  'g',
);
/** A host that is a whole value, or stands in a URL. */
const short = new RegExp(`(?:^|//|@)(${name})-(rw|ro|r)(?::\\d+)?(?:$|/|\\?)`);

/** Every such host in what containers, ConfigMaps, templates of Secrets and charts are given. */
export function* hostsIn(cluster: Cluster): Generator<Host> {
  for (const resource of cluster.resources) {
    for (const { path, text } of textsOf(resource)) {
      if (!isKnown(text) || !/-(?:rw|ro|r)\b/.test(text)) continue;
      for (const [written, database = '', service, namespace = '', svc] of text.matchAll(full)) {
        yield {
          resource,
          path,
          text: written,
          database,
          service: service as Host['service'],
          namespace,
          internal: svc !== undefined,
        };
      }
      const [, database, service] = short.exec(text) ?? [];
      if (database === undefined) continue;
      const written = `${database}-${service}`;
      const namespace = textAt(resource.value, 'spec', 'targetNamespace') ?? resource.namespace;
      yield { resource, path, text: written, database, service: service as Host['service'], namespace, internal: true };
    }
  }
}

/** Places below which every text is of interest. */
const places: Readonly<Record<string, readonly Path[]>> = {
  '/ConfigMap': [['data']],
  'external-secrets.io/ExternalSecret': [['spec', 'target', 'template', 'data']],
};

function* textsOf(resource: Resource): Generator<{ path: Path; text: string }> {
  const { value, group, kind } = resource;
  for (const place of places[`${group}/${kind}`] ?? []) {
    for (const key of keysAt(value, ...place)) {
      const text = textAt(value, ...place, key);
      if (text !== undefined) yield { path: [...place, key], text };
    }
  }
  if (group === 'helm.toolkit.fluxcd.io' && kind === 'HelmRelease') {
    yield* textsIn(objectAt(value, 'spec', 'values'), ['spec', 'values']);
  }
  const pod = podTemplate(resource);
  if (pod === undefined) return;
  for (const container of containersOf(pod)) {
    for (const field of ['env', 'args', 'command']) {
      for (const [i, item] of listAt(container.value, field).entries()) {
        const path = [...container.path, field, i];
        if (typeof item === 'string') yield { path, text: item };
        else if (textAt(item, 'value') !== undefined)
          yield { path: [...path, 'value'], text: textAt(item, 'value') ?? '' };
      }
    }
  }
}
