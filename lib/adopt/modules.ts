import { isFluxKustomization } from '../graph/flux/objects';
import { folderOf, foldersOf } from '../tree/paths';
import type { ClusterChoice } from './clusters';
import { camel } from './names';
import type { KustomizedFolder, ObjectFile, Survey } from './survey';

/** What one file of code makes. */
export interface ModulePlan {
  /** Below the folder of the code. */
  readonly path: string;
  /** Names for its function, the best first; other modules may have them, too. */
  readonly names: readonly string[];
  /** The Cluster that it stands in. */
  readonly cluster: string;
  readonly folders: readonly { readonly path: string; readonly kustomized: KustomizedFolder | undefined }[];
  /** Each with the folder of `folders` that it lies in or below. */
  readonly files: readonly { readonly file: ObjectFile; readonly folder: string }[];
}

/** What is laid out at once: what one module makes. */
export type Plan = Pick<ModulePlan, 'files' | 'folders'>;

/**
 * Which file of code makes what: one for each app, that is the folder of a Flux Kustomization's file with all that lies below, and one
 * for each folder besides.
 */
export function modulePlans(survey: Survey, clusters: ClusterChoice): ModulePlan[] {
  const { files, folders } = survey;
  const apps = appFolders(survey);
  const moduleOf = (folder: string) => [...foldersOf(`${folder}/`)].find((above) => apps.has(above)) ?? folder;
  const kustomized = new Map(folders.map((folder) => [folder.path, folder]));
  const objects = files.flatMap((file) => file.objects).filter(({ value }) => isFluxKustomization(value));
  const applied = new Set(objects.map((object) => survey.applied(object)));
  const modules = new Map<string, OpenModule>();
  const open = (folder: string) => {
    const key = moduleOf(folder);
    const module: OpenModule = modules.get(key) ?? { folders: new Map(), files: [] };
    modules.set(key, module);
    return module;
  };
  for (const folder of folders) open(folder.path).folders.set(folder.path, folder);
  for (const file of files) {
    const own = folderOf(file.path);
    // A file in a folder without kustomization.yaml may be listed from above, or applied with a folder above.
    const above = [...foldersOf(`${own}/`)]
      .reverse()
      .find((folder) => (kustomized.has(folder) || applied.has(folder)) && moduleOf(folder) === moduleOf(own));
    const folder = above ?? own;
    const module = open(own);
    if (!module.folders.has(folder)) module.folders.set(folder, undefined);
    module.files.push({ file, folder });
  }
  const shared = commonFolder([...modules.keys()]);
  const plans = [...modules].map(([path, module]) => {
    const below = (shared === '' ? path : path.slice(shared.length + 1)) || path.split('/').pop() || 'root';
    const paths = [
      ...module.files.map(({ file }) => file.path),
      ...[...module.folders.values()].flatMap((folder) => folder?.document.file.path ?? []),
    ];
    return { path: below, cluster: clusters.of(paths), module };
  });
  const areApart = haveFiles(plans);
  return plans.map(({ path, cluster, module }) => ({
    path: `${path}.ts`,
    names: functionNames(
      path,
      plans.filter((other) => (!areApart && other.cluster !== cluster) || other.path.startsWith(`${path}/`)),
      cluster,
    ),
    cluster,
    folders: [...module.folders].map(([folder, of]) => ({ path: folder, kustomized: of })),
    files: module.files,
  }));
}

/** Whether each cluster has a file of code that calls its modules: main.ts would be long. */
export function haveFiles(plans: readonly Pick<ModulePlan, 'cluster'>[]): boolean {
  return plans.length > 20 && new Set(plans.map(({ cluster }) => cluster)).size > 1;
}

/**
 * `jellyfin` for apps/media/jellyfin; of one that several clusters have, `stagingJellyfin`; of a folder of other modules,
 * `mediaFolder`: its apps are more often called like it.
 */
function functionNames(
  path: string,
  others: readonly { readonly path: string; readonly cluster: string }[],
  cluster: string,
): string[] {
  const steps = path.split('/').reverse();
  const [last = ''] = steps;
  const isFolder = others.some((other) => other.path.startsWith(`${path}/`));
  const isElsewhere = others.some((other) => other.cluster !== cluster && other.path.split('/').pop() === last);
  const name = isFolder ? `${last}-folder` : last;
  const longer = steps.slice(1).map(
    (_, i) =>
      `${steps
        .slice(1, i + 2)
        .reverse()
        .join('-')}-${name}`,
  );
  const ofCluster = isElsewhere && !last.startsWith(cluster) ? [`${cluster}-${name}`] : [];
  const own = !isFolder && tellsNothing.has(last) && longer.length > 0 ? longer : [name, ...longer];
  return [...ofCluster, ...own].map(camel);
}

/** Names of folders that say what is in any: `kopiurSecret` tells more than `secret`. */
const tellsNothing = new Set(
  (
    'app apps base backup backups common cluster config configs crds jobs misc miscellaneous pvc resources rules secret secrets ' +
    'settings templates'
  ).split(' '),
);

/** The folder that a module is told under: one that others lie below is one of them, since they stand in what it makes. */
export function folderOfModule(path: string, all: readonly string[]): string {
  const own = path.replace(/\.ts$/, '');
  return all.some((other) => other.startsWith(`${own}/`)) ? own : folderOf(path);
}

interface OpenModule {
  readonly folders: Map<string, KustomizedFolder | undefined>;
  readonly files: { readonly file: ObjectFile; readonly folder: string }[];
}

/** The innermost folders with files of Flux Kustomizations, which apply what lies below them. */
function appFolders({ files, applied }: Survey): Set<string> {
  const holding = new Map<string, boolean>();
  for (const { path, objects } of files) {
    const folder = folderOf(path);
    for (const object of objects) {
      if (!isFluxKustomization(object.value)) continue;
      const isBelow = folder !== '' && applied(object)?.startsWith(`${folder}/`) === true;
      holding.set(folder, holding.get(folder) || isBelow);
    }
  }
  const all = [...holding.keys()];
  return new Set(
    [...holding]
      .filter(([folder, isApp]) => isApp && !all.some((other) => other.startsWith(`${folder}/`)))
      .map(([folder]) => folder),
  );
}

/** The folder that all lie below. */
function commonFolder(paths: readonly string[]): string {
  const [first = '', ...others] = paths.map((path) => foldersOf(path));
  const common = [...first].reverse().find((folder) => others.every((folders) => folders.includes(folder)));
  return common ?? '';
}
