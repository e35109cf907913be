import { execFileSync } from 'node:child_process';
import { relative, resolve } from 'node:path';
import { makeReview } from '../changes/make-review';
import { kustomizationsCalled, leavesItsObjects, lettingGo, renaming } from '../changes/rename';
import type { Effect } from '../changes/review';
import type { Fix } from '../checks/check';
import type { Finding, FindingFix } from '../checks/finding';
import { editsOfFix } from '../checks/fix';
import { editsOf, withEdits } from '../checks/fixes';
import { runChecksTraced } from '../checks/run';
import { EspalierError } from '../errors';
import type { Graph } from '../graph/graph';
import { isSame } from '../graph/kustomization';
import { hider, maskedFile } from '../graph/masking';
import type { FluxKustomization } from '../graph/resource';
import { type RenameReport, type RenameStep, renameJson } from '../report/rename';
import { labelledName } from '../systems/kubernetes/names';
import { nearest } from '../text/nearest';
import { diffPlan } from '../tree/diff';
import { type EditedFile, editFiles } from '../tree/edit-files';
import { readRegular } from '../tree/regular';
import { gitTop } from '../tree/source';
import type { Command } from './command';
import { Progress } from './progress';
import {
  clusterOption,
  clusterOptionHelp,
  readGraph,
  readSettings,
  type Settings,
  treeOptions,
  treeOptionsHelp,
} from './read-graph';
import { paint, print } from './terminal';

const help = `espalier rename OBJECT NAME [PATH]: gives a Kustomization of Flux another name without losing what it applies, in two steps.

Usage: espalier rename OBJECT NAME [PATH] [options]

  OBJECT            the Kustomization: Kustomization/flux-system/apps
  NAME              its new name
  PATH              a folder of a Flux tree (default: the working directory)
${clusterOptionHelp}
  --write           make the next step in the files (default: both steps are printed, nothing is written)
  --commit          make the next step, and commit it
  --reconciled      for the second step: Flux has applied the first one in every cluster
  --format FORMAT   text or json (default: text)
${treeOptionsHelp}

Exit codes: 0 printed, or written; 1 a step does more than it should; 2 it could not run.

Example: espalier rename Kustomization/backstage/backstage portal dist`;

export const rename: Command = {
  help,
  positionals: 3,
  options: {
    ...clusterOption,
    write: { type: 'boolean' },
    commit: { type: 'boolean' },
    reconciled: { type: 'boolean' },
    format: { type: 'string', choices: ['text', 'json'] },
    ...treeOptions,
  },
  async run({ values, positionals: [object, name, path = '.'] }) {
    const { namespace, name: old } = asked(object, name);
    const settings = await readSettings(values);
    const look = (texts: Texts) => lookAt({ path, cluster: values.cluster as string | undefined, texts }, settings);
    const now = await look(new Map());
    const renamed = renameable(now.graph, namespace, old, name as string);
    const isSecond = renamed.every(leavesItsObjects);
    const first = isSecond ? undefined : await stepOf(now, lettingGo(renamed), look);
    const between = first?.then ?? now;
    const found = kustomizationsCalled(between.graph, namespace, old);
    const second = await stepOf(between, renaming(between.graph, found, name as string), look);
    const steps = [...(first ? [first] : []), second];
    const wait = waitText(namespace, old);
    const total = isSecond ? 'the last step' : 'two steps';
    const isJson = values.format === 'json';
    const say = (text: string) => {
      if (!isJson) print(text);
    };
    const told = steps.map((step, i): RenameStep => {
      const number = isSecond ? 2 : i + 1;
      return { number, ...toldStep(step), title: number === 1 ? step.fix.title : `${step.fix.title}, everywhere` };
    });
    const end = (outcome: RenameReport['outcome'], text?: string) => {
      if (text !== undefined) say(text);
      const plan = { kustomization: `${namespace}/${old}`, name: name as string, steps: told, wait, outcome };
      if (isJson) print(renameJson(plan));
      return outcome === 'refused' ? 1 : 0;
    };
    say(paint('bold', `Kustomization ${namespace}/${old} becomes ${name}: ${total}`));
    for (const { number, title, instead, diff, effects, found } of told) {
      say(`\n${paint('bold', `Step ${number}: ${title}`)}`);
      say(instead ?? diff);
      for (const effect of effects) say(`${effect.danger}: ${effect.object} ${effect.message}`);
      for (const finding of found) say(`${finding.file}:${finding.line} ${finding.message}`);
      if (number === 1) say(`\n${wait}`);
    }
    const next = steps[0] as Step;
    if (next.made.instead !== undefined) return end('elsewhere');
    if (steps.some(({ effects, found: more }) => effects.length + more.length > 0)) {
      return end('refused', '\nA step does more than it should (above): nothing is written.');
    }
    if (values.write !== true && values.commit !== true) {
      return end(
        'planned',
        `\nNothing is written. --write makes step ${isSecond ? 2 : 1} in the files, --commit commits it.`,
      );
    }
    if (isSecond && values.reconciled !== true) {
      throw new EspalierError(
        `Step 2 deletes Kustomization ${namespace}/${old} with all that it has applied, unless Flux has applied step 1 before. ${wait} Then run this again with --reconciled.`,
      );
    }
    editFiles(next.files, now.graph.tree.location);
    if (values.commit === true) {
      const what = isSecond
        ? `Rename Kustomization ${old} to ${name}`
        : `Kustomization ${old} lets go of its objects, to be renamed`;
      commit(next.files, now.graph.tree.location, what);
    }
    const done = values.commit === true ? 'committed' : 'written';
    return end(
      done,
      `\nStep ${isSecond ? 2 : 1} is ${done}.${isSecond ? '' : ` Merge it alone. ${wait} Then run this again with --reconciled.`}`,
    );
  },
};

