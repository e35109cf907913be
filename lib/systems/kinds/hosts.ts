/** Where each kind says which hosts requests come for (Kubernetes 1.36, Gateway API 1.6, Istio 1.28, external-dns 0.21), by `group/Kind`. */
export const hostFields: Readonly<Record<string, readonly string[]>> = {
  'networking.k8s.io/Ingress': ['spec.rules[].host', 'spec.tls[].hosts[]'],
  'gateway.networking.k8s.io/HTTPRoute': ['spec.hostnames[]'],
  'gateway.networking.k8s.io/GRPCRoute': ['spec.hostnames[]'],
  'gateway.networking.k8s.io/TLSRoute': ['spec.hostnames[]'],
  'gateway.networking.k8s.io/Gateway': ['spec.listeners[].hostname'],
  'networking.istio.io/Gateway': ['spec.servers[].hosts[]'],
  'externaldns.k8s.io/DNSEndpoint': ['spec.endpoints[].dnsName'],
};
