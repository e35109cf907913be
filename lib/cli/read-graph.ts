import { resolve } from 'node:path';
import { type Configured, configure, settingsFault } from '../checks/configure';
import { ruleSets } from '../checks/index';
import type { Config } from '../config';
import { EspalierError } from '../errors';
import { followTree, lacksFiles } from '../graph/follow-tree';
import type { Graph } from '../graph/graph';
import { withKyverno } from '../graph/kyverno';
import { inline } from '../graph/masking/printable';
import { narrow } from '../graph/narrow';
import { readPolicies } from '../graph/read-policies';
import { readSchemas } from '../graph/schema/read-schemas';
import { mayHoldHcl } from '../graph/vault/policies';
import type { RuleSet } from '../rules/settings';
import { loadHcl } from '../tree/hcl';
import {
  gitTop,
  ignoredYaml,
  readAround,
  readFolder,
  readRevision,
  type SourceDocument,
  type SourceTree,
} from '../tree/source';
import { type ChartSettings, chartSettings, withCharts } from './charts';
import { choice } from './choice';
import { chooseClusters, clustersCalled } from './choose-cluster';
import type { Command, Invocation } from './command';
import { readConfig } from './config';
import { optimizeLater } from './optimize-later';
import type { Progress } from './progress';

/** Options of every command that reads a Flux tree. */
export const treeOptions = {
  schemas: { type: 'string', multiple: true },
  kubernetes: { type: 'string' },
  'kube-version': { type: 'string' },
  rules: { type: 'string', multiple: true },
  kyverno: { type: 'boolean' },
  charts: { type: 'boolean' },
  offline: { type: 'boolean' },
  'api-versions': { type: 'string', multiple: true },
  config: { type: 'string' },
} as const satisfies Command['options'];

/** What `--help` says of them, and of the option that every command has. */
export const treeOptionsHelp = `\
  --kubernetes V    the cluster's release of Kubernetes, such as 1.34 (default: the newest that is known)
                    (--kube-version is another name of it)
  --rules SET       also the rules of a set that is off otherwise: ${Object.keys(ruleSets).join(', ')}; may be repeated
  --kyverno         have the kyverno on the PATH evaluate the policies of Kyverno in the tree
  --charts          open the charts of HelmReleases: fetch them, and render them with the helm on the PATH
  --offline         with --charts: only from the cache, and in the versions of espalier.charts.lock
  --api-versions V  with --charts: an API version that the cluster has besides those that the tree and its charts bring,
                    such as monitoring.coreos.com/v1; may be repeated
  --schemas DIR     a folder of CustomResourceDefinitions or JSON schemas besides .espalier/schemas; may be repeated
  --config FILE     the configuration (default: espalier.config.ts, .js, .json or .yaml in the working directory)
  --trace           print the stack trace of an error`;

/** How a tree is read and checked, whichever it is. */
export interface Settings extends Configured {
  readonly config: Config;
  /** Folders of schemas besides those that come with Espalier. */
  readonly schemas: readonly string[];
  /** Whether Kyverno is asked about its policies. */
  readonly kyverno: boolean;
  /** Folders of policies besides those of the tree. */
  readonly policies: readonly string[];
  /** The release of Kubernetes whose kinds count. */
  readonly kubernetes: string | undefined;
  /** The file of findings that are known, if there shall be one. */
  readonly baseline: string | undefined;
  /** How charts are opened; undefined where they are not. */
  readonly charts: ChartSettings | undefined;
  /** A folder, by its real path, outside of which nothing is read. @default - the repository of the tree */
  readonly bound?: string | undefined;
}

/** What the options and the configuration say together. */
export async function readSettings(values: Invocation['values']): Promise<Settings> {
  const { config: said, folder } = await readConfig(values.config as string | undefined, process.cwd(), settingsFault);
  const config = { ...said, ruleSets: [...(said.ruleSets ?? []), ...chosenSets(values.rules)] };
  const own = (config.schemas ?? []).map((path) => resolve(folder, path));
  const kubernetes = kubernetesOf(values) ?? config.kubernetes;
  return {
    config,
    ...configure(config),
    schemas: [...((values.schemas as string[] | undefined) ?? []), ...own],
    kubernetes,
    kyverno: values.kyverno === true || config.kyverno === true,
    policies: (config.policies ?? []).map((path) => resolve(folder, path)),
    baseline: config.baseline === undefined ? undefined : resolve(folder, config.baseline),
    charts: chartSettings(values, config, folder),
  };
}

/** @throws EspalierError for a set that there is not */
function chosenSets(given: Invocation['values'][string]): readonly RuleSet[] {
  return ((given as string[] | undefined) ?? []).flatMap((name) => choice('--rules', name, setNames) ?? []);
}

const setNames = Object.keys(ruleSets) as RuleSet[];

