import { isJsonObject, type Json, type JsonObject } from '../../json/json';
import { listAt, objectAt, textAt } from '../../json/read';
import {
  ageSecretFlag,
  controllerOfImage,
  type FluxController,
  flagOf,
  fluxControllers,
  isOn,
  lockdownFlags,
  shardFlag,
} from '../../systems/flux/controllers';
import { kustomizationNames } from '../../systems/flux/kustomization-names';
import { instanceArguments } from '../../systems/flux-operator/instance';
import { memoize } from '../../text/memoize';
import { isKnown } from '../../text/symbolic';
import type { Placed } from '../../tree/kustomize/kustomization';
import { withPatches } from '../../tree/kustomize/patches';
import { resolveEntry } from '../../tree/kustomize/place';
import { folderOf } from '../../tree/paths';
import type { SourceDocument, SourceTree } from '../../tree/source/source';
import { chartOf } from '../charts';
import type { Cluster } from '../cluster';
import type { Graph } from '../graph';
import type { Resource } from '../resource';
import { containersOf, podTemplate } from '../workload';

/** A controller of Flux as a tree says that it runs; each shard has one. */
export interface Controller {
  readonly component: FluxController;
  readonly args: readonly string[];
  /** Its namespace: Flux's own. */
  readonly namespace: string;
  /** Whether what it is told may be more than what is known: only patches of it are in the tree, or something unknown patches it. */
  readonly open: boolean;
  /** The file that says it. */
  readonly file: string;
}

/**
 * The controllers that a cluster's tree shows, with their arguments: their Deployments, what the Flux Operator makes of a FluxInstance,
 * else patches that lie where Flux' own manifests are put when it is installed. Nothing of what is installed otherwise.
 */
export function controllersIn(cluster: Cluster, { tree }: Pick<Graph, 'tree'>): readonly Controller[] {
  return ofTree(tree)(cluster);
}

/** Whether the tree shows controllers of a kind, and a flag is on for each of them. */
export function isOnEverywhere(controllers: readonly Controller[], component: FluxController, flag: string): boolean {
  const own = controllers.filter((one) => one.component === component);
  return own.length > 0 && own.every(({ args }) => isOn(args, flag));
}

/** What a flag says, where it says the same of every controller of a kind. */
export function saidEverywhere(
  controllers: readonly Controller[],
  component: FluxController,
  flag: string,
): string | undefined {
  const said = new Set(controllers.filter((one) => one.component === component).map(({ args }) => flagOf(args, flag)));
  return said.size === 1 ? [...said][0] : undefined;
}

const ofTree = memoize((tree: SourceTree) =>
  memoize((cluster: Cluster): readonly Controller[] => {
    const shown = [...ofDeployments(cluster), ...ofInstances(cluster)];
    const known = new Set(shown.map(({ component }) => component));
    return [...shown, ...ofPatches(cluster, tree).filter(({ component }) => !known.has(component))].filter(({ args }) =>
      args.every(isKnown),
    );
  }),
);

function ofDeployments(cluster: Cluster): Controller[] {
  return cluster.ofKind('apps', 'Deployment').flatMap((resource) => {
    const pod = podTemplate(resource);
    return (pod === undefined ? [] : containersOf(pod)).flatMap(({ value }) => {
      const component = controllerOfImage(textAt(value, 'image') ?? '');
      if (component === undefined) return [];
      const { namespace, uncertain, document } = resource;
      return [{ component, args: argsOf(value), namespace, open: uncertain, file: document.file.path }];
    });
  });
}

function ofInstances(cluster: Cluster): Controller[] {
  const specs: [Resource, JsonObject | undefined][] = [
    ...cluster.ofKind('fluxcd.controlplane.io', 'FluxInstance').map(withSpec(['spec'])),
    ...cluster
      .ofKind('helm.toolkit.fluxcd.io', 'HelmRelease')
      .filter((release) => chartOf(release, cluster) === 'flux-instance')
      .map(withSpec(['spec', 'values', 'instance'])),
  ];
  return specs.flatMap(([{ document, namespace, uncertain }, spec]) => {
    if (spec === undefined) return [];
    const patches = listAt(spec, 'kustomize', 'patches').filter(isTelling);
    return fluxControllers.flatMap((component) =>
      instanceArguments(spec, component).map((args) => ({
        component,
        args: patched(component, args, namespace, placed(document, patches)),
        namespace,
        open: uncertain,
        file: document.file.path,
      })),
    );
  });
}

