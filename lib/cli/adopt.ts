import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { adopt as adoptSurvey } from '../adopt/adopt';
import { areResourcesSorted, areSorted } from '../adopt/are-sorted';
import { schemaHostOf } from '../adopt/comments/schema-host';
import type { ExistingCluster } from '../adopt/compose';
import { importedValues, typeArgumentsOf } from '../adopt/imported-values';
import { kindsOf } from '../adopt/print/kinds';
import { addToMain, endingOfImports, namesIn, newMain } from '../adopt/print/main-file';
import { printProgram } from '../adopt/print/program';
import type { SharedModule } from '../adopt/program';
import { adoptionReport, type Done, nothingToDoJson, type ReportFormat } from '../adopt/report';
import { shareRepeats } from '../adopt/share/share';
import { type Survey, survey } from '../adopt/survey';
import { configure } from '../checks/configure';
import { EspalierError } from '../errors';
import type { Graph } from '../graph/graph';
import { type SchemaStore, schemaStore } from '../graph/schema';
import { packedSchemas, readSchemas } from '../graph/schema/read-schemas';
import { mayHoldHcl } from '../graph/vault/policies';
import { type CodeFiles, clearCode } from '../tree/code-files';
import { loadHcl } from '../tree/hcl';
import type { SchemaHost } from '../tree/schema-url';
import type { SourceDocument } from '../tree/source/source';
import type { TreeCluster } from '../tree/tree';
import { importedCharts, kindsFile, readKinds } from './adopt/imports';
import { mentionsIn } from './adopt/mentions';
import { type Project, readProject, slashed } from './adopt/project';
import { Proof } from './adopt/proof';
import { addProven, takenOver, whileAlone, writeAll } from './adopt/write';
import { withCharts } from './charts';
import type { Command, Invocation } from './command';
import { Progress } from './progress';
import { readGraph, readSettings, type Settings, treeOptions, treeOptionsHelp } from './read-graph';
import { renovateFile } from './renovate-file';
import { settingsOf } from './targets';
import { print } from './terminal';

const help = `espalier adopt PATH…: writes the code that makes what somebody wrote by hand, and proves that it makes the same.

Usage: espalier adopt PATH… [options]

  PATH              a folder or file of the Flux tree; . for all of it
  --cluster NAME    the one Cluster of main.ts that everything stands in; it is made where there is no main.ts (default:
                    one for each cluster of the tree, and one for what several of them apply)
  --output DIR      the folder of the code (default: src)
  --tidy            move files to where the constructs put them by themselves, as far as the clusters stay the same
  --code-only       write the code alone: \`espalier synth\` writes the files then
  --format FORMAT   pretty or json: how the report reads (default: pretty)
  --verbose         list all files that stay, and all that is said in a plainer form
${treeOptionsHelp}

The files are made again where they lie. Those that were proven equal become Espalier's, the others stay and are listed. main.ts
gets the imports and the calls; where there is none, it is written. Undoing it is deleting the code: the YAML stays valid.

Exit codes: 0 adopted, or all of it was code already; 2 it could not run, or nothing could be adopted: then nothing is written.

Example: espalier adopt kubernetes/apps/media/jellyfin`;

export const adopt: Command = {
  help,
  positionals: Number.POSITIVE_INFINITY,
  options: {
    ...treeOptions,
    cluster: { type: 'string', offers: 'cluster' },
    output: { type: 'string' },
    tidy: { type: 'boolean' },
    'code-only': { type: 'boolean' },
    format: { type: 'string', choices: ['pretty', 'json'] },
    verbose: { type: 'boolean' },
  },
  async run({ values, positionals }) {
    if (positionals.length === 0)
      throw new EspalierError('Name what to adopt: espalier adopt kubernetes/apps/media/jellyfin, or . for all.');
    const format = (values.format ?? 'pretty') as 'pretty' | 'json';
    return whileAlone(() =>
      Progress.during((progress) =>
        adoptPaths(positionals, values, { format, verbose: values.verbose === true }, progress),
      ),
    );
  },
};