/** What a step changes and does, as it is told. */
function toldStep({ made, files, effects, found }: Step): Omit<RenameStep, 'number' | 'title'> {
  return {
    ...(made.instead !== undefined && { instead: made.instead }),
    files: files.map(({ shown }) => shown),
    diff: shownDifference(files),
    effects,
    found,
  };
}

type Texts = ReadonlyMap<string, Uint8Array>;

interface Looked {
  readonly graph: Graph;
  readonly findings: readonly Finding[];
  readonly name: string;
  readonly texts: Texts;
}

interface Step {
  readonly fix: Fix;
  readonly made: FindingFix;
  readonly files: readonly EditedFile[];
  readonly then: Looked;
  /** What happens in the cluster, which should not. */
  readonly effects: readonly Effect[];
  /** What is found after it, and was not before. */
  readonly found: readonly Finding[];
}

/** @throws EspalierError for anything but a Kustomization and a name that it may have */
function asked(object = '', name = ''): { readonly namespace: string; readonly name: string } {
  const [, namespace, old] = /^(?:Kustomization|ks)\/([^/]+)\/([^/]+)$/i.exec(object) ?? [];
  if (namespace === undefined || old === undefined) {
    throw new EspalierError(
      `OBJECT ${JSON.stringify(object)} must be a Kustomization with its namespace. For example: espalier rename Kustomization/flux-system/apps workloads.`,
    );
  }
  if (!labelledName.accepts(name)) {
    throw new EspalierError(`NAME ${JSON.stringify(name)} must be ${labelledName.allowed}, such as workloads.`);
  }
  return { namespace, name: old };
}

