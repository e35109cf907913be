import { textAt, textsIn } from '../../../json/read';
import { imageParts } from '../../../systems/image';
import { address } from '../../../text/address';
import { chartOf } from '../../charts';
import type { Cluster } from '../../cluster';
import { hostsOf } from '../../hosts';
import { describe } from '../../identity';
import { isFirst } from '../../kustomization';
import type { Resource, ResourcePath } from '../../resource';
import { display, isKnown } from '../../substitution';
import { containersOf, podTemplates } from '../../workload';
import type { WaveOf } from '../waves';
import type { Gathering } from './gather';
import { hostOf, servedHere } from './served-here';

/** Charts that write DNS records of what a cluster answers for. */
const writesRecords = /^(?:external-dns|k8s-gateway)(?:-|$)/;

/** Hosts whose DNS records must lead to the cluster. */
export function* hostsNeeded(cluster: Cluster): Generator<Gathering> {
  const writers = cluster
    .ofKind('helm.toolkit.fluxcd.io', 'HelmRelease')
    .filter((release) => writesRecords.test(chartOf(release, cluster) ?? '') || writesRecords.test(release.name));
  const [writer] = writers;
  const notes = writer === undefined ? [] : [`${writers.map(describe).join(' and ')} may write its record`];
  for (const [host, [first, ...others]] of hostsOf(cluster)) {
    if (first === undefined) continue;
    const neededBy = [first, ...others].map(({ resource }) => resource);
    yield { kind: 'host', what: host, keys: [], notes, neededBy, at: first };
  }
}

