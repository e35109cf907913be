import { unmade } from '../changes/caused';
import { type Compared, makeReview } from '../changes/make-review';
import type { Change } from '../changes/review';
import type { Finding } from '../checks/finding';
import { EspalierError } from '../errors';
import { shownPath } from '../graph/shown-path';
import { textAt } from '../json/read';
import { groupBy } from '../text/group-by';
import { folderOf } from '../tree/paths';
import type { Difference } from './compare';
import type { KustomizedFolder, ObjectFile, Survey } from './survey';

/**
 * What a tree does in the clusters that the original does not, by what does it: as `espalier diff` tells it, and what `espalier check`
 * finds anew.
 *
 * @param moved what lies at other paths, by these: that it has moved is no change
 * @throws EspalierError where it is not known what does it
 */
export function effectsOf(
  { files, folders }: Survey,
  before: Compared,
  after: Compared,
  moved: ReadonlyMap<string, ObjectFile | KustomizedFolder> = new Map(),
): Difference[] {
  const [old, findings] = [before.findings.map(unmade), after.findings.map(unmade)];
  const review = makeReview({ ...before, findings: old }, { ...after, findings });
  const { clusters } = review;
  // Of several objects of a kind a rule may tell of the first. Equal documents fix nothing, so that one that is gone is told of another.
  const gone = countsOf([...review.mended, ...review.noLongerReported]);
  const found = review.found.filter((finding) => {
    const left = gone.get(subjectOf(finding)) ?? 0;
    gone.set(subjectOf(finding), left - 1);
    return left <= 0;
  });
  const changes = clusters
    .flatMap(({ changes }) => changes)
    .filter((change) => moved.size === 0 || !hasMovedAlone(change));
  const shown = (path: string) => shownPath(before.graph.tree, path);
  const byFile = new Map(files.map((file) => [shown(file.path), file]));
  const byFolder = new Map(folders.map((folder) => [shown(folder.document.file.path), folder]));
  for (const [path, one] of moved) {
    if ('source' in one) byFile.set(shown(path), one);
    else byFolder.set(shown(path), one);
  }
  const byPath = new Map(folders.map((folder) => [folderOf(shown(folder.document.file.path)), folder]));
  const unknown: string[] = [];
  const blame = (path: string | undefined, what: string, of?: { kind: string; name: string }): Difference[] => {
    const file = path === undefined ? undefined : byFile.get(path);
    const same = file?.objects.filter(
      ({ value }) => value.kind === of?.kind && textAt(value, 'metadata', 'name') === of?.name,
    );
    const objects = same && same.length > 0 ? same : file?.objects;
    if (objects) return objects.map((object) => ({ of: object, what }));
    // What is generated, and what the folder is built with, is its kustomization.yaml's.
    const folder = path === undefined ? undefined : (byFolder.get(path) ?? byPath.get(folderOf(path)));
    if (folder) return [{ of: folder, what }];
    unknown.push(`  ${what}`);
    return [];
  };
  const differences = [
    ...changes.flatMap((change) => {
      const fields = change.fields.map(({ path }) => path).join(', ');
      const what = `${change.object} would be ${change.type}${fields === '' ? '' : ` (${fields})`}`;
      return blame((change.before ?? change.after)?.file, what, change);
    }),
    ...found.flatMap(({ file, rule, message, chain }) => {
      // Of a fault in a file that stays, what it speaks of may be the cause: a kustomization.yaml that lost a comment.
      const named = [file, ...[message, ...chain].flatMap((text) => text.split(/[\s:,]+/))];
      const by = named.find((path) => byFile.has(path) || byFolder.has(path)) ?? file;
      return blame(by, `${rule} would be found: ${message}`);
    }),
  ];
  if (differences.length === 0 && unknown.length > 0) {
    throw new EspalierError(
      `What the code makes would change the cluster:\n${unknown.slice(0, 10).join('\n')}\nNothing was written. Please report this.`,
    );
  }
  return [...new Map(differences.map((one) => [one.of, one])).values()];
}

/** Whether it lies in another file, and is the same to the cluster. */
function hasMovedAlone({ type, before, after }: Change): boolean {
  return type === 'moved' && before?.kustomization === after?.kustomization;
}

function countsOf(findings: readonly Finding[]): Map<string, number> {
  return new Map([...groupBy(findings, subjectOf)].map(([subject, all]) => [subject, all.length]));
}

/** What a finding is of: a rule, and a kind of objects or a file. */
function subjectOf({ rule, object, file }: Finding): string {
  return `${rule} ${object?.split(' ')[0] ?? file}`;
}
