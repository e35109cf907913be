import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Severity } from '../checks/finding';
import { joined, needsGraph, type Outcome, type Output, outcomeOf } from '../constructs/output';
import type { SynthesizedTree } from '../constructs/synthesis';
import { EspalierError } from '../errors';
import type { CheckSettings } from '../rules/settings';
import type { ParseHcl } from '../systems/vault/hcl';
import { baselineText } from '../tree/baseline-file';
import { keptSchemas } from '../tree/kept-schemas';
import { ownershipFile } from '../tree/ownership';
import { renderTree } from '../tree/render';
import { liesAmongOthers } from '../tree/source/among-others';
import { realPath, seenFrom } from '../tree/source/seen-from';
import type { Tree } from '../tree/tree';
import { keyOf } from './cache-key';
import { clusterPart, requireCluster } from './cluster-part';
import type { ReadConfig } from './config';
import type { Cache } from './outcome-cache';
import { programState } from './program';
import { shown } from './written';

/** The rendered tree of one output folder, and what the checks found in it. It has no files where clusters wait for their first app. */
export interface Target extends Output {
  readonly outdir: string;
  /** The least severity of a finding with which it is not written. */
  readonly failOn: Severity | 'never';
  /** Whether a path of the folder is of the cluster that is written alone. @default - all of the folder is written */
  readonly within?: ((path: string) => boolean) | undefined;
}

/** Of what a tree's output follows besides its apps. */
export interface TargetOptions {
  /** The app's file, for messages. */
  readonly file: string;
  /** The folder to write to, whatever the apps say. */
  readonly output: string | undefined;
  /** Its rules may be unknown ones: that is found out when they are run. */
  readonly config: ReadConfig;
  /** What earlier runs found out; undefined for a run of its own. */
  readonly cache: Cache | undefined;
  /** The cluster that is written alone. @default - all are */
  readonly cluster?: string | undefined;
}

/**
 * What each output folder is to hold; several apps of a file may share one.
 *
 * @throws EspalierError for a tree that cannot be written (see outputOf), and for one without files that had some or has no cluster
 */
export async function targetsOf(
  synthesized: readonly SynthesizedTree[],
  { file, output, config, cache, cluster }: TargetOptions,
): Promise<Target[]> {
  const trees = new Map<string, SynthesizedTree[]>();
  for (const app of synthesized) {
    const outdir = resolve(output ?? app.outdir ?? 'dist');
    trees.set(outdir, [...(trees.get(outdir) ?? []), app]);
  }
  const targets: Target[] = [];
  if (cluster !== undefined) requireCluster(synthesized, cluster);
  for (const [outdir, apps] of trees) {
    const whole = {
      clusters: apps.flatMap((app) => app.tree.clusters ?? []),
      files: apps.flatMap((app) => app.tree.files),
      external: apps.flatMap((app) => app.tree.external ?? []),
      policies: apps.flatMap((app) => app.tree.policies ?? []),
    };
    const part = cluster === undefined ? { tree: whole, within: undefined } : clusterPart(whole, cluster);
    if (part === undefined) continue;
    const { tree, within } = part;
    if (tree.files.length === 0) {
      const hasCluster = apps.some((app) => app.tree.clusters !== undefined);
      if (!hasCluster || existsSync(join(outdir, ownershipFile))) throw nothingToWrite(file, outdir, hasCluster);
      targets.push({ outdir, failOn: 'error', files: new Map(), result: undefined, known: [] });
      continue;
    }
    const check = settingsOf(apps, config) ?? false;
    const own = renderTree(tree, { schemaHost: apps[0]?.schemaHost });
    const belongs = resolve(apps[0]?.outdir ?? 'dist');
    const outcome = await cachedOutcome({ tree, own, outdir, belongs, check, config, cache });
    targets.push({
      outdir,
      failOn: (check === false ? undefined : check.failOn) ?? 'error',
      ...joined(own, outcome),
      within,
    });
  }
  return targets;
}

interface Rendered {
  readonly tree: Tree;
  readonly own: ReadonlyMap<string, string>;
  readonly outdir: string;
  readonly belongs: string;
  readonly check: CheckSettings | false;
  readonly config: ReadConfig;
  readonly cache: Cache | undefined;
}

