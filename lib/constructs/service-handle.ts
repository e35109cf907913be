import { ApiObject } from 'cdk8s';
import type { Service } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import type { Json } from '../json/json';
import { at, listAt, textAt } from '../json/read';
import { refuse } from './input-error';
import { namespaceAt } from './scopes';

/** A Service by name, and its port: `{ name: 'shop', port: 80 }`, or `release.service('shop', 80)` of a chart. */
export interface ServiceHandle {
  readonly name: string;
  readonly port?: number;
  readonly namespace?: string;
  /** The construct that makes it; who refers to it waits for that. @default none: it is there already */
  readonly producer?: IConstruct;
}

/** A port of a Service that a construct makes: `service.port('http')`. */
export class ServicePort implements ServiceHandle {
  /**
   * @param name metadata.name of the Service
   * @param portName its name, which monitors and Ingresses may use; undefined where the port has none
   */
  constructor(
    readonly name: string,
    readonly port: number,
    readonly portName: string | undefined,
    readonly namespace: string,
    readonly producer: IConstruct,
  ) {}
}

/**
 * A port of a Service of cdk8s-plus, for routes, Ingresses and monitors.
 *
 * @param name its name; may be left out of the first
 * @throws EspalierError for one that the Service does not have
 * @example
 * new ServiceMonitor(shop.directory, 'monitor', { spec: { selector: service, endpoints: [{ port: servicePort(service, 'metrics') }] } });
 */
export function servicePort(service: Service, name?: string): ServicePort {
  return portIn(service, service.name, listAt(ApiObject.of(service).toJson(), 'spec', 'ports'), name);
}

/** One of a Service's ports, by its name; the first without. */
export function portIn(
  service: IConstruct,
  serviceName: string,
  ports: readonly Json[],
  name: string | undefined,
): ServicePort {
  const found = name === undefined ? ports[0] : ports.find((port) => textAt(port, 'name') === name);
  const number = at(found, 'port');
  if (typeof number === 'number') {
    const namespace = namespaceAt(service) ?? 'default';
    return new ServicePort(serviceName, number, textAt(found, 'name'), namespace, service);
  }
  const names = ports.map((port) => textAt(port, 'name') ?? at(port, 'port'));
  return refuse(service, {
    field: 'port',
    value: name,
    allowed: `one of its ports: ${names.join(', ') || 'it has none'}`,
  });
}