const withSpec =
  (path: readonly string[]) =>
  (resource: Resource): [Resource, JsonObject | undefined] => [resource, objectAt(resource.value, ...path)];

/** What patches of kustomizations and Kustomizations say of Deployments that are not in the tree, as where only bootstrap writes them. */
function ofPatches(cluster: Cluster, tree: SourceTree): Controller[] {
  const written = [...documentsWithPatches(cluster, tree)].flatMap(([document, patches]) => {
    const telling = readIn(document, patches, tree).filter(isTelling);
    return telling.length === 0 ? [] : [[document, telling] as const];
  });
  return fluxControllers.flatMap((component) =>
    written.flatMap(([document, patches]) => {
      const args = patched(component, [], 'flux-system', placed(document, patches));
      return args.length === 0
        ? []
        : [{ component, args, namespace: 'flux-system', open: true, file: document.file.path }];
    }),
  );
}

function* documentsWithPatches(cluster: Cluster, tree: SourceTree): Generator<[SourceDocument, readonly Json[]]> {
  const found = new Set<SourceDocument>();
  for (const { resource, spec, contents } of cluster.kustomizations) {
    yield [resource.document, listAt(spec, 'patches')];
    for (const document of contents.type === 'built' ? contents.built.kustomizations : []) found.add(document);
  }
  for (const { document } of cluster.begun) {
    for (const name of kustomizationNames) {
      const [own] = tree.file(`${folderOf(document.file.path)}/flux-system/${name}`)?.documents ?? [];
      if (own !== undefined) found.add(own);
    }
  }
  for (const document of found) yield [document, listAt(document.value, 'patches')];
}

/** The patches with the texts of those that lie in files. */
function readIn(document: SourceDocument, patches: readonly Json[], tree: SourceTree): readonly Json[] {
  return patches.map((entry) => {
    const path = resolveEntry(folderOf(document.file.path), textAt(entry, 'path') ?? '');
    const patch = textAt(entry, 'patch') ?? (path === undefined ? undefined : tree.file(path)?.text);
    return isJsonObject(entry) && patch !== undefined ? { ...entry, patch } : entry;
  });
}

const flags = [...Object.values(lockdownFlags), shardFlag, ageSecretFlag];

/** Most patches are of something else, and some of what nobody knows here. */
function isTelling(entry: Json): boolean {
  const patch = textAt(entry, 'patch') ?? '';
  return flags.some((flag) => patch.includes(flag));
}

function placed(document: SourceDocument, patches: readonly Json[]): Placed<Json>[] {
  return patches.map((value, i) => ({ document, path: ['patches', i], value }));
}

/** What Flux' own manifests tell every controller first. */
const usual = [
  'events-addr=',
  'watch-all-namespaces=true',
  'log-level=info',
  'log-encoding=json',
  'enable-leader-election',
];

/** The arguments of a controller with what patches add, to a Deployment that has what they usually patch. */
function patched(name: string, args: readonly string[], namespace: string, patches: readonly Placed<Json>[]): string[] {
  const [first] = patches;
  if (first === undefined) return [...args];
  const all = [...usual.map((flag) => `--${flag}`), ...args];
  const container = { name: 'manager', args: all, env: [], volumeMounts: [], resources: { limits: {}, requests: {} } };
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels: {}, annotations: {} },
    spec: { template: { metadata: { labels: {}, annotations: {} }, spec: { containers: [container], volumes: [] } } },
  };
  const result = withPatches(deployment, { document: first.document, path: [] }, patches);
  const [changed] = listAt(result, 'spec', 'template', 'spec', 'containers');
  return argsOf(changed).filter((arg) => !usual.includes(arg.slice(2)));
}

function argsOf(container: Json | undefined): string[] {
  return listAt(container, 'args').filter((arg) => typeof arg === 'string');
}
