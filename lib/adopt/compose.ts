import { isFluxKustomization } from '../graph/flux/objects';
import type { Json } from '../json/json';
import { compareText } from '../text/compare';
import { groupBy } from '../text/group-by';
import { foldersOf } from '../tree/paths';
import type { SchemaHost } from '../tree/schema-url';
import { arrange } from './arrange';
import { addBrought } from './brought';
import { chooseClusters, sourceOf, usualSource } from './clusters';
import { addComments } from './comments/add';
import { addHints } from './comments/renovate';
import { nameComponents } from './components';
import type { Demotions } from './demotions';
import type { Draft, Drafting } from './draft';
import { formsOf } from './forms';
import { withHandles } from './handles';
import { leaveOutListed } from './kustomization-file';
import { layOut } from './layout';
import { haveFiles, type ModulePlan, modulePlans } from './modules';
import type { Moving } from './moving';
import { camel, clusterVariable, free, identifiers } from './names';
import { Places } from './places';
import { type Code, type CodeObject, Handle, type Module, type Program } from './program';
import type { KustomizedFolder, ObjectFile, Survey, Target, WrittenObject } from './survey';
import { withVariables } from './variables';

/** What a program is made for. */
export interface ComposeOptions {
  /** The one Cluster that everything stands in. @default - one for each cluster of the tree */
  readonly cluster?: string;
  /** The folder that the tree is written to, as main.ts sees it. */
  readonly outdir: string;
  /** Where the app says that schemas are. @default as App has it */
  readonly schemaHost?: SchemaHost;
  /** Whether the app sorts fields. @default false */
  readonly sortKeys?: boolean;
  /** Whether the app lists resources by name. @default false */
  readonly sortResources?: boolean;
  /** The Clusters that main.ts has, by name. @default none */
  readonly existing?: ReadonlyMap<string, ExistingCluster>;
  /** Names that main.ts has already. @default none */
  readonly taken?: ReadonlySet<string>;
  /** Ids that stand in the cluster already. @default none */
  readonly takenIds?: ReadonlySet<string>;
  /** Whether there is such a file of code already, below their folder. @default none */
  readonly hasModule?: (path: string) => boolean;
  /** What may lie where constructs put it by themselves. @default nothing: each file is made again at its path */
  readonly moving?: Moving;
  /** Whether Renovate is at work: versions of charts say where it finds others. @default false */
  readonly renovate?: boolean;
}

/** A Cluster that main.ts has: code is made for what it was given. */
export interface ExistingCluster {
  readonly props: CodeObject;
  /** The ids of what stands in it, as constructs keep them. */
  readonly taken: ReadonlySet<string>;
}

/** A Cluster in which nothing stands but what is adopted. */
const newCluster: ExistingCluster = {
  props: { sourceRoot: '.', root: null, defaults: false, vaultPolicies: false },
  taken: new Set(),
};

function newClusterOf(plans: readonly ModulePlan[]): ExistingCluster {
  const objects = plans.flatMap(({ files }) => files.flatMap(({ file }) => file.objects.map(({ value }) => value)));
  const source = sourceOf(objects.filter(isFluxKustomization));
  return source === undefined ? newCluster : { ...newCluster, props: { ...newCluster.props, source } };
}

/**
 * Makes the program of what was found. Nothing is tried here: what turns out to differ, or is refused, is composed again in its
 * next form.
 */
export function compose(
  survey: Survey,
  demotions: Demotions,
  {
    cluster,
    outdir,
    sortKeys = false,
    sortResources = false,
    existing = new Map(),
    taken,
    schemaHost,
    hasModule = () => false,
    moving = new Set(),
    renovate = false,
  }: ComposeOptions,
): Program {
  // The folders above others come first, so that what lies in them stands in them.
  const plans = [...modulePlans(survey, chooseClusters(survey.graph, cluster))].sort((a, b) =>
    compareText(a.path, b.path),
  );
  const byCluster = groupBy(plans, (plan) => plan.cluster);
  const settings = new Map([...byCluster].map(([name, own]) => [name, existing.get(name) ?? newClusterOf(own)]));
  const clusterOf = (name: string) => settings.get(name) as ExistingCluster;
  const moved = new Set<ObjectFile | KustomizedFolder>();
  const modules = [...byCluster].flatMap(([name, ofCluster]) => {
    const places = new Places(survey, demotions, moving, moved);
    const made = composeCluster(places, ofCluster, { ...clusterOf(name), schemaHost, renovate });
    return made.map((module) => ({ ...module, path: freePath(module, hasModule) }));
  });
  const names = [...byCluster.keys()];
  const reserved = new Set([...(taken ?? []), ...names.map(clusterVariable)]);
  const files = haveFiles(plans) ? clusterFiles(names, reserved, modules, hasModule) : undefined;
  return {
    // Sorted or not as in main.ts; in a new one, the order of the original shows reviewers what is new.
    app: {
      outdir,
      ...(!sortKeys && { sortKeys }),
      ...(sortResources && { sortResources }),
      ...(schemaHost !== undefined && { schemaHost }),
    },
    platform: free(new Set(reserved), ['platform']),
    clusters: names.map((name) => {
      const file = files?.get(name);
      return { name, props: clusterOf(name).props, ...(file && { file }) };
    }),
    modules: (files === undefined
      ? identifiers(modules, reserved)
      : names.flatMap((name) =>
          identifiers(
            modules.filter(({ cluster }) => cluster === name),
            new Set([files.get(name)?.name ?? '']),
          ),
        )) satisfies readonly Module[],
    moved,
  };
}

