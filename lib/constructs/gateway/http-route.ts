import { ApiObject } from 'cdk8s';
import type { Service } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type {
  HttpRouteSpec,
  HttpRouteSpecParentRefs,
  HttpRouteSpecRules,
  HttpRouteSpecRulesBackendRefs,
} from '../../../imports/http-route';
import type { JsonObject } from '../../json/json';
import { listAt } from '../../json/read';
import { dnsLabel, dnsSubdomain, hostname } from '../../systems/kubernetes/names';
import { optionalFormat, requireFormat, requireObject } from '../formats';
import { gvk } from '../gvk';
import { resolveHandles } from '../handles';
import { refuse } from '../input-error';
import { type Gateway, GatewayListener, NamedObject } from '../kinds';
import { type DeepPartial, merge } from '../merge';
import { refuseUnknown } from '../refuse-unknown';
import { Resource, type ResourceProps } from '../resource';
import { clusterOf } from '../scopes';
import type { ServiceHandle, ServicePort } from '../service-handle';
import { type SpecOf, specJson } from '../spec';

/** A Gateway that something else makes, with any further field of an item of parentRefs. */
export interface GatewayReference extends Omit<SpecOf<HttpRouteSpecParentRefs>, 'name' | 'namespace' | 'sectionName'> {
  /** metadata.name, or the construct. */
  readonly name: string | Construct;
  /** @default the route's namespace */
  readonly namespace?: string;
  /** One of its listeners. @default all of them */
  readonly sectionName?: string;
}

/** Where requests come in: a Gateway that a construct makes, one of its listeners, or one that something else makes. */
export type GatewayTarget = Gateway | GatewayListener | NamedObject<'Gateway'> | GatewayReference;

/** Where requests go: a Service of cdk8s-plus by its first port, one that a chart makes, or a name and a port. */
export type HttpBackend = Service | ServiceHandle;

/** An item of spec.rules, in whose backendRefs Services may stand. */
export type HttpRule = Omit<SpecOf<HttpRouteSpecRules>, 'backendRefs'> & {
  readonly backendRefs?: readonly (HttpBackend | SpecOf<HttpRouteSpecRulesBackendRefs>)[];
};

export interface HttpRouteProps extends ResourceProps {
  /** The hosts that it answers to; null for all those of the listener. */
  readonly hosts: readonly string[] | null;
  /** Where requests come in; null for nowhere yet. */
  readonly gateway: GatewayTarget | readonly GatewayTarget[] | null;
  /** Where they go. @default what `rules` say */
  readonly service?: HttpBackend;
  /** spec.rules as the Gateway API has it: matches, filters, several backends. @default all requests to the service */
  readonly rules?: readonly HttpRule[] | null;
  /** Any other field of spec. @default none */
  readonly spec?: DeepPartial<HttpRouteSpec> | SpecOf<HttpRouteSpec>;
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
  /** metadata.name */
  readonly name: string;
  /** The hosts that it answers to, for who must know its address. */
  readonly hosts: readonly string[];

  constructor(scope: Construct, id: string, props: HttpRouteProps) {
    super(scope, id, props);
    refuseUnknown(this, HttpRoute, props);
    const metadata = this.metadata(props);
    this.name = String(metadata.name);
    const { hosts, gateway, service } = props;
    if (hosts !== null) {
      requireObject(this, 'hosts', hosts, { allowed: 'a list of hosts', example: '["shop.example.org"]' });
      if (hosts.length === 0) {
        refuse(this, { field: 'hosts', value: [], allowed: 'at least one host', example: '["shop.example.org"]' });
      }
    }
    if (props.rules === undefined) {
      requireObject(this, 'service', service, {
        allowed: 'the Service that requests go to',
        example: "deployment.service(directory, 'service')",
      });
    }
    const rules = props.rules === undefined ? [{ backendRefs: [service as HttpBackend] }] : (props.rules ?? undefined);
    const spec = merge<JsonObject>(
      specJson(this, {
        parentRefs: gateway === null ? undefined : [gateway].flat().map((each) => this.parentRef(each)),
        hostnames: hosts === null ? undefined : [...hosts],
        rules: rules?.map((rule) => this.rule(rule)),
      }),
      specJson(this, props.spec),
    );
    this.hosts = listAt(spec, 'hostnames').map(String);
    for (const host of this.hosts) this.checked('host', host, hostname);
    this.resource = this.apiObject('Resource', gvk.HttpRoute, metadata, { spec });
  }

  private rule({ backendRefs, ...rule }: HttpRule): object {
    return { ...rule, ...(backendRefs && { backendRefs: backendRefs.map((backend) => this.backendRef(backend)) }) };
  }

  private backendRef(backend: HttpBackend | SpecOf<HttpRouteSpecRulesBackendRefs>): object {
    if (Construct.isConstruct(backend)) {
      const { namespace } = ApiObject.of(backend).metadata;
      this.requireOwnNamespace(
        backend.node.path,
        clusterOf(backend) === clusterOf(this) ? namespace : undefined,
        namespace,
      );
      this.node.addDependency(backend);
      return { name: backend.name, port: (backend as Service).port };
    }
    const { producer, namespace, portName: _portName, ...reference } = backend as ServiceHandle & Partial<ServicePort>;
    if (producer === undefined) return { ...reference, namespace };
    this.requireOwnNamespace(reference.name, namespace, namespace);
    this.node.addDependency(producer);
    return reference;
  }

  private requireOwnNamespace(service: string, namespace: string | undefined, shown: string | undefined): void {
    if (namespace === this.namespace) return;
    refuse(this, {
      field: 'service',
      value: service,
      allowed: `a Service of namespace ${this.namespace} in this cluster: another namespace needs a ReferenceGrant`,
      example: `the route in namespace ${shown}, like its Service`,
    });
  }

  private parentRef(gateway: GatewayTarget): unknown {
    const { name, ...others } = this.referenceTo(gateway) ?? {};
    const reading = { field: 'gateway.name', namespace: this.namespace, anyNamespace: true };
    return {
      name: this.checked('gateway.name', resolveHandles(this, name, reading) as string, dnsSubdomain),
      ...others,
      namespace: optionalFormat(this, 'gateway.namespace', others.namespace, dnsLabel),
      sectionName: optionalFormat(this, 'gateway.sectionName', others.sectionName, dnsSubdomain),
    };
  }

  private referenceTo(given: GatewayTarget): GatewayReference {
    const { gateway, sectionName } =
      given instanceof GatewayListener ? given : { gateway: given, sectionName: undefined };
    if (!(gateway instanceof NamedObject) && !Construct.isConstruct(gateway)) return gateway;
    const { name, namespace } = gateway;
    if (gateway instanceof NamedObject) gateway.referredBy(this);
    else this.node.addDependency(gateway);
    return {
      name,
      ...(namespace !== undefined && namespace !== this.namespace && { namespace }),
      ...(sectionName !== undefined && { sectionName }),
    };
  }

  /** A text of a format; a variable of Flux may stand for a part of it. */
  private checked(field: string, text: string, format: typeof hostname): string {
    return typeof text === 'string' && text.includes('${') ? text : requireFormat(this, field, text, format);
  }
}