/** Where images and charts are fetched from, by host. */
export function* registriesNeeded(cluster: Cluster, waveOf: WaveOf): Generator<Gathering> {
  const hosts = new Map<string, { images: Set<string>; charts: Set<string>; at: ResourcePath[] }>();
  const at = (host: string) => {
    const known = hosts.get(host) ?? { images: new Set(), charts: new Set(), at: [] };
    hosts.set(host, known);
    return known;
  };
  for (const pod of podTemplates(cluster.resources)) {
    for (const { value, path } of containersOf(pod)) {
      const image = textAt(value, 'image');
      if (image === undefined || !isKnown(image)) continue;
      const known = at(registryOf(imageParts(image).repository));
      known.images.add(image);
      known.at.push({ resource: pod.resource, path: [...path, 'image'] });
    }
  }
  for (const kind of ['HelmRepository', 'OCIRepository']) {
    for (const resource of cluster.ofKind('source.toolkit.fluxcd.io', kind)) {
      const url = textAt(resource.value, 'spec', 'url') ?? '';
      const host = hostOf(url);
      if (host === undefined || !isKnown(url)) continue;
      const known = at(host);
      known.charts.add(url);
      known.at.push({ resource, path: ['spec', 'url'] });
    }
  }
  for (const [host, { images, charts, at }] of [...hosts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const counts = [countText(charts.size, 'chart source'), countText(images.size, 'image')].flatMap(
      (one) => one ?? [],
    );
    yield {
      kind: 'registry',
      what: host,
      keys: [],
      notes: [counts.join(', '), ...servedHere(host, cluster, waveOf)],
      neededBy: at.map(({ resource }) => resource),
      at: at[0],
    };
  }
}

function countText(number: number, what: string): string | undefined {
  return number === 0 ? undefined : `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** The host of an image's name; Docker Hub where it has none (github.com/distribution/reference, ParseNormalizedNamed). */
function registryOf(repository: string): string {
  const [first = '', ...rest] = repository.split('/');
  return rest.length > 0 && /[.:]|^localhost$/.test(first) ? first : 'docker.io';
}

/** The repositories that Flux reads, that of its first Kustomizations among them, which bootstrap may have named outside the tree. */
export function* repositoriesNeeded(cluster: Cluster, waveOf: WaveOf): Generator<Gathering> {
  const sources = new Map<string, Resource>();
  for (const resource of [...cluster.begun, ...cluster.resources]) {
    if (!/^(?:GitRepository|Bucket)$/.test(resource.kind) || resource.group !== sourceGroup) continue;
    sources.set(describe(resource), resource);
  }
  const first = cluster.kustomizations.find((one) => isFirst(one, cluster));
  const [kind, name] = [textAt(first?.spec, 'sourceRef', 'kind'), textAt(first?.spec, 'sourceRef', 'name')];
  const namespace = textAt(first?.spec, 'sourceRef', 'namespace') ?? first?.namespace ?? '';
  if (first !== undefined && kind !== undefined && name !== undefined) {
    const own = describe({ kind, namespace, name });
    const isShown = cluster.find({ group: sourceGroup, kind, namespace, name }).length > 0 || sources.has(own);
    if (!isShown && isKnown(name)) {
      const notes = [
        'Flux reads this tree from it; its address is not in the tree: flux bootstrap or the Flux Operator is given it',
      ];
      const at = { resource: first.resource, path: ['spec', 'sourceRef', 'name'] };
      yield { kind: 'repository', what: own, keys: [], notes, neededBy: [first.resource], at };
    }
  }
  for (const resource of sources.values()) {
    const url = textAt(resource.value, 'spec', 'url') ?? textAt(resource.value, 'spec', 'endpoint') ?? '';
    if (url === '') continue;
    const login = textAt(resource.value, 'spec', 'secretRef', 'name');
    yield {
      kind: 'repository',
      what: display(address(url)),
      keys: [],
      notes: [
        `${describe(resource)} fetches it${login === undefined ? ' without a login' : `, with Secret ${resource.namespace}/${display(login)}`}`,
        ...servedHere(url, cluster, waveOf),
      ],
      neededBy: [resource],
      at: { resource, path: ['spec', 'url'] },
    };
  }
}

const sourceGroup = 'source.toolkit.fluxcd.io';

/** Fields and variables that name an identity provider (OpenID Connect). */
const issuers =
  /(?:^|[_.-])(?:oidc|oauth2?)?[_.-]?(?:issuer|discovery)(?:[_.-]?(?:url|uri|endpoint))?$|oidc[\w.-]*(?:url|uri|endpoint|provider)$/i;

/** Those that name where a client itself is, or a part of the provider that is named besides. */
const otherAddresses = /redirect|callback|logout|token|user|jwk/i;

/** Clients at an identity provider: whoever names one by its address. */
export function* loginsNeeded(cluster: Cluster, waveOf: WaveOf): Generator<Gathering> {
  const found = new Map<string, Map<Resource, ResourcePath>>();
  const note = (given: string, at: ResourcePath) => {
    // One client, whether it is told where the provider is or where that is described.
    const url = given.replace(/\/(?:\.well-known\/openid-configuration)?$/, '');
    if (!/^https?:\/\/[^\s]+$/.test(display(url)) || /callback|redirect/i.test(url)) return;
    const named = found.get(url) ?? new Map<Resource, ResourcePath>();
    found.set(url, named.set(at.resource, named.get(at.resource) ?? at));
  };
  for (const resource of cluster.resources) {
    // Those issue certificates, and what has no login of its own only checks tokens, or who has signed an image.
    if (/^(?:CustomResourceDefinition|Issuer|ClusterIssuer|RequestAuthentication)$/.test(resource.kind)) continue;
    for (const { text, path } of textsIn(resource.value)) {
      if (path.some((step) => step === 'keyless' || step === 'matchOIDCIdentity')) continue;
      const [field, above] = [path.at(-1), path.at(-2)];
      if (typeof field === 'string' && isIssuer(field)) note(text, { resource, path });
      // Of a variable, the name stands beside the value.
      else if (field === 'name' && typeof above === 'number' && isIssuer(text)) {
        const value = textAt(resource.value, ...path.slice(0, -1), 'value');
        if (value !== undefined) note(value, { resource, path });
      } else if (typeof text === 'string' && text.includes('--oidc-issuer-url=')) {
        note(text.slice(text.indexOf('=') + 1), { resource, path });
      }
    }
  }
  for (const [url, named] of found) {
    const [first] = named.values();
    yield {
      kind: 'login',
      what: `a client at ${display(address(url))}`,
      keys: [],
      notes: servedHere(url, cluster, waveOf),
      neededBy: [...named.keys()],
      at: first,
    };
  }
}

function isIssuer(field: string): boolean {
  return issuers.test(field) && !otherAddresses.test(field);
}

/** OAuth clients whose id and secret are among the values that somebody has to write. */
export function* clientsAmong(values: readonly Gathering[]): Generator<Gathering> {
  for (const { what, keys, neededBy, at } of values) {
    for (const key of keys) {
      const [, name] = /^(.*)client_?id$/i.exec(key) ?? [];
      const secret = keys.find((other) => /client_?secret$/i.test(other) && other.startsWith(name ?? '?'));
      if (secret === undefined) continue;
      const notes = [
        `\`${key}\` and \`${secret}\` of ${what} are of it`,
        'its redirect addresses name hosts of this cluster',
      ];
      yield { kind: 'login', what: `the client ${key}`, keys: [], notes, neededBy, at };
    }
  }
}
