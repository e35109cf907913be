import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Json, JsonObject } from '../../json/json';
import { at, keysAt, listAt, objectAt, textAt } from '../../json/read';
import { groupKind, groupVersion } from '../../systems/api-version';
import { servicesMade } from '../../systems/cnpg/made';
import { clusterLabel, poolerLabel, postgresPort } from '../../systems/cnpg/network';
import { routeKinds } from '../../systems/gateway/attach';
import { podTemplatePath } from '../../systems/kinds/kinds';
import { servicesNamed } from '../../systems/kubernetes/network';
import { groupBy } from '../../text/group-by';
import { lazy, memoize } from '../../text/memoize';
import { objectOf } from '../kinds/target';
import { Resource } from '../resource';
import { namespaceAt } from '../scopes';
import { Workload } from '../workload/workload';

export type PodLabels = Readonly<Record<string, string>>;

/** Pods that requests come from or go to. */
export interface End {
  readonly namespace: string;
  /** Undefined for all pods of the namespace. */
  readonly labels: PodLabels | undefined;
}

/** Where requests go, by the ports of the pods; none for all ports. */
export interface Reached extends End {
  readonly ports: readonly JsonObject[];
}

/** What runs for one object. */
export interface Pods extends End {
  /** The construct that an author gave references to. */
  readonly owner: IConstruct;
  readonly object: ApiObject;
  readonly value: JsonObject;
  readonly kind: string;
  readonly name: string;
  /** Those that they are told from others by, and all others that they have; undefined where nobody knows. */
  readonly all: PodLabels | undefined;
  /** What the construct refers to that makes them. */
  readonly uses: readonly IConstruct[];
}

/** What is written of a cluster that connections follow from. */
export interface Connections {
  /** All pods of known labels, and those of HelmReleases, of which only the namespace is known. */
  readonly pods: readonly Pods[];
  /** What pods send requests to: by the handles that their construct was given, and the addresses in their variables. */
  reachedBy(pods: Pods): readonly Reached[];
  /** Who sends requests to pods, and by which ports. */
  callersOf(pods: Pods): readonly (Pick<Reached, 'ports'> & { readonly caller: Pods })[];
  /** The pods that a construct runs, or that the Service leads to which it makes; none where nobody knows. */
  endsOf(construct: IConstruct): readonly Reached[];
  /** The ports of Services that lead to pods. */
  behind(pods: Pods): readonly Reached[];
  /** Where routes and Ingresses lead requests, and the namespaces of the Gateways; none of an Ingress, whose controller nobody says. */
  readonly routed: readonly (Reached & { readonly by: IConstruct; readonly gateways: readonly string[] })[];
}

const release = 'helm.toolkit.fluxcd.io/HelmRelease';

