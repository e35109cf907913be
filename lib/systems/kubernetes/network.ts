import type { JsonObject } from '../../json/json';

/** What policies of networking.k8s.io/v1 say of Kubernetes itself. */

/** The label of every Namespace, with its name. (https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name) */
export const namespaceLabel = 'kubernetes.io/metadata.name';

/** The pods of a namespace, or some of them, as a peer of a NetworkPolicy. */
export function podsOf(namespace: string, labels?: Readonly<Record<string, string>>): JsonObject {
  return {
    namespaceSelector: { matchLabels: { [namespaceLabel]: namespace } },
    ...(labels && { podSelector: { matchLabels: { ...labels } } }),
  };
}

/** CoreDNS has kept the label of kube-dns. (https://kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution/) */
export const clusterDns = podsOf('kube-system', { 'k8s-app': 'kube-dns' });
export const dnsPorts: readonly JsonObject[] = [
  { port: 53, protocol: 'UDP' },
  { port: 53, protocol: 'TCP' },
];

/** Where the API server listens: the port of its Service, and that behind it, which is what a policy sees. */
export const apiServerPorts: readonly JsonObject[] = [{ port: 443 }, { port: 6443 }];

/** Every address. */
export const anywhere: readonly JsonObject[] = [{ ipBlock: { cidr: '0.0.0.0/0' } }, { ipBlock: { cidr: '::/0' } }];

/** Every address that is not private. (RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291) */
export const internet: readonly JsonObject[] = [
  {
    ipBlock: {
      cidr: '0.0.0.0/0',
      except: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'],
    },
  },
  { ipBlock: { cidr: '::/0', except: ['fc00::/7', 'fe80::/10'] } },
];

/** The Services that a text names, `shop.store.svc`, with the port where one follows. */
export function* servicesNamed(
  text: string,
): Generator<{ readonly name: string; readonly namespace: string; readonly port: number | undefined }> {
  const host =
    /(?<![\w.-])(?:[a-z0-9][a-z0-9-]*\.)?([a-z][a-z0-9-]*)\.([a-z0-9-]+)\.svc(?![\w-])(?:\.[a-z0-9.-]*[a-z0-9])?(?::(\d{1,5}))?/g;
  for (const [, name = '', namespace = '', port] of text.matchAll(host)) {
    yield { name, namespace, port: port === undefined ? undefined : Number(port) };
  }
}
