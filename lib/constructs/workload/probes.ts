import type { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { JsonObject } from '../../json/json';
import type { Format } from '../../systems/format';
import { requireFormat, requireObject } from '../formats';
import type { SpecOf } from '../spec';
import { specJson } from '../spec';

/** A probe as Kubernetes has it. */
export type ProbeSpec = SpecOf<k8s.Probe>;

/** Which probes a container has; null for none of a kind. */
export interface Probes<P = ProbeSpec> {
  readonly startup?: P | null;
  readonly readiness?: P | null;
  readonly liveness?: P | null;
}

export const httpPath: Format = {
  allowed: 'a path that begins with "/", without spaces',
  example: '"/healthz"',
  accepts: (value) => /^\/\S*$/.test(value),
};

/** How often each asks, as a Deployment of many apps has it: five minutes to start, a minute until it is restarted. */
const pace: Readonly<Record<keyof Probes, JsonObject>> = {
  startup: { periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 60 },
  readiness: { periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
  liveness: { periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
};

/**
 * The probes of a container that listens on a port: each of them asks whether the port is open, or for a path where one is
 * given. Startup is what readiness is by default, with more patience.
 *
 * @param probes null for none at all
 * @param byDefault whether what is not given is asked for, too
 */
export function probesOfPort(
  scope: Construct,
  {
    probes: given,
    portName: port = 'http',
  }: { readonly probes?: Probes<string | ProbeSpec> | null; readonly portName?: string },
  byDefault: boolean,
): JsonObject {
  if (given === null) return {};
  if (given !== undefined) {
    const allowed = 'the probes of each kind; null for none at all';
    requireObject(scope, 'probes', given, { allowed, example: "{ readiness: '/ready', liveness: '/alive' }" });
  }
  const { readiness, startup = byDefault ? readiness : undefined, liveness } = given ?? {};
  const each = { readiness, startup, liveness };
  const probes = Object.entries(each).map(([kind, probe]) => {
    const own = pace[kind as keyof Probes];
    if (probe === undefined) return [kind, byDefault ? { tcpSocket: { port }, ...own } : null] as const;
    if (typeof probe !== 'string') return [kind, probe && specJson(scope, probe)] as const;
    const path = requireFormat(scope, `probes.${kind}`, probe, httpPath);
    return [kind, { httpGet: { path, port }, ...own }] as const;
  });
  return named(probes);
}

/** The probes of a container of which nothing is known. */
export function probesAsGiven(scope: Construct, given: Probes | null | undefined): JsonObject {
  return named(Object.entries(given ?? {}).map(([kind, probe]) => [kind, probe && specJson(scope, probe)] as const));
}

function named(probes: readonly (readonly [kind: string, probe: JsonObject | null])[]): JsonObject {
  return Object.fromEntries(probes.flatMap(([kind, probe]) => (probe === null ? [] : [[`${kind}Probe`, probe]])));
}
