import type { Json, Path } from '../json/json';
import { at, listAt, textAt } from '../json/read';
import { memoize } from '../text/memoize';
import type { Cluster } from './cluster';
import type { Resource } from './resource';

/** A Service that a route or an Ingress leads to. */
export interface Backend {
  readonly resource: Resource;
  readonly namespace: string;
  readonly name: string;
  readonly namePath: Path;
  /** Its port, by number or name; undefined where none is said. */
  readonly port: number | string | undefined;
  readonly portPath: Path;
}

const routes = ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute'];

/** The Services that the routes and Ingresses of a cluster lead to. */
export const backendsIn: (cluster: Cluster) => readonly Backend[] = memoize((cluster) => [...backends(cluster)]);

function* backends(cluster: Cluster): Generator<Backend> {
  for (const kind of routes) {
    for (const route of cluster.ofKind('gateway.networking.k8s.io', kind)) yield* ofRoute(route);
  }
  for (const ingress of cluster.ofKind('networking.k8s.io', 'Ingress')) yield* ofIngress(ingress);
}

function* ofRoute(resource: Resource): Generator<Backend> {
  for (const [i, rule] of listAt(resource.value, 'spec', 'rules').entries()) {
    for (const [j, ref] of listAt(rule, 'backendRefs').entries()) {
      yield* ofReference(resource, ref, ['spec', 'rules', i, 'backendRefs', j]);
    }
    for (const [j, filter] of listAt(rule, 'filters').entries()) {
      const path = ['spec', 'rules', i, 'filters', j, 'requestMirror', 'backendRef'];
      yield* ofReference(resource, at(filter, 'requestMirror', 'backendRef'), path);
    }
  }
}

function* ofReference(resource: Resource, ref: Json | undefined, path: Path): Generator<Backend> {
  const name = textAt(ref, 'name');
  if (name === undefined || (textAt(ref, 'kind') ?? 'Service') !== 'Service' || (textAt(ref, 'group') ?? '') !== '')
    return;
  const port = at(ref, 'port');
  yield {
    resource,
    namespace: textAt(ref, 'namespace') ?? resource.namespace,
    name,
    namePath: [...path, 'name'],
    port: typeof port === 'number' ? port : undefined,
    portPath: [...path, 'port'],
  };
}

function* ofIngress(resource: Resource): Generator<Backend> {
  const places: Path[] = [['spec', 'defaultBackend']];
  for (const [i, rule] of listAt(resource.value, 'spec', 'rules').entries()) {
    for (const j of listAt(rule, 'http', 'paths').keys())
      places.push(['spec', 'rules', i, 'http', 'paths', j, 'backend']);
  }
  for (const place of places) {
    const path = [...place, 'service'];
    const service = at(resource.value, ...path);
    const name = textAt(service, 'name');
    const portName = textAt(service, 'port', 'name');
    // The AWS Load Balancer Controller reads such a backend from an annotation.
    if (name === undefined || portName === 'use-annotation') continue;
    const number = at(service, 'port', 'number');
    yield {
      resource,
      namespace: resource.namespace,
      name,
      namePath: [...path, 'name'],
      port: portName ?? (typeof number === 'number' ? number : undefined),
      portPath: [...path, 'port', portName === undefined ? 'number' : 'name'],
    };
  }
}
