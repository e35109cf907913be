import { relative } from 'node:path';
import type { Finding } from '../../checks/finding';
import type { Part } from '../../constructs/compose';
import type { Synthesized } from '../../constructs/synthesis';
import type { Target } from '../targets';
import { type Alone, type FileChange, type Whole, whole } from './answer';
import { composed, labelOf, type Recording } from './record';
import { Sameness } from './sameness';

/** More parts than this are not composed alone: a whole run takes little longer, and says what is to be said. */
const mostParts = 50;

export interface AloneOptions {
  readonly targetsOf: (synthesized: readonly Synthesized[]) => Promise<Target[]>;
  readonly maxParts?: number;
}

/**
 * What a change of main.ts or its modules does to the files of the tree, from the parts that changed alone: they are composed
 * twice, as they were and as they are. Both recordings are used up unless the answer is that the whole must be run.
 *
 * It is the answer for the whole tree where each file on disk that is touched holds what the parts alone made of it before:
 * then no other part adds to it. That is for the caller to see.
 *
 * @throws EspalierError where the parts cannot be composed or rendered
 */
export async function changeAlone(before: Recording, after: Recording, options: AloneOptions): Promise<Alone | Whole> {
  const { targetsOf, maxParts = mostParts } = options;
  if (after.parts.length === 0) return whole('no cluster.compose() says which parts stand on their own');
  const moved = otherList(before.parts, after.parts);
  if (moved !== undefined) return whole(moved);
  const sameness = new Sameness();
  if (!sameness.same(before.apps, after.apps, { byText: true })) return whole('what stands around the parts changed');

  const changed = after.parts.flatMap((part, i): [Part, Part][] => {
    const old = before.parts[i] as Part;
    return old.add === part.add && sameness.same(old.given, part.given) ? [] : [[old, part]];
  });
  if (changed.length === 0) return whole('no part changed');
  if (changed.length > maxParts) return whole(`${changed.length} parts changed`);

  const next = await targetsOf(
    composed(
      after,
      changed.map(([, part]) => part),
    ),
  );
  const findings = findingsOf(next);
  if (findings.some(({ severity }) => severity === 'error')) return whole('the checks find an error');
  const last = composed(
    before,
    changed.map(([old]) => old),
  );
  const unchecked = last.map((app) => ({ ...app, check: false as const }));
  const previous = await targetsOf(findings.length > 0 ? last : unchecked);
  if (keysOf(findings) !== keysOf(findingsOf(previous))) return whole('the checks find something else');

  const folders = next.map((target, i) => ({ outdir: target.outdir, changes: changes(previous[i], target) }));
  const shared = folders
    .flatMap(({ changes }) => changes)
    .find(({ path }) => after.around.has(path) || before.around.has(path));
  if (shared !== undefined) return whole(`${shared.path} is not made by parts alone`);
  return { kind: 'alone', parts: changed.map(([, part]) => part.name), folders, said: '' };
}

/** What is to be said where the parts are others, or come in another order. */
function otherList(before: readonly Part[], after: readonly Part[]): string | undefined {
  const [old, now] = [before.map(labelOf), after.map(labelOf)];
  const known = new Set(old);
  const added = now.find((label) => !known.has(label));
  if (added !== undefined) return `${added} is new`;
  if (now.length < old.length) return `${old.find((label) => !now.includes(label)) ?? 'a part'} is gone`;
  return now.every((label, i) => label === old[i]) ? undefined : 'the parts come in another order';
}

function findingsOf(targets: readonly Target[]): Finding[] {
  return targets.flatMap(({ result }) => result?.findings ?? []);
}

/** Findings to compare: where they stand may have moved. */
function keysOf(findings: readonly Finding[]): string {
  return JSON.stringify(findings.map(({ rule, severity, message, file }) => [rule, severity, message, file]));
}

function changes(before: Target | undefined, after: Target): FileChange[] {
  if (before?.outdir !== after.outdir) throw new Error(`${relative('', after.outdir)} was another folder`);
  const paths = new Set([...before.files.keys(), ...after.files.keys()]);
  return [...paths]
    .map((path) => ({ path, before: before.files.get(path), after: after.files.get(path) }))
    .filter((change) => change.before !== change.after);
}
