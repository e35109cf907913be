import { asidesOf } from '../changes/rename/asides';
import { type Called, kustomizationsCalled } from '../changes/rename/called';
import { needsOf } from '../changes/rename/needs';
import { leavesItsObjects, lettingGo, renaming } from '../changes/rename/steps';
import { EspalierError } from '../errors';
import { nameOf } from '../graph/kustomization';
import { maskedFile } from '../graph/masking';
import { type RenameReport, type RenameStep, renameJson } from '../report/rename';
import { diffPlan } from '../tree/diff';
import { type EditedFile, editFiles } from '../tree/edit-files';
import type { Command } from './command';
import { clusterOption, clusterOptionHelp, readSettings, treeOptions, treeOptionsHelp } from './read-graph';
import { asked, renamingIn } from './rename/asked';
import { assertCommittable, commit } from './rename/commit';
import { assertFirstCommitted, lookAt, type Step, stepOf, type Texts } from './rename/step';
import { paint, print } from './terminal';

const help = `espalier rename OBJECT NAME [PATH]: gives a Kustomization another name or namespace without losing what it applies, in two steps.

Usage: espalier rename OBJECT NAME [PATH] [options]

  OBJECT            the Kustomization: Kustomization/flux-system/apps
  NAME              its new name: workloads; with another namespace, tenants/apps
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
    const { from, to } = asked(object, name);
    const settings = await readSettings(values);
    const look = (texts: Texts) => lookAt(path, texts, settings);
    const now = await look(new Map());
    const wanted = renamingIn(now.graph, from, to, values.cluster as string | undefined);
    const renamed = kustomizationsCalled(wanted.clusters, from);
    const isSecond = renamed.every(leavesItsObjects);
    const first = isSecond ? undefined : await stepOf(now, lettingGo(renamed), undefined, look);
    const between = first?.after ?? now;
    const then = renamingIn(between.graph, from, to, values.cluster as string | undefined);
    const second = await stepOf(between, renaming(then), then, look);
    const steps = [...(first ? [first] : []), second];
    const needed = needsOf(now.graph, wanted);
    const asides = asidesOf(wanted);
    const wait = waitText(from);
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
      const plan = { kustomization: nameOf(from), ...to, needed, asides, steps: told, wait, outcome };
      if (isJson) print(renameJson(plan));
      return outcome === 'refused' ? 1 : 0;
    };
    const called = from.namespace === to.namespace ? to.name : nameOf(to);
    say(paint('bold', `Kustomization ${nameOf(from)} becomes ${called}: ${isSecond ? 'the last step' : 'two steps'}`));
    if (needed.length > 0) say(`\nBefore step 2, these must be in the cluster; the tree does not show them:`);
    for (const one of needed) say(`  ${one}`);
    for (const { number, title, instead, diff, effects, found, unwanted } of told) {
      say(`\n${paint('bold', `Step ${number}: ${title}`)}`);
      say(instead ?? diff);
      for (const clause of unwanted) say(`more than the step: ${clause}`);
      for (const effect of effects) say(`${effect.danger}: ${effect.object} ${effect.message}`);
      for (const finding of found) say(`${finding.file}:${finding.line} ${finding.message}`);
      if (number === 1) say(`\n${wait}`);
    }
    if (asides.length > 0) say('\nLeft as it is:');
    for (const aside of asides) say(`  ${aside}`);
    const next = steps[0] as Step;
    const isAsked = values.write === true || values.commit === true;
    if (next.made.instead !== undefined) {
      const code = end('elsewhere');
      return isAsked ? 2 : code;
    }
    if (steps.some(({ effects, found, unwanted }) => effects.length + found.length + unwanted.length > 0)) {
      return end('refused', '\nA step does more than it should (above): nothing is written.');
    }
    if (!isAsked) {
      return end(
        'planned',
        `\nNothing is written. --write makes step ${isSecond ? 2 : 1} in the files, --commit commits it.`,
      );
    }
    if (isSecond && values.reconciled !== true) {
      const more = needed.length === 0 ? '' : ` It needs ${needed.join('; ')}.`;
      throw new EspalierError(
        `Step 2 deletes Kustomization ${nameOf(from)} with all that it has applied, unless Flux has applied step 1 before. ${wait}${more} Then run this again with --reconciled.`,
      );
    }
    if (isSecond) await assertFirstCommitted(path, wanted, settings);
    const root = now.graph.tree.location;
    if (values.commit === true) assertCommittable(next.files, root);
    editFiles(next.files, root);
    if (values.commit === true) {
      const message = isSecond
        ? `Rename Kustomization ${from.name} to ${called}`
        : `Kustomization ${from.name} lets go of its objects, to be renamed`;
      commit(next.files, root, message);
    }
    const done = values.commit === true ? 'committed' : 'written';
    return end(
      done,
      `\nStep ${isSecond ? 2 : 1} is ${done}.${isSecond ? '' : ` Merge it alone. ${wait} Then run this again with --reconciled.`}`,
    );
  },
};

/** What a step changes and does, as it is told. */
function toldStep({ made, files, effects, found, unwanted }: Step): Omit<RenameStep, 'number' | 'title'> {
  return {
    ...(made.instead !== undefined && { instead: made.instead }),
    files: files.map(({ shown }) => shown),
    diff: shownDifference(files),
    effects,
    found,
    unwanted,
  };
}

function shownDifference(files: readonly EditedFile[]): string {
  const changed = files.map(({ shown, before, after }) => ({
    path: shown,
    before: Buffer.from(before).toString('utf8'),
    after: Buffer.from(after).toString('utf8'),
  }));
  return diffPlan({ created: [], changed, pruned: [] }, { mask: maskedFile }).trimEnd();
}

function waitText({ namespace, name }: Called): string {
  return `Wait until Flux has applied it in every cluster: \`kubectl -n ${namespace} get kustomizations.kustomize.toolkit.fluxcd.io ${name} -o jsonpath='{.spec.deletionPolicy} {.spec.prune}'\` begins with Orphan, or ends with false.`;
}
