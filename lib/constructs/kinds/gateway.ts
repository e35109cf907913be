import { at, listAt } from '../../json/read';
import { refuse } from '../input-error';
import { kind } from './kind';
import { GatewayListener } from './named-object';

/** Gateways of one make. @example new GatewayClass(envoy.directory, 'envoy', { spec: { controllerName: 'gateway.envoyproxy.io/gatewayclass-controller' } }); */
export class GatewayClass extends kind('gateway.networking.k8s.io/v1', 'GatewayClass') {}

/**
 * Where requests from outside come in. A route takes it, or one of its listeners, for its `gateway` or `parentRefs`.
 *
 * @example
 * const tls = { certificateRefs: [certificate.secret] };
 * const listeners = [{ name: 'https', port: 443, protocol: 'HTTPS', tls }];
 * new Gateway(network.directory, 'public', { spec: { gatewayClassName: 'envoy', listeners } });
 */
export class Gateway extends kind('gateway.networking.k8s.io/v1', 'Gateway') {
  /** One of its listeners. @throws EspalierError for one that it does not have */
  listener(name: string): GatewayListener {
    const names = listAt(this.spec, 'listeners').map((listener) => at(listener, 'name'));
    if (names.includes(name)) return new GatewayListener(this, name);
    return refuse(this, { field: 'listener', value: name, allowed: `one of its listeners: ${names.join(', ')}` });
  }
}

/**
 * Leads calls of gRPC from a Gateway to Services.
 *
 * @example
 * const rules = [{ backendRefs: [api.port('http')] }];
 * new GrpcRoute(shop.directory, 'route', { name: 'shop', spec: { parentRefs: [gateway], hostnames: ['shop.example.org'], rules } });
 */
export class GrpcRoute extends kind('gateway.networking.k8s.io/v1', 'GRPCRoute') {}

/**
 * Leads connections of TLS from a Gateway to Services, by the host that they ask for.
 *
 * @example
 * const rules = [{ backendRefs: [vault.service('vault', 8200)] }];
 * new TlsRoute(vault.directory, 'route', { spec: { parentRefs: [gateway.listener('tls')], hostnames: ['vault.example.org'], rules } });
 */
export class TlsRoute extends kind('gateway.networking.k8s.io/v1', 'TLSRoute') {}

/**
 * Leads connections of TCP from a listener of a Gateway to Services.
 *
 * @example
 * new TcpRoute(git.directory, 'ssh', { spec: { parentRefs: [gateway.listener('ssh')], rules: [{ backendRefs: [git.port('ssh')] }] } });
 */
export class TcpRoute extends kind('gateway.networking.k8s.io/v1', 'TCPRoute') {}

/**
 * Leads packets of UDP from a listener of a Gateway to Services.
 *
 * @example
 * new UdpRoute(dns.directory, 'dns', { spec: { parentRefs: [gateway.listener('dns')], rules: [{ backendRefs: [dns.port('dns')] }] } });
 */
export class UdpRoute extends kind('gateway.networking.k8s.io/v1', 'UDPRoute') {}

/**
 * Lets routes and Gateways of other namespaces name objects of its own.
 *
 * @example
 * const from = [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' }];
 * new ReferenceGrant(backend.directory, 'grant', { spec: { from, to: [{ group: '', kind: 'Service' }] } });
 */
export class ReferenceGrant extends kind('gateway.networking.k8s.io/v1', 'ReferenceGrant') {}

/**
 * Names that ExternalDNS keeps in the DNS.
 *
 * @example
 * const endpoints = [{ dnsName: 'shop.example.org', recordType: 'CNAME', targets: ['edge.example.org'] }];
 * new DnsEndpoint(network.directory, 'dnsendpoint', { name: 'shop', spec: { endpoints } });
 */
export class DnsEndpoint extends kind('externaldns.k8s.io/v1alpha1', 'DNSEndpoint') {}

/**
 * What Cilium lets pods connect to, by names of hosts, too.
 *
 * @example
 * const egress = [{ toFQDNs: [{ matchName: 'api.example.org' }], toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }] }] as const;
 * new CiliumNetworkPolicy(shop.directory, 'egress', { name: 'shop', spec: { endpointSelector: web, egress } });
 */
export class CiliumNetworkPolicy extends kind('cilium.io/v2', 'CiliumNetworkPolicy') {}