/** @throws EspalierError where both names of the option say something else */
function kubernetesOf(values: Invocation['values']): string | undefined {
  const [one, other] = [values.kubernetes, values['kube-version']] as (string | undefined)[];
  if (one !== undefined && other !== undefined && one !== other) {
    throw new EspalierError(
      `--kubernetes ${one} and --kube-version ${other} are two names of one option. Leave one out.`,
    );
  }
  return one ?? other;
}

/** Where a tree is. */
export interface Given {
  /** A folder, or one file. */
  readonly path: string;
  /** A Git revision; undefined for what lies in the folder. */
  readonly rev: string | undefined;
  /**
   * Whether a revision need not have the folder, and the folder no YAML.
   *
   * @default false
   */
  readonly mayBeEmpty?: boolean;
  /**
   * The cluster or clusters that count, as the user names them; where it may be empty, there need be none.
   *
   * @default - all
   */
  readonly cluster?: string | undefined;
  /** What takes the place of files of the folder, by their absolute paths. @default - nothing */
  readonly texts?: ReadonlyMap<string, Uint8Array>;
}

/** The option of commands that may judge some of a tree's clusters, and what `--help` says of it. */
export const clusterOption = { cluster: { type: 'string', offers: 'cluster' } } as const satisfies Command['options'];
export const clusterOptionHelp =
  '  --cluster NAME    only this cluster of several, by its name; or those with a folder NAME on the way to them (default: all)';

/** The tree that a command was called with: the working directory's, where nothing is said. */
export function givenTree({ values, positionals }: Invocation): Given {
  return { path: positionals[0] ?? '.', rev: values.rev as string | undefined };
}

/**
 * Reads a tree and follows its references.
 *
 * @throws EspalierError when there is no such folder or revision, or no YAML in it
 */
export async function readGraph(
  { path, rev, mayBeEmpty = false, cluster, texts }: Given,
  { config, schemas, kubernetes, charts, kyverno, policies, bound }: Settings,
  progress: Progress,
): Promise<Graph> {
  progress.say(`reading ${path}${rev === undefined ? '' : ` in ${rev}`}`);
  const source =
    rev === undefined ? readFolder(path, '', texts, bound) : readRevision(path, rev, { mayBeMissing: mayBeEmpty });
  optimizeLater();
  if (!mayBeEmpty && !mayHoldObjects(source)) throw nothingToRead(source, path, rev);
  progress.say(`building ${source.files.size} files`);
  const hcl = mayHoldHcl(source) ? await loadHcl() : undefined;
  const options = {
    external: config.external,
    // Those that the repository keeps may lie above.
    schemas: readSchemas({ folders: schemas, kubernetes, ...(!liesAbove(bound) && { tree: path }) }),
    hcl,
  };
  const own = followTree(source, options);
  // Outside of Git, the folder may be a part of what Flux reads.
  const around = rev === undefined && lacksFiles(own) ? readAround(source, path, own.above, texts, bound) : source;
  const whole = around === source ? own : followTree(around, options);
  const all = policies.length === 0 ? whole : { ...whole, policies: readPolicies(policies) };
  const graph = cluster === undefined ? all : narrowed(all, cluster, mayBeEmpty);
  const opened =
    charts === undefined
      ? { ...graph, toOpenCharts: 'run with --charts' }
      : await withCharts(graph, charts, kubernetes, progress);
  if (!kyverno) return { ...opened, toAskKyverno: 'run with --kyverno' };
  progress.say('asking Kyverno');
  return withKyverno(opened);
}

/** Whether the repository of a folder begins above it. */
export function liesAbove(bound: string | undefined): boolean {
  return bound !== undefined && (gitTop(bound) ?? bound) !== bound;
}

/** Whether anything in a tree is meant for Kubernetes, be it what cannot be read. */
function mayHoldObjects({ files }: SourceTree): boolean {
  const isObject = ({ value }: SourceDocument) =>
    typeof value === 'object' && value !== null && ('kind' in value || 'apiVersion' in value);
  return [...files.values()].some(
    ({ path, faults, documents }) =>
      faults.length > 0 || /(?:^|\/)kustomization\.ya?ml$/.test(path) || documents.some(isObject),
  );
}

function nothingToRead({ files }: SourceTree, path: string, rev: string | undefined): EspalierError {
  const where = rev === undefined ? path : `${path} in ${rev}`;
  const ignored = rev === undefined ? ignoredYaml(path) : undefined;
  if (ignored !== undefined) {
    return new EspalierError(
      `${where} has no objects of Kubernetes but in files that Git ignores, such as ${inline(ignored.file)} (${inline(ignored.by)}). Flux sees what is committed: take the pattern out, or name another folder.`,
    );
  }
  const what = files.size === 0 ? 'no YAML files' : 'no objects of Kubernetes in its YAML';
  return new EspalierError(`${where} has ${what}. Name the folder of a Flux tree.`);
}

/** The graph of the clusters that the user named. @throws EspalierError where there is none */
export function narrowed(graph: Graph, cluster: string, mayBeEmpty = false): Graph {
  return narrow(graph, mayBeEmpty ? clustersCalled(graph, cluster) : chooseClusters(graph, cluster));
}
