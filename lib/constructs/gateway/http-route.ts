import { ApiObject } from 'cdk8s';
import type { Service } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { HttpRoute as HttpRouteL1, type HttpRouteSpec, toJson_HttpRouteSpec } from '../../../imports/http-route';
import { dnsLabel, dnsSubdomain, hostname } from '../../systems/kubernetes/names';
import { optionalFormat, requireFormat, requireObject } from '../formats';
import { refuse } from '../input-error';
import { type DeepPartial, merge } from '../merge';
import { Resource, type ResourceProps } from '../resource';
import { clusterOf } from '../scopes';

/** A Gateway that something else makes. */
export interface GatewayReference {
  readonly name: string;
  /** @default the route's namespace */
  readonly namespace?: string;
  /** One of its listeners. @default all of them */
  readonly sectionName?: string;
}

export interface HttpRouteProps extends ResourceProps {
  /** The hosts that it answers to. */
  readonly hosts: readonly string[];
  /** Where requests come in. */
  readonly gateway: GatewayReference | readonly GatewayReference[];
  /** Where they go: its first port. */
  readonly service: Service;
  /** Any other field of spec. @default none */
  readonly spec?: DeepPartial<HttpRouteSpec>;
}

/**
 * Leads the requests of a host from a Gateway to a Service.
 *
 * @example
 * new HttpRoute(shop.directory, 'httproute', { hosts: ['shop.example.org'], gateway: { name: 'public' }, service });
 */
export class HttpRoute extends Resource {
  /** The L1 beneath. */
  readonly resource: ApiObject;
  /** The hosts that it answers to, for who must know its address. */
  readonly hosts: readonly string[];

  constructor(scope: Construct, id: string, props: HttpRouteProps) {
    super(scope, id, props);
    const metadata = this.metadata(props);
    requireObject(this, 'hosts', props.hosts, { allowed: 'a list of hosts', example: '["shop.example.org"]' });
    if (props.hosts.length === 0) {
      refuse(this, { field: 'hosts', value: [], allowed: 'at least one host', example: '["shop.example.org"]' });
    }
    requireObject(this, 'service', props.service, {
      allowed: 'the Service that requests go to',
      example: "deployment.service(directory, 'service')",
    });
    this.requireOwnNamespace(props.service);
    const gateways = [props.gateway].flat().map((gateway) => this.checkedGateway(gateway));
    const spec = merge<HttpRouteSpec>(
      {
        parentRefs: gateways,
        hostnames: [...props.hosts],
        rules: [{ backendRefs: [{ name: props.service.name, port: props.service.port }] }],
      },
      props.spec,
    );
    for (const host of spec.hostnames ?? []) requireFormat(this, 'host', host, hostname);
    this.hosts = spec.hostnames ?? [];
    this.resource = this.apiObject('Resource', HttpRouteL1.GVK, metadata, { spec: toJson_HttpRouteSpec(spec) });
  }

  private requireOwnNamespace(service: Service): void {
    const { namespace } = ApiObject.of(service).metadata;
    if (clusterOf(service) !== clusterOf(this) || namespace !== this.namespace) {
      refuse(this, {
        field: 'service',
        value: service.node.path,
        allowed: `a Service of namespace ${this.namespace} in this cluster: another namespace needs a ReferenceGrant`,
        example: `the route in namespace ${namespace}, like its Service`,
      });
    }
    this.node.addDependency(service);
  }

  private checkedGateway(gateway: GatewayReference): GatewayReference {
    const { name, namespace, sectionName } = gateway ?? {};
    return {
      name: requireFormat(this, 'gateway.name', name, dnsSubdomain),
      namespace: optionalFormat(this, 'gateway.namespace', namespace, dnsLabel),
      sectionName: optionalFormat(this, 'gateway.sectionName', sectionName, dnsSubdomain),
    };
  }
}