/** Reads what the constructs of a cluster, all of them, write, and what they refer to. */
export function connectionsIn(constructs: readonly IConstruct[]): Connections {
  const objects = constructs.filter(ApiObject.isApiObject);
  const all = objects.filter(isOfInterest).map((object) => ({ object, value: object.toJson() as JsonObject }));
  const services = new Map<string, ServiceReached[]>();
  for (const { object, value } of all) {
    for (const [name, reached] of servicesOf(object, value)) services.set(`${reached[0]?.namespace}/${name}`, reached);
  }
  const named = (text: string): Reached[] =>
    [...servicesNamed(text)].flatMap(({ name, namespace, port }) => {
      const known = services.get(`${namespace}/${name}`);
      const ofPort = known?.filter(({ service }) => port === undefined || service === port);
      if (known) return ofPort?.length ? ofPort : known;
      // Which port of which pods is behind it is not known here.
      return [{ namespace, labels: undefined, ports: [] }];
    });
  const pods = all.flatMap(({ object, value }) => podsOf(object, value) ?? []);
  const reachedBy = memoize(({ kind, value, namespace, uses }: Pods) => {
    const used = uses.flatMap((use) => objectOf(use) ?? []).map((object) => [object, object.toJson()] as const);
    const byHandle = used.flatMap(([object, json]) => [...servicesOf(object, json).values()].flat());
    const texts = [
      value,
      ...used.filter(([{ kind }]) => ['ConfigMap', 'ObjectStore'].includes(kind)).map(([, json]) => json),
    ];
    const cluster = kind.endsWith('/Pooler') ? textAt(value, 'spec', 'cluster', 'name') : undefined;
    const pooled = { namespace, labels: { [clusterLabel]: cluster ?? '' }, ports: [{ port: postgresPort }] };
    return distinct([
      ...byHandle,
      ...(cluster === undefined ? [] : [pooled]),
      ...texts.flatMap((json) => named(JSON.stringify(json))),
    ]);
  });
  const servicesIn = lazy(() => groupBy([...services.values()].flat(), ({ namespace }) => namespace));
  const calls = lazy(() =>
    groupBy(
      pods.flatMap((caller) => reachedBy(caller).map((reached) => ({ caller, reached }))),
      ({ reached }) => reached.namespace,
    ),
  );
  return {
    pods,
    reachedBy,
    callersOf: (each) =>
      (calls().get(each.namespace) ?? [])
        .filter(({ caller, reached }) => caller.object !== each.object && finds(reached, each))
        .map(({ caller, reached: { ports } }) => ({ caller, ports })),
    endsOf: (construct) => {
      const object = objectOf(construct);
      const own = pods.filter((each) => each.owner === construct || each.object === object);
      if (own.length > 0) return own.map(({ namespace, labels }) => ({ namespace, labels, ports: [] }));
      return object ? [...servicesOf(object, object.toJson()).values()].flat() : [];
    },
    behind: (each) => distinct((servicesIn().get(each.namespace) ?? []).filter((reached) => finds(reached, each))),
    routed: all.filter(({ object }) => isRoute(object)).flatMap((route) => routedBy(route, services)),
  };
}

function isOfInterest({ apiVersion, kind }: ApiObject): boolean {
  const type = { group: groupVersion(apiVersion).group, kind };
  const isRead = ['/Service', release, 'postgresql.cnpg.io/Cluster', 'postgresql.cnpg.io/Pooler'];
  return podTemplatePath(type) !== undefined || isRead.includes(groupKind(type)) || isRoute({ kind });
}

function isRoute({ kind }: Pick<ApiObject, 'kind'>): boolean {
  return routeKinds.includes(kind) || kind === 'Ingress';
}

function namespaceOf(object: ApiObject, value: JsonObject): string {
  return textAt(value, 'metadata', 'namespace') ?? namespaceAt(object) ?? 'default';
}

/** Pods of known labels by what selects them, so that a change of other labels changes nothing here. */
function podsOf(object: ApiObject, value: JsonObject): Pods | undefined {
  const type = { group: groupVersion(object.apiVersion).group, kind: object.kind };
  const kind = groupKind(type);
  const owner = ownerOf(object);
  const name = textAt(value, 'metadata', 'name') ?? '';
  const namespace = namespaceOf(object, value);
  const uses = owner.node.findAll().flatMap(({ node }) => node.dependencies);
  const pods = { owner, object, value, kind, name, namespace, uses };
  const operated = labelsOfOperator(kind, name);
  if (operated) return { ...pods, labels: operated, all: operated };
  if (kind === release) {
    return {
      ...pods,
      namespace: textAt(value, 'spec', 'targetNamespace') ?? namespace,
      labels: undefined,
      all: undefined,
    };
  }
  const template = podTemplatePath(type);
  if (template === undefined) return undefined;
  const all = textsAt(value, ...template, 'metadata', 'labels');
  const own = owner instanceof Workload ? owner.selector : textsAt(value, 'spec', 'selector', 'matchLabels');
  return all && { ...pods, labels: own ?? all, all };
}

function labelsOfOperator(kind: string, name: string): PodLabels | undefined {
  if (kind === 'postgresql.cnpg.io/Cluster') return { [clusterLabel]: name };
  return kind === 'postgresql.cnpg.io/Pooler' ? { [poolerLabel]: name } : undefined;
}

