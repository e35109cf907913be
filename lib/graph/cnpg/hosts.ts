import type { Path } from '../../json/json';
import { keysAt, listAt, objectAt, textAt, textsIn } from '../../json/read';
import { type PostgresService, services } from '../../systems/cnpg/made';
import { externalSecretsGroup } from '../../systems/external-secrets/spec';
import { memoize } from '../../text/memoize';
import type { Cluster } from '../cluster';
import type { Resource } from '../resource';
import { isKnown } from '../substitution';
import { type Container, containersOf, podTemplates } from '../workload';

/** A host that looks like a Service of a CNPG Cluster, and where it is written. */
export interface Host {
  readonly resource: Resource;
  readonly path: Path;
  /** As it is written: `shop-db-rw.shop.svc`. */
  readonly text: string;
  /** `shop-db` */
  readonly database: string;
  readonly service: PostgresService;
  readonly namespace: string;
  /** Whether it is sure to be a name within the cluster: `.svc` follows, or it has no namespace. */
  readonly internal: boolean;
}

const suffix = services.join('|');
const name = '[a-z](?:[a-z0-9-]*[a-z0-9])?';
const full = new RegExp(
  `(?<![\\w.$-])(${name})-(${suffix})\\.(${name})(\\.svc(?:\\.[a-z0-9.-]*[a-z0-9])?)?(?![\\w{$-]|\\.\\w)`,
  'g',
);
/** A host that is a whole value, or stands in a URL. */
const short = new RegExp(`(?:^|//|@)(${name})-(${suffix})(?::\\d+)?(?:$|/|\\?)`);

const some = new RegExp(`-(?:${suffix})\\b`);

/** Every such host in what containers, ConfigMaps, templates of Secrets and charts are given. Found once: several rules ask. */
export const hostsIn: (cluster: Cluster) => readonly Host[] = memoize((cluster) => {
  const hosts: Host[] = [];
  for (const resource of cluster.ofKind('', 'ConfigMap')) addBelow(hosts, resource, ['data']);
  for (const resource of cluster.ofKind(externalSecretsGroup, 'ExternalSecret')) {
    addBelow(hosts, resource, ['spec', 'target', 'template', 'data']);
  }
  for (const resource of cluster.ofKind('helm.toolkit.fluxcd.io', 'HelmRelease')) {
    const values = objectAt(resource.value, 'spec', 'values');
    for (const { text, path } of textsIn(values, ['spec', 'values'])) {
      if (mayHold(text)) hosts.push(...hostsOf({ resource, path, text }));
    }
  }
  for (const pod of podTemplates(cluster.resources)) {
    for (const container of containersOf(pod)) addGiven(hosts, pod.resource, container);
  }
  return hosts;
});

/** Whether there may be a host in a text; in most there is none, and nothing more is made of those. */
function mayHold(text: string | undefined): text is string {
  return text !== undefined && some.test(text) && isKnown(text);
}

function addBelow(hosts: Host[], resource: Resource, place: Path): void {
  const texts = objectAt(resource.value, ...place);
  for (const key of keysAt(texts)) {
    const text = textAt(texts, key);
    if (mayHold(text)) hosts.push(...hostsOf({ resource, path: [...place, key], text }));
  }
}

function addGiven(hosts: Host[], resource: Resource, { value, path: at }: Container): void {
  for (const field of ['env', 'args', 'command']) {
    for (const [i, item] of listAt(value, field).entries()) {
      const isText = typeof item === 'string';
      const text = isText ? item : textAt(item, 'value');
      if (!mayHold(text)) continue;
      hosts.push(...hostsOf({ resource, path: [...at, field, i, ...(isText ? [] : ['value'])], text }));
    }
  }
}

type Text = Pick<Host, 'resource' | 'path' | 'text'>;

function* hostsOf({ resource, path, text }: Text): Generator<Host> {
  for (const [written, database = '', service, namespace = '', svc] of text.matchAll(full)) {
    yield {
      resource,
      path,
      text: written,
      database,
      service: service as PostgresService,
      namespace,
      internal: svc !== undefined,
    };
  }
  const [, database, service] = short.exec(text) ?? [];
  if (database === undefined) return;
  const written = `${database}-${service}`;
  const namespace = textAt(resource.value, 'spec', 'targetNamespace') ?? resource.namespace;
  yield { resource, path, text: written, database, service: service as PostgresService, namespace, internal: true };
}