async function adoptPaths(
  paths: readonly string[],
  values: Invocation['values'],
  report: ReportFormat,
  progress: Progress,
): Promise<number> {
  const begun = Date.now();
  const [name, output] = [
    values.cluster as string | undefined,
    slashed((values.output as string | undefined) ?? 'src'),
  ];
  refuseOutside(output);
  clearCode(process.cwd());
  progress.say('reading main.ts');
  const project = await readProject(name);
  const { root, outdir, main } = project;
  const isAsked = askedFor(paths, root);
  const settings = withApps(await readSettings(values), project);
  const before = await readGraph({ path: root, rev: undefined }, { ...settings, charts: undefined }, progress);
  const opened = settings.charts ? await withCharts(before, settings.charts, settings.kubernetes, progress) : before;
  const found = survey(opened, (path) => isAsked(path) && !project.files.has(path));
  const nothing = (left: Survey['left']) => nothingToAdopt(paths, left, project, isAsked, report);
  if (found.files.length + found.folders.length === 0) return nothing(found.left);

  progress.say('making the code');
  const schemaHost = main ? project.apps[0]?.schemaHost : schemaHostOf(documentsOf(found));
  const renovate = renovateFile(root);
  const proof = new Proof(project, before, found, await checksOf(settings, project, before, schemaHost), progress);
  const options = {
    outdir,
    schemaHost,
    sortKeys: main ? project.apps[0]?.sortKeys !== false : areSorted(documentsOf(found)),
    sortResources: main ? project.apps[0]?.sortResources === true : areResourcesSorted(documentsOf(found)),
    existing: new Map(project.clusters.map((each) => [each.name, likeExisting(each)])),
    hasModule: (path: string) => existsSync(join(output, path)),
    renovate: renovate !== undefined,
    ...(project.cluster !== undefined && { cluster: project.cluster }),
    ...(main && { taken: namesIn(main.text) }),
  };
  const mentions = values.tidy === true ? mentionsIn(before.tree, found) : undefined;
  const adopted = adoptSurvey(found, options, (tree, moved) => proof.effects(tree, moved), mentions);
  if (adopted.forms.size === 0) return nothing(adopted.left);
  const { text: kinds, untyped } = kindsOf(adopted.program, schemasOf(before), readKinds());
  const mainBefore = main?.text ?? newMain(adopted.program);
  const ending = endingOfImports(mainBefore, project.importEnding);
  const imported = importedValues(adopted.program, found, importedCharts());
  const typeArguments = typeArgumentsOf(untyped, imported.types, ending);
  const codeOf = (shared: SharedModule | undefined): CodeFiles => {
    const printed = printProgram(adopted.program, { typeArguments, folder: output, shared, importEnding: ending });
    const added = addToMain(mainBefore, printed, `./${output}`, project.importEnding);
    if ('why' in added)
      throw new EspalierError(`${main?.path ?? 'main.ts'} cannot be added to: ${added.why}Nothing was written.`);
    return {
      modules: new Map([...printed.modules].map(([path, module]) => [`${output}/${path}`, module])),
      replaced: new Map(kinds === undefined ? [] : [[kindsFile, kinds]]),
      main: { path: main?.path ?? 'main.ts', text: added.text },
    };
  };
  progress.say('running it');
  const { whole } = proof;
  const isTaken =
    existsSync(join(output, sharedFile)) ||
    [...adopted.program.modules, ...adopted.program.clusters.flatMap(({ file }) => file ?? [])].some(
      ({ path }) => path === sharedFile,
    );
  const shared = isTaken
    ? undefined
    : shareRepeats(adopted.program, { path: sharedFile, taken: namesIn(mainBefore), typeArguments });
  const code = await addProven([...(shared ? [codeOf(shared)] : []), codeOf(undefined)], project, whole);
  await writeAll(code, project, whole, takenOver(adopted, found, whole), values['code-only'] === true);
  const done = {
    main: main?.path ?? 'main.ts',
    output,
    codeOnly: values['code-only'] === true,
    findings: proof.findings,
    imported,
    // Of code that did not make the same with it, nothing is left.
    shared: shared && existsSync(join(output, sharedFile)) ? sharedIn(shared) : undefined,
    renovate,
    seconds: (Date.now() - begun) / 1000,
  };
  print(adoptionReport(adopted, found, done, report));
  return 0;
}

/** What modules share stands in it. */
const sharedFile = 'common.ts';

