import type { JsonObject } from '../../json/json';
import { at, listAt, textAt } from '../../json/read';
import { isKnown } from '../../text/symbolic';

/** What a Gateway lets in (Gateway API 1.6 apis/v1/gateway_types.go, and "Hostnames" in httproute_types.go). */

/** The listeners that a parentRef means. */
export function listenersFor(gateway: JsonObject, parentRef: JsonObject): readonly JsonObject[] {
  const [section, port] = [textAt(parentRef, 'sectionName'), at(parentRef, 'port')];
  return listAt(gateway, 'spec', 'listeners').filter(
    (listener): listener is JsonObject =>
      (section === undefined || textAt(listener, 'name') === section) &&
      (port === undefined || at(listener, 'port') === port),
  );
}

/** Whether a listener takes routes of other namespaces; undefined where labels of the namespace decide. */
export function letsOthersIn(listener: JsonObject): boolean | undefined {
  const from = textAt(listener, 'allowedRoutes', 'namespaces', 'from') ?? 'Same';
  return from === 'Selector' ? undefined : from === 'All';
}

/** Whether a listener may answer for one of the hostnames: each side may begin with `*.`, and without one any fits. */
export function answersFor(listener: JsonObject, hostnames: readonly string[]): boolean {
  const own = textAt(listener, 'hostname') ?? '';
  if (own === '' || hostnames.length === 0 || !isKnown(own)) return true;
  return hostnames.some((name) => !isKnown(name) || fits(own, name) || fits(name, own));
}

/** `*.example.org` fits `a.b.example.org` and `*.a.example.org`, and not `example.org`. */
function fits(pattern: string, name: string): boolean {
  return pattern === name || (pattern.startsWith('*.') && name.endsWith(pattern.slice(1)));
}
