import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct, IConstruct } from 'constructs';
import type { JsonObject } from '../../json/json';
import { dns1035Label, portName } from '../../systems/kubernetes/names';
import { faultsOf } from '../admission';
import { requireFormat, requireInteger } from '../formats';
import { type GatewayTarget, HttpRoute } from '../gateway';
import type { HostHandle } from '../handles';
import { refuse } from '../input-error';
import { merge } from '../merge';
import { refuseFaults } from '../refuse-faults';
import { type Labels, withoutNull } from '../resource';
import { clusterOf } from '../scopes';
import { type ServicePort, servicePort } from '../service-handle';
import { type SpecOf, specJson } from '../spec';
import { rewritten } from './rewrite';
import type { Workload } from './workload';

/** Where a workload is reached in the cluster: a host that env takes, and the port. */
export interface WorkloadAddress extends HostHandle {
  /** `<service>.<namespace>.svc` */
  readonly host: string;
  readonly port: number;
}

export interface ServiceSettings {
  /** @default the workload's name; of a headless Service with `-headless` behind it */
  readonly name?: string;
  /** The port that clients use. @default 80; that of the container where it is not called `http` */
  readonly port?: number;
  /** Which of `ports` it has, by their names. @default all */
  readonly ports?: readonly string[];
  readonly labels?: Labels;
  readonly annotations?: Labels;
  /** Any field of its spec; null takes a default away. @default none */
  readonly spec?: SpecOf<kplus.k8s.ServiceSpec>;
}

/** What of a workload that answers requests is seen from outside of its pods. */
export interface ExposureProps {
  /** The port that it listens on. */
  readonly port: number;
  /** What that is called, in the container and the Service. @default 'http' */
  readonly portName?: string;
  /** Further ports of the container and of the Service, by name: `{ metrics: 9090 }`. @default none */
  readonly ports?: Readonly<Record<string, number>>;
  /** Its Service; null for none. @default port 80 leads to `port` */
  readonly service?: ServiceSettings | null;
  /** The host, or hosts, that it answers to from outside; null for all those of the Gateway's listener. @default no route */
  readonly host?: string | readonly string[] | null;
  /** The Gateway that those requests come in by. @default no route */
  readonly gateway?: GatewayTarget | readonly GatewayTarget[];
}

export interface DisruptionProps {
  /** How many pods may be away at a time; null for any. @default all but one from two replicas on */
  readonly disruptionBudget?: SpecOf<kplus.k8s.PodDisruptionBudgetSpec> | null;
}

/** The ports of the container, by name. */
export function containerPorts(
  scope: Construct,
  { port, portName: first = 'http', ports }: ExposureProps,
): Readonly<Record<string, number>> {
  requireFormat(scope, 'portName', first, portName);
  const all = { [first]: requireInteger(scope, 'port', port, 1, 65535), ...ports };
  for (const [name, number] of Object.entries(ports ?? {})) {
    requireFormat(scope, 'ports: a name', name, portName);
    requireInteger(scope, `ports.${name}`, number, 1, 65535);
    const taken = Object.entries(all).find(([other, value]) => other !== name && value === number);
    if (name !== first && !taken) continue;
    const allowed = `names and numbers that differ from each other, and from \`${first}\`, which is the property port`;
    refuse(scope, { field: `ports.${name}`, value: number, allowed, example: '{ metrics: 9090 }' });
  }
  return all;
}

/** The way to it: its Service, and the route from a Gateway. */
export function expose(
  workload: Workload,
  props: ExposureProps,
): { readonly service: kplus.Service | undefined; readonly route: HttpRoute | undefined } {
  const service =
    props.service === null
      ? undefined
      : serviceOf(workload, 'Service', props, { name: workload.name, ...props.service });
  return { service, route: routeTo(workload, service, props) };
}