/** What follows from a tree: as an earlier run found it of the same tree, else found out now. */
async function cachedOutcome({ tree, own, outdir, belongs, check, config, cache }: Rendered): Promise<Outcome> {
  const seen = seenFrom(realPath(outdir));
  const schemas = check === false ? [] : [...keptSchemas(belongs), ...(check.schemas ?? [])];
  const program = programState(schemas);
  // What people wrote may change while the tree does not.
  const isAlone =
    ![outdir, belongs].some((folder) => liesAmongOthers(own, folder)) && !ownRulesIn(check, config.config);
  // What a baseline holds counts, wherever it lies.
  const baseline = check === false ? undefined : check.baseline;
  const settings = baseline === undefined ? check : { ...check, baseline: baselineText(baseline) };
  const key = isAlone
    ? cache && keyOf({ tree, own, seen, check: settings, rules: config.config.rules, program })
    : undefined;
  const kept = key && cache?.get(key);
  if (kept) return kept;
  if (config.name !== undefined) refuseFaults(config.config, config.name);
  if (!needsGraph(tree, check)) return { result: undefined, policies: [] };
  const outcome = outcomeOf(tree, own, { outdir, belongs, check, hcl: await hclFor(tree) });
  if (key && !outcome.readsBeside) cache?.set(key, outcome);
  return outcome;
}

/** Of rules of one's own nobody can tell what they rest on, and folders of policies change by themselves. */
function ownRulesIn(...settings: readonly (CheckSettings | false)[]): boolean {
  return settings.some((each) => each !== false && [...(each.ownRules ?? []), ...(each.policies ?? [])].length > 0);
}

/** Loads the rules, all of them. */
function refuseFaults(config: CheckSettings, name: string): void {
  if (config.rules === undefined && config.ownRules === undefined) return;
  (require('../checks/configure') as typeof import('../checks/configure')).refuseSettings(config, name);
}

/** The parser of HCL, where a tree may hold any. */
async function hclFor({ files }: Tree): Promise<ParseHcl | undefined> {
  const { objectMayHoldHcl } = require('../graph/vault/policies') as typeof import('../graph/vault/policies');
  if (!files.some(({ documents }) => documents.some(objectMayHoldHcl))) return undefined;
  const { loadHcl } = require('../tree/hcl') as typeof import('../tree/hcl');
  return loadHcl();
}

/** What apps say of the checks, and over that the configuration; undefined when they want none. */
export function settingsOf(
  apps: readonly SynthesizedTree[],
  { config, folder }: ReadConfig,
): CheckSettings | undefined {
  const {
    rules,
    ownRules = [],
    ruleSets = [],
    policies = [],
    external = [],
    schemas = [],
    kubernetes,
    failOn,
    baseline,
  } = config;
  const wanted = apps.flatMap(({ check }) => (check === false ? [] : [check]));
  if (wanted.length === 0) return undefined;
  return {
    rules: Object.assign({}, ...wanted.map((settings) => settings.rules), rules),
    ownRules: [...wanted.flatMap((settings) => settings.ownRules ?? []), ...ownRules],
    ruleSets: [...wanted.flatMap((settings) => settings.ruleSets ?? []), ...ruleSets],
    policies: [
      ...wanted.flatMap((settings) => settings.policies ?? []),
      ...policies.map((path) => resolve(folder, path)),
    ],
    external: [...wanted.flatMap((settings) => settings.external ?? []), ...external],
    schemas: [...wanted.flatMap((settings) => settings.schemas ?? []), ...schemas.map((path) => resolve(folder, path))],
    kubernetes: kubernetes ?? wanted.find((settings) => settings.kubernetes !== undefined)?.kubernetes,
    failOn: failOn ?? wanted.find((settings) => settings.failOn !== undefined)?.failOn,
    ...baselineOf(baseline === undefined ? wanted.find((each) => each.baseline)?.baseline : resolve(folder, baseline)),
  };
}

function baselineOf(path: string | undefined): Pick<CheckSettings, 'baseline'> {
  return path === undefined ? {} : { baseline: path };
}

/** An app without a cluster is a mistake far more often than a wish to delete the tree. */
function nothingToWrite(file: string, outdir: string, hasCluster: boolean): EspalierError {
  const why = hasCluster ? 'nothing is in its Cluster any more' : 'its app has no Cluster';
  const folder = outdir === process.cwd() ? `the files that ${ownershipFile} lists, and that one` : 'the folder';
  return new EspalierError(
    `${file} makes no files for ${shown(outdir)}: ${why}. To remove the tree, delete ${folder}.`,
  );
}