/** @throws EspalierError where there is none, where the name is taken, or where nothing of the tree deletes the old one */
function renameable(graph: Graph, namespace: string, old: string, name: string): readonly FluxKustomization[] {
  const renamed = kustomizationsCalled(graph, namespace, old);
  if (renamed.length === 0) {
    const all = graph.clusters.flatMap(({ kustomizations }) =>
      kustomizations.map((one) => `${one.namespace}/${one.name}`),
    );
    const near = nearest(`${namespace}/${old}`, [...new Set(all)]);
    throw new EspalierError(
      `There is no Kustomization ${namespace}/${old}${near ? `; did you mean ${near}?` : '. Name one of the tree.'}`,
    );
  }
  for (const cluster of graph.clusters) {
    if (cluster.kustomization(namespace, old) !== undefined && cluster.kustomization(namespace, name) !== undefined) {
      throw new EspalierError(`There is a Kustomization ${namespace}/${name} already. Give another name.`);
    }
    const one = cluster.kustomization(namespace, old);
    if (one !== undefined && (one.resource.appliedBy === undefined || isSame(one.resource.appliedBy, one))) {
      throw new EspalierError(
        `Kustomization ${namespace}/${old} is one that Flux begins with: nothing else of the tree applies it, so nothing would delete it under its old name. Rename it as it was made: by flux bootstrap, the FluxInstance, or hand.`,
      );
    }
  }
  return renamed;
}

async function lookAt(
  { path, cluster, texts }: { readonly path: string; readonly cluster: string | undefined; readonly texts: Texts },
  settings: Settings,
): Promise<Looked> {
  return Progress.during(async (progress) => {
    const graph = await readGraph({ path, rev: undefined, cluster, texts }, settings, progress);
    const { findings } = await runChecksTraced(graph, {
      checks: settings.checks,
      severities: settings.severities,
      each: true,
      fixes: false,
    });
    return { graph, findings, name: 'the work tree', texts };
  });
}

/** Makes a step in memory, and compares what it does as espalier diff does. */
async function stepOf(before: Looked, fix: Fix, look: (texts: Texts) => Promise<Looked>): Promise<Step> {
  const hide = hider([before.graph]);
  const made = editsOfFix(fix, before.graph, hide);
  if (made === undefined) {
    throw new EspalierError(
      `${fix.title}: one of the places is not written as it is read: a template, a variable, an alias or a file that SOPS has encrypted. Change by hand: ${fix.changes.map(({ path }) => path.join('.')).join(', ')}.`,
    );
  }
  const texts = new Map(before.texts);
  const files: EditedFile[] = [];
  for (const [shown, edits] of editsOf([{ fix: made }])) {
    const path = resolve(shown);
    const bytes = texts.get(path) ?? readRegular(path);
    const after = withEdits(bytes, edits);
    texts.set(path, after);
    files.push({ path, shown, before: bytes, after });
  }
  const then = await look(texts);
  const review = makeReview(before, then);
  const dangerous = ({ danger }: Effect) => danger === 'high' || danger === 'critical';
  const effects = review.clusters.flatMap(({ effects: own, changes }) =>
    [...own, ...changes.flatMap((change) => change.effects)].filter(dangerous),
  );
  return { fix, made, files, then, effects, found: review.found };
}

function shownDifference(files: readonly EditedFile[]): string {
  const changed = files.map(({ shown, before, after }) => ({
    path: shown,
    before: Buffer.from(before).toString('utf8'),
    after: Buffer.from(after).toString('utf8'),
  }));
  return diffPlan({ created: [], changed, pruned: [] }, { mask: maskedFile }).trimEnd();
}

function waitText(namespace: string, name: string): string {
  return `Wait until Flux has applied it in every cluster: \`kubectl -n ${namespace} get kustomizations.kustomize.toolkit.fluxcd.io ${name} -o jsonpath='{.spec.deletionPolicy} {.spec.prune}'\` begins with Orphan, or ends with false.`;
}

/** @throws EspalierError where Git refuses, in its own words */
function commit(files: readonly EditedFile[], root: string, message: string): void {
  const top = gitTop(root);
  if (top === undefined) throw new EspalierError('--commit needs a Git repository. The files are written.');
  const paths = files.map(({ path }) => relative(top, path));
  try {
    execFileSync('git', ['commit', '--quiet', '--only', '-m', message, '--', ...paths], { cwd: top, stdio: 'pipe' });
  } catch (error) {
    const said = String((error as { stderr?: Buffer }).stderr ?? '').trim();
    throw new EspalierError(
      `git commit failed: ${said || 'without a word'}. The files are written: commit them yourself.`,
    );
  }
}