function sharedIn({ path, functions, values }: SharedModule): Done['shared'] {
  return { path, functions: functions.length, constants: values.length };
}

/** What kinds look like in the clusters of a tree; without one, what is known without it. */
function schemasOf(graph: Graph): SchemaStore {
  const [cluster] = graph.clusters;
  return cluster === undefined ? schemaStore(packedSchemas()) : graph.schemasOf(cluster);
}

/** With what the apps of main.ts say of the checks. */
function withApps(settings: Settings, { apps }: Project): Settings {
  const { config, schemas, kubernetes } = settings;
  const said = settingsOf(apps, { name: 'main.ts', config: {}, folder: process.cwd() });
  if (said === undefined) return settings;
  return {
    ...settings,
    config: { ...config, external: [...(said.external ?? []), ...(config.external ?? [])] },
    ...configure({
      rules: { ...said.rules, ...config.rules },
      ownRules: [...(said.ownRules ?? []), ...(config.ownRules ?? [])],
      ruleSets: [...(said.ruleSets ?? []), ...(config.ruleSets ?? [])],
    }),
    schemas: [...schemas, ...(said.schemas ?? [])],
    kubernetes: kubernetes ?? said.kubernetes,
  };
}

async function checksOf(
  { config, schemas, kubernetes, checks, severities }: Settings,
  { root, tree }: Project,
  before: Graph,
  schemaHost: SchemaHost | undefined,
) {
  return {
    schemaHost,
    checks,
    severities,
    graph: {
      external: [...(config.external ?? []), ...(tree.external ?? [])],
      schemas: readSchemas({ folders: schemas, kubernetes, tree: root }),
      hcl: mayHoldHcl(before.tree) ? await loadHcl() : undefined,
    },
  };
}

function documentsOf({ files, folders }: Survey): SourceDocument[] {
  return [...files.flatMap(({ objects }) => objects), ...folders].map(({ document }) => document);
}

/** A Cluster that main.ts has, to try in this process what will stand in it. */
function likeExisting({ props, taken }: TreeCluster): ExistingCluster {
  const { root } = props as { readonly root?: object | null };
  // What settings of its root refer to stands in another app.
  return { props: { ...props, root: root === null ? null : {} }, taken: new Set(taken) };
}

/** @throws EspalierError for code that main.ts could not import */
function refuseOutside(output: string): void {
  const below = slashed(relative(process.cwd(), resolve(output)));
  if (below === output && below !== '' && !below.startsWith('..')) return;
  throw new EspalierError(`--output ${JSON.stringify(output)}: it must be a folder beside main.ts, such as src.`);
}

function askedFor(paths: readonly string[], root: string): (path: string) => boolean {
  const asked = paths.map((path) => {
    const below = slashed(relative(root, resolve(path)));
    if (!existsSync(resolve(path))) throw new EspalierError(`${path} does not exist. Nothing was written.`);
    if (below.startsWith('..')) throw new EspalierError(`${path} lies outside of ${root}. Nothing was written.`);
    return below;
  });
  return (path) => asked.some((one) => one === '' || path === one || path.startsWith(`${one}/`));
}

/** @throws EspalierError unless all of it is code already */
function nothingToAdopt(
  paths: readonly string[],
  left: Survey['left'],
  { main, files, pending }: Project,
  isAsked: (path: string) => boolean,
  { format }: ReportFormat,
): number {
  const already = [...files.keys()].filter(isAsked).length;
  if (already === 0) throw nothingCanBe(paths, left);
  if (format === 'json') {
    print(nothingToDoJson(already));
    return 0;
  }
  const unwritten = pending > 0 ? ' Run `espalier synth` to write it.' : '';
  print(`${paths.join(', ')}: nothing to do, ${main?.path} makes it already (${already} files).${unwritten}`);
  return 0;
}

function nothingCanBe(paths: readonly string[], left: Survey['left']): EspalierError {
  const list = left.slice(0, 5).map(({ path, why }) => `\n  ${path}: ${why}`);
  const more = left.length > 5 ? `\n  and ${left.length - 5} more` : '';
  const why = left.length === 0 ? 'there is no YAML of a Flux tree' : `${list.join('')}${more}`;
  return new EspalierError(`${paths.join(', ')}: nothing can be adopted: ${why}\nNothing was written.`);
}