/** A Service of the workload's pods. */
export function serviceOf(
  workload: Workload,
  id: string,
  props: ExposureProps,
  { name, port, ports: shown, labels, annotations, spec }: ServiceSettings & { readonly name: string },
): kplus.Service {
  const { portName: first = 'http' } = props;
  const ofClients = port ?? (first === 'http' ? 80 : props.port);
  const all = containerPorts(workload, props);
  for (const name of shown ?? []) {
    if (Object.hasOwn(all, name)) continue;
    refuse(workload, {
      field: 'service.ports',
      value: name,
      allowed: `ports of the container: ${Object.keys(all).join(', ')}`,
    });
  }
  const answered = Object.entries(all).filter(([name]) => name === first || (shown?.includes(name) ?? true));
  const ports = answered.map(([name, targetPort]) => ({
    name,
    port: name === first ? requireInteger(workload, 'service.port', ofClients, 1, 65535) : targetPort,
    targetPort,
  }));
  const service = new kplus.Service(workload, id, {
    metadata: {
      name: requireFormat(workload, 'the name of the Service', name, dns1035Label),
      labels: withoutNull({ ...workload.labels, ...labels }),
      annotations: withoutNull(annotations ?? {}),
    },
    selector: workload,
    ports,
  });
  const given = specJson(workload, spec);
  rewritten(ApiObject.of(service), (ours) => merge<JsonObject>(ours, given));
  return service;
}

/** What has a Service. */
type Served = IConstruct & { readonly namespace: string };

/** Where the workload is reached in the cluster. */
export function addressOf(workload: Served, given: kplus.Service | undefined): WorkloadAddress {
  const service = required(workload, 'address', given);
  const host = `${service.name}.${workload.namespace}.svc`;
  return { host, port: service.port, cluster: service };
}

/** A port of the workload's Service, by its name; the first without. */
export function portOf(workload: Served, service: kplus.Service | undefined, name: string | undefined): ServicePort {
  return servicePort(required(workload, 'port', service), name);
}

function required(workload: Served, field: string, service: kplus.Service | undefined): kplus.Service {
  if (service !== undefined) return service;
  return refuse(workload, { field, allowed: 'a workload with a Service', example: 'leave out service: null' });
}

function routeTo(
  workload: Workload,
  service: kplus.Service | undefined,
  { host, gateway }: ExposureProps,
): HttpRoute | undefined {
  if (host === undefined && gateway === undefined) return undefined;
  if (host === undefined || gateway === undefined) {
    refuse(workload, {
      field: host === undefined ? 'host' : 'gateway',
      value: undefined,
      allowed: 'given where the other one of host and gateway is; host may be null, for all hosts of the listener',
      example: "host: 'shop.example.org', gateway: { name: 'public', namespace: 'gateway-system' }",
    });
  }
  if (service === undefined) {
    const allowed = 'a Service, which the route leads to';
    refuse(workload, { field: 'service', value: null, allowed, example: 'leave out service, or host and gateway' });
  }
  const { name, labels, namespace } = workload;
  return new HttpRoute(workload, 'HttpRoute', {
    name,
    ...(Object.keys(labels).length > 0 && { labels }),
    hosts: host === null ? null : [host].flat(),
    gateway,
    service: { name: service.name, port: service.port, namespace, producer: service },
  });
}

/** Its PodDisruptionBudget; none of a single pod: it would block every drain of a node. */
export function addDisruptionBudget(
  workload: Workload,
  replicas: number | undefined,
  { disruptionBudget: given }: DisruptionProps,
): ApiObject | undefined {
  if (given === null) return undefined;
  const several = clusterOf(workload).defaults && replicas !== undefined && replicas > 1;
  if (given === undefined && !several) return undefined;
  const says = given?.minAvailable !== undefined || given?.maxUnavailable !== undefined;
  const own = { ...(!says && { maxUnavailable: 1 }), selector: { matchLabels: { ...workload.selector } } };
  const budget = {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    spec: merge<JsonObject>(own, specJson(workload, given)),
  };
  refuseFaults(workload, budget, faultsOf, (path) => `disruptionBudget: ${path}`);
  const { name, labels } = workload;
  return new ApiObject(workload, 'PodDisruptionBudget', { ...budget, metadata: { name, labels: { ...labels } } });
}
