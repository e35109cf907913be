import type { Json, JsonObject } from '../../json/json';
import { at, listAt, objectAt, textAt } from '../../json/read';
import { isKnown } from '../../text/symbolic';

/** How routes and Gateways of Gateway API 1.6 find each other. (apis/v1/gateway_types.go, apis/v1beta1/referencegrant_types.go) */

export const group = 'gateway.networking.k8s.io';
export const routeKinds = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'];

/** Whose, and of which kind, what a ReferenceGrant lets somebody refer to is. */
export interface Granted {
  readonly from: { readonly kind: string; readonly namespace: string };
  readonly to: { readonly group: string; readonly kind: string; readonly name: string };
}

export function grants(grant: JsonObject, { from, to }: Granted): boolean {
  const isFrom = listAt(grant, 'spec', 'from').some(
    (item) =>
      at(item, 'group') === group && at(item, 'kind') === from.kind && mayBe(at(item, 'namespace'), from.namespace),
  );
  const isTo = listAt(grant, 'spec', 'to').some((item) => {
    const name = at(item, 'name');
    const kind = (at(item, 'group') ?? '') === to.group && at(item, 'kind') === to.kind;
    return kind && (name === undefined || name === null || name === '' || mayBe(name, to.name));
  });
  return isFrom && isTo;
}

function mayBe(value: Json | undefined, text: string): boolean {
  return value === text || (typeof value === 'string' && !isKnown(value));
}

/** Which namespaces' routes a listener takes: a selector where labels decide it, or something that is not known. */
export function routesOf(listener: Json): 'All' | 'Same' | 'None' | { readonly selector: JsonObject } | undefined {
  const from = at(listener, 'allowedRoutes', 'namespaces', 'from') ?? 'Same';
  if (from === 'All' || from === 'Same' || from === 'None') return from;
  const selector = objectAt(listener, 'allowedRoutes', 'namespaces', 'selector');
  return from === 'Selector' && selector !== undefined ? { selector } : undefined;
}

/** Whether labels are selected; undefined where expressions decide it. */
export function selects(selector: JsonObject, labels: JsonObject): boolean | undefined {
  const wanted = Object.entries(objectAt(selector, 'matchLabels') ?? {});
  const all = [...wanted.map(([, value]) => value), ...Object.values(labels)];
  if (all.some((value) => typeof value === 'string' && !isKnown(value))) return undefined;
  if (!wanted.every(([key, value]) => labels[key] === value)) return false;
  return listAt(selector, 'matchExpressions').length > 0 ? undefined : true;
}

/** The listeners of a Gateway that a parentRef means. */
export function listenersFor(gateway: JsonObject, parentRef: Json): readonly Json[] {
  const [section, port] = [textAt(parentRef, 'sectionName'), at(parentRef, 'port')];
  return listAt(gateway, 'spec', 'listeners').filter(
    (listener) =>
      (section === undefined || at(listener, 'name') === section) &&
      (port === undefined || port === null || at(listener, 'port') === port),
  );
}