/** The files that call the modules of clusters. */
function clusterFiles(
  names: readonly string[],
  taken: Set<string>,
  modules: readonly { readonly path: string }[],
  hasModule: (path: string) => boolean,
): ReadonlyMap<string, { readonly path: string; readonly name: string }> {
  const isTaken = (path: string) => hasModule(path) || modules.some((module) => module.path === path);
  return new Map(
    names.map((name) => {
      const paths = [`clusters/${name}.ts`, `clusters/${name}-cluster.ts`];
      for (let i = 2; paths.every(isTaken); i += 1) paths.push(`clusters/${name}-${i}.ts`);
      const path = paths.find((each) => !isTaken(each)) as string;
      return [name, { path, name: free(taken, [`${camel(name)}Cluster`, `${camel(name)}Apps`]) }];
    }),
  );
}

/** The modules of one Cluster: what stands in another is known by its name alone. */
function composeCluster(
  places: Places,
  plans: readonly ModulePlan[],
  {
    props,
    taken,
    schemaHost,
    renovate,
  }: ExistingCluster & { readonly schemaHost: SchemaHost | undefined; readonly renovate: boolean },
): DraftModule[] {
  const settings = {
    defaults: props.defaults !== false,
    source: (props.source === undefined ? usualSource : props.source) as Json,
  };
  const drafts = new Map<WrittenObject, Draft>();
  const { survey, demotions } = places;
  const modules = plans.map(({ path, names, cluster, ...plan }) => {
    const { constructions, objects } = layOut(plan, places);
    for (const [object, draft] of objects) drafts.set(object, draft);
    return { path, folder: plan.folders[0]?.path ?? '', name: names[0] as string, names, cluster, constructions };
  });
  const brought = addBrought(modules, drafts.keys(), places);
  const targets = new Map<Target, Draft>([...drafts, ...brought]);
  // Twice: what a handle may stand for depends on the class that its object is said by.
  const laidOut = new Map([...drafts].map(([object, { scope, props }]) => [object, { scope, props }] as const));
  for (let round = 0; round < 2; round += 1) {
    for (const [object, draft] of drafts) {
      Object.assign(draft, laidOut.get(object));
      say(object, draft, targets, places, settings);
    }
  }
  const all = modules.flatMap(({ constructions }) => constructions);
  leaveOutListed(all, demotions);
  addComments(modules, demotions, schemaHost);
  if (renovate) addHints(all, survey);
  nameComponents(all, demotions, typeof props.sourceRoot === 'string' ? props.sourceRoot : 'dist');
  const ids = new Set(taken);
  for (const one of all) giveFreeId(one, ids);
  return arrange(modules, survey);
}

/** A module while the program is made. */
interface DraftModule extends Omit<Module, 'constructions' | 'name' | 'comment'> {
  name: string;
  comment?: readonly string[];
  /** A folder of what it makes. */
  readonly folder: string;
  readonly names: readonly string[];
  readonly constructions: Draft[];
}

/** A folder that other code has a Directory of is one once more, under an id of its own. */
function giveFreeId(draft: Draft, taken: Set<string>): void {
  // As constructs keep them.
  if (draft.className !== 'Directory' || draft.scope !== undefined || !taken.has(draft.id.replaceAll('/', '--')))
    return;
  const name = draft.id.split('/').pop() as string;
  let id = name;
  for (let i = 2; taken.has(id); i += 1) id = `${name}-${i}`;
  taken.add(id);
  draft.props = { path: draft.id, ...draft.props };
  draft.id = id;
}

/** Of an app of the same name elsewhere, the file of code stands in a folder that tells them apart. */
function freePath({ path, folder }: DraftModule, isTaken: (path: string) => boolean): string {
  const above = foldersOf(`${folder}/`).reverse();
  const own = above.findIndex((each) => path.endsWith(`${each.split('/').pop()}.ts`));
  const options = [path, ...above.slice(own + 1).map((each) => `${each.split('/').pop()}/${path}`)];
  return options.find((option) => !isTaken(option)) ?? path;
}

/** Gives a construction its class and properties. */
function say(
  object: WrittenObject,
  draft: Draft,
  drafts: ReadonlyMap<Target, Draft>,
  places: Places,
  settings: Pick<Drafting, 'defaults' | 'source'>,
): void {
  const { survey, demotions } = places;
  const forms = formsOf(object);
  const form = forms[Math.min(demotions.get(object) ?? 0, forms.length - 1)] as (typeof forms)[number];
  const { value: named, handles } = form.handles
    ? withHandles(survey, object, drafts)
    : { value: object.value as CodeObject, handles: undefined };
  const value = form.handles ? withVariables(named, object) : named;
  const said = form.make({ object, value, id: draft.id, ...settings });
  draft.className = said.className;
  draft.props = said.props;
  draft.value = value;
  draft.handles = handles;
  if (said.className !== 'FluxKustomization') return;
  const { applies, ...props } = said.props as CodeObject;
  const path = survey.applied(object);
  const folder = form.handles ? handleOf(path, applies as Json, places) : undefined;
  const isConstruct = draft.bringsFolder || folder !== undefined;
  draft.props = {
    ...props,
    ...draft.place,
    ...(!draft.bringsFolder && { applies: folder ?? (applies as Code) }),
    // As somebody wrote it, such as without `./`.
    ...(isConstruct && applies !== `./${path}` && { spec: { ...(props.spec as CodeObject), path: applies as Code } }),
  };
}

/** The Directory of a folder that a Kustomization applies. */
function handleOf(path: string | undefined, plain: Json, places: Places): Handle | undefined {
  const scope = path === undefined ? undefined : places.at(path)?.scope;
  return scope && 'className' in scope && scope.className === 'Directory' ? new Handle(scope, plain) : undefined;
}