function ownerOf(object: ApiObject): IConstruct {
  const scopes = [...object.node.scopes].reverse();
  return scopes.find((scope) => scope instanceof Resource) ?? object;
}

/** A Service's port, which texts may name, beside the pods' own. */
type ServiceReached = Reached & { readonly service?: Json; readonly portName?: Json };

/** The pods behind the Services that an object makes, by the Services' names: an entry for each port. */
function servicesOf(object: ApiObject, value: JsonObject): Map<string, ServiceReached[]> {
  const { group } = groupVersion(object.apiVersion);
  const kind = groupKind({ group, kind: object.kind });
  const name = textAt(value, 'metadata', 'name') ?? '';
  const namespace = namespaceOf(object, value);
  const operated = labelsOfOperator(kind, name);
  if (operated) {
    const reached = [{ namespace, labels: operated, ports: [{ port: postgresPort }] }];
    const names = kind.endsWith('/Pooler') ? [name] : servicesMade(value);
    return new Map(names.map((service) => [service, reached]));
  }
  const labels = kind === '/Service' ? textsAt(value, 'spec', 'selector') : undefined;
  if (labels === undefined) return new Map();
  const ports = listAt(value, 'spec', 'ports').map((port) => ({
    namespace,
    labels,
    ports: [portOf(port)],
    service: at(port, 'port') ?? null,
    portName: at(port, 'name') ?? null,
  }));
  return new Map([[name, ports]]);
}

function portOf(port: Json): JsonObject {
  const protocol = textAt(port, 'protocol') ?? 'TCP';
  const target = at(port, 'targetPort') ?? at(port, 'port') ?? null;
  return { port: target, ...(protocol !== 'TCP' && { protocol }) };
}

function routedBy(
  { object, value }: { readonly object: ApiObject; readonly value: JsonObject },
  services: ReadonlyMap<string, ServiceReached[]>,
) {
  const own = namespaceOf(object, value);
  const gateways = listAt(value, 'spec', 'parentRefs').map((parent) => textAt(parent, 'namespace') ?? own);
  const rules = listAt(value, 'spec', 'rules');
  const ofIngress = [
    at(value, 'spec', 'defaultBackend'),
    ...rules.flatMap((rule) => listAt(rule, 'http', 'paths').map((path) => at(path, 'backend'))),
  ];
  const backends = [
    ...rules.flatMap((rule) => listAt(rule, 'backendRefs')),
    ...ofIngress.flatMap((backend) => objectAt(backend, 'service') ?? []),
  ];
  return backends.flatMap((backend) => {
    const namespace = textAt(backend, 'namespace') ?? own;
    const ports = services.get(`${namespace}/${textAt(backend, 'name')}`) ?? [];
    const port = at(backend, 'port', 'number') ?? at(backend, 'port', 'name') ?? at(backend, 'port');
    const isMeant = ({ service, portName }: ServiceReached) =>
      service === undefined || service === port || (portName !== null && portName === port);
    return ports.filter(isMeant).map((to) => ({ ...to, by: ownerOf(object), gateways }));
  });
}

/** A map of texts, such as labels; undefined where there is none. */
function textsAt(value: JsonObject, ...path: readonly string[]): PodLabels | undefined {
  const found = objectAt(value, ...path);
  return found && keysAt(found).length > 0 ? (found as PodLabels) : undefined;
}

/** Whether a selector finds pods. */
export function finds({ namespace, labels }: End, pods: Pods): boolean {
  const { all } = pods;
  if (labels === undefined || all === undefined || namespace !== pods.namespace) return false;
  return Object.entries(labels).every(([key, value]) => all[key] === value);
}

function distinct(all: readonly ServiceReached[]): Reached[] {
  const known = new Map<string, Reached>();
  for (const { namespace, labels, ports } of all) {
    const reached = { namespace, labels, ports };
    known.set(JSON.stringify(reached), reached);
  }
  return [...known.values()];
}
