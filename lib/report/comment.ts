import type { Review } from '../changes/review';
import type { Result, Severity } from '../checks/finding';
import { count } from '../text/count';
import { changeCounts } from './diff/digest/changes';
import { differs } from './diff/digest/clusters';
import { isNotJudged } from './diff/digest/unjudged';
import { rank } from './diff/kinds';
import { markdown as diffMarkdown, marker as diffMarker } from './diff/markdown';
import { failsRun } from './findings';
import { commentLimit } from './limited-text';
import { markdown } from './markdown';
import { headline, severities } from './summary';

/** What espalier check and espalier diff say of a change, as far as they ran. */
export interface Said {
  readonly check: Result | undefined;
  readonly diff: Review | undefined;
}

export interface CommentOptions {
  readonly failOn: Severity | 'never';
  /** Where a forge shows the files of the change. */
  readonly repository?: string;
  /** The commit that was looked at, and the page of the run that did. */
  readonly commit?: string;
  readonly run?: string;
  readonly version: string;
}

/** Kept for what is put around the reports. */
const frame = 1000;

/** @returns the one comment on a change, as Markdown; undefined where nothing is to say */
export function commentText(said: Said, options: CommentOptions): string | undefined {
  if (!hasNews(said, options.failOn)) return undefined;
  const { check, diff } = said;
  const rest = { color: false, repository: options.repository, version: options.version, failOn: options.failOn };
  const parts: string[] = [];
  if (diff !== undefined) {
    // What the checks find anew is in the comparison: of the rest, most is not this change's.
    const limit = check === undefined ? commentLimit - frame : Math.floor(commentLimit * 0.7);
    parts.push(diffMarkdown.render(diff, { ...rest, limit }).replace(`${diffMarker}\n`, ''));
  }
  if (check !== undefined) {
    const left = commentLimit - frame - (parts[0]?.length ?? 0);
    const text = markdown.render(check, { ...rest, limit: left });
    const isFolded = diff !== undefined && check.findings.length > 0;
    if (diff === undefined) parts.push(text);
    else if (isFolded) parts.push(folded(`espalier check: ${headline(check)}`, text.replace(/^## .*\n\n/, '')));
  }
  return [...parts.map((part) => part.trimEnd()), footer(options)].filter((part) => part !== '').join('\n\n');
}

/** Whether a person has anything to read: what differs, or what fails; of a check alone, whatever it finds. */
function hasNews({ check, diff }: Said, failOn: Severity | 'never'): boolean {
  const findings = check?.findings ?? [];
  if (diff === undefined) return findings.length > 0;
  return differs(diff) || findings.some(({ severity }) => failsRun(severity, failOn));
}

function folded(summary: string, text: string): string {
  return `<details><summary>${summary}</summary>\n\n${text.trim()}\n\n</details>`;
}

function footer({ commit = '', run }: CommentOptions): string {
  const parts = [
    commit === '' ? '' : `Of commit ${commit.slice(0, 10)}`,
    run === undefined ? '' : `by [this run](${run})`,
  ];
  const told = parts.filter((part) => part !== '').join(', ');
  return told === '' ? '' : `<sub>${told}</sub>`;
}

/** In a few words, for a status beside the commit: `high danger, 3 changed; 2 errors in 1 file`. */
export function statusText({ check, diff }: Said): string {
  const parts: string[] = [];
  if (diff !== undefined) {
    const changes = changeCounts(diff.clusters.flatMap((cluster) => cluster.changes));
    parts.push(
      differs(diff)
        ? `${isNotJudged(diff) ? 'not judged' : `${diff.danger} danger`}${changes === '' ? '' : `, ${changes}`}`
        : 'nothing changes',
    );
  }
  if (check !== undefined) {
    parts.push(
      check.findings.length === 0 ? `no findings in ${count(check.counts.files, 'file')}` : severities(check.findings),
    );
  }
  return parts.join('; ');
}

/** Whether a change is as dangerous as a run may not be. */
export function isTooDangerous(diff: Review | undefined, limit: string): boolean {
  return diff !== undefined && limit !== 'never' && rank(diff.danger) >= rank(limit as Review['danger']);
}
