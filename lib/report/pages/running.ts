import { maskLines } from '../../graph/masking';
import type { Resource } from '../../graph/resource';
import { type Container, containersOf, podTemplate } from '../../graph/workload';
import type { Json } from '../../json/json';
import { at, keysAt, listAt, textAt } from '../../json/read';
import { enumerated } from '../../text/listed';
import { escapeMarkdown } from '../markdown-text';
import { list, mark, marks, paragraphs, plain, table } from './markdown';
import { named, type Section } from './page';

/** What runs: images, ports, health endpoints, and the hosts that lead to it. */
export const running: Section = {
  heading: 'What runs and how it is reached',
  body({ app }) {
    const home = app.namespace;
    const rows = app.resources.flatMap((resource) => containerRows(resource, home));
    const reached = [...app.resources.flatMap((resource) => reach(resource, home))];
    if (rows.length + reached.length === 0) return undefined;
    return paragraphs(
      rows.length === 0 ? undefined : table(['Container', 'Image', 'Ports', 'Health'], rows),
      list(reached),
    );
  },
};

function containerRows(resource: Resource, home: string): string[][] {
  const pod = podTemplate(resource);
  if (pod === undefined) return [];
  return containersOf(pod).map((container) => {
    const { value, init } = container;
    const name = textAt(value, 'name') ?? '';
    const ports = listAt(value, 'ports').flatMap((port) => {
      const number = plain(at(port, 'containerPort'));
      const called = textAt(port, 'name');
      return number === undefined ? [] : [mark(number) + (called === undefined ? '' : ` (${escapeMarkdown(called)})`)];
    });
    return [
      `${named(resource, home)}: ${mark(name)}${init ? ', before the others' : ''}`,
      mark(textAt(value, 'image') ?? '?'),
      ports.join(', '),
      probes(container).join('<br>'),
    ];
  });
}

const kinds = [
  ['startup', 'startupProbe'],
  ['readiness', 'readinessProbe'],
  ['liveness', 'livenessProbe'],
] as const;

function probes({ value }: Container): string[] {
  return kinds.flatMap(([name, field]) => {
    const probe = at(value, field);
    if (probe === undefined) return [];
    const port = (how: string) => plain(at(probe, how, 'port'));
    if (at(probe, 'httpGet') !== undefined) {
      return [`${name} ${mark(`GET :${port('httpGet') ?? '?'}${maskLines(textAt(probe, 'httpGet', 'path') ?? '/')}`)}`];
    }
    if (at(probe, 'tcpSocket') !== undefined) return [`${name} TCP ${mark(port('tcpSocket') ?? '?')}`];
    if (at(probe, 'grpc') !== undefined) return [`${name} gRPC ${mark(port('grpc') ?? '?')}`];
    return at(probe, 'exec') === undefined ? [] : [`${name} by a command`];
  });
}

function reach(resource: Resource, home: string): string[] {
  const { group, kind, value } = resource;
  switch (`${group}/${kind}`) {
    case 'gateway.networking.k8s.io/HTTPRoute': {
      const gateways = listAt(value, 'spec', 'parentRefs').flatMap((ref) => {
        const name = textAt(ref, 'name');
        const namespace = textAt(ref, 'namespace');
        return name === undefined ? [] : [namespace === undefined ? name : `${namespace}/${name}`];
      });
      const services = listAt(value, 'spec', 'rules').flatMap((rule) =>
        listAt(rule, 'backendRefs').flatMap((ref) => backend(textAt(ref, 'name'), at(ref, 'port'))),
      );
      const through = gateways.length === 0 ? '' : ` through Gateway ${marks(gateways)}`;
      return hosts(resource, home, listAt(value, 'spec', 'hostnames'), through, services);
    }
    case 'networking.k8s.io/Ingress': {
      const rules = listAt(value, 'spec', 'rules');
      const services = rules.flatMap((rule) =>
        listAt(rule, 'http', 'paths').flatMap((path) => {
          const service = at(path, 'backend', 'service');
          return backend(textAt(service, 'name'), at(service, 'port', 'number') ?? at(service, 'port', 'name'));
        }),
      );
      return hosts(
        resource,
        home,
        rules.map((rule) => at(rule, 'host') ?? null),
        '',
        services,
      );
    }
    case '/Service': {
      const ports = listAt(value, 'spec', 'ports').flatMap((port) => {
        const number = plain(at(port, 'port'));
        const to = plain(at(port, 'targetPort')) ?? number;
        return number === undefined
          ? []
          : [`port ${mark(number)}${to === number ? '' : ` leads to ${mark(to ?? '')}`}`];
      });
      const selects = keysAt(value, 'spec', 'selector').length > 0;
      return ports.length === 0 || !selects ? [] : [`${named(resource, home)}: ${enumerated(ports)}`];
    }
    default:
      return [];
  }
}

function hosts(
  resource: Resource,
  home: string,
  given: readonly Json[],
  through: string,
  to: readonly string[],
): string[] {
  const names = given.filter((host) => typeof host === 'string');
  const services = to.length === 0 ? '' : ` to ${enumerated([...new Set(to)])}`;
  const which = names.length === 0 ? 'any host' : marks(names);
  return [`${named(resource, home)} leads requests for ${which}${through}${services}`];
}

function backend(name: string | undefined, port: Json | undefined): string[] {
  const number = plain(port);
  return name === undefined ? [] : [`Service ${mark(name)}${number === undefined ? '' : ` port ${mark(number)}`}`];
}
