import type { ClusterReview, Danger, Review } from '../../../changes/review';
import { groupBy } from '../../../text/group-by';
import { rank } from '../kinds';
import { changeCounts } from './changes';
import { clustersText } from './cluster-names';

/** `Deployment shop/shop in prod, staging`; a review of one cluster does not name it. */
export function inClusters(object: string, names: readonly string[], clusters: readonly ClusterReview[]): string {
  if (clusters.length < 2) return object;
  const distinct = [...new Set(names)];
  const where = distinct.length > 3 ? `${distinct.length} clusters` : distinct.join(', ');
  return `${object} in ${where}`;
}

/** What is compared, with commits as short as people write them. */
export function shownRevision(name: string): string {
  return name.replace(/\b([0-9a-f]{10})[0-9a-f]{30}\b/g, '$1');
}

/** What is said instead: an error that the checks find may well change something, such as that a file cannot be read. */
export function emptyText({ danger }: Review, between: string): string {
  return danger === 'none'
    ? `Nothing changes in any cluster${between}.`
    : `No object differs${between}, but the checks find something new.`;
}

/** Whether nothing is to be told of any cluster. */
export function isEmpty({ clusters }: Review): boolean {
  return clusters.every(({ changes, effects, images }) => changes.length + effects.length + images.length === 0);
}

/** Whether a comparison has found anything: objects, or what the checks say. */
export function differs({ clusters, found, mended, noLongerReported }: Review): boolean {
  return [clusters, found, mended, noLongerReported].some((list) => list.length > 0);
}

/** How much differs in a cluster, or in several of a fleet alike. */
export interface ClusterRow {
  /** "prod", "staging (created)", "187 clusters (a, b, c and 184 others)". */
  readonly name: string;
  readonly danger: Danger;
  /** "2 created, 1 removed", or that nothing differs; of several, of each of them. */
  readonly counts: string;
}

/** Of more clusters than so many, those with the same numbers share a row. */
const mostRows = 10;

/** The most dangerous first, where there are many. */
export function clusterRows({ clusters }: Review): readonly ClusterRow[] {
  const rows = clusters.map(({ name, type, danger, changes }) => ({
    name: type === 'changed' ? name : `${name} (${type})`,
    danger,
    counts: changeCounts(changes) || 'no object differs',
  }));
  if (rows.length <= mostRows) return rows;
  return [...groupBy(rows, ({ danger, counts }) => `${danger} ${counts}`).values()]
    .map((group) => ({ ...group[0], name: clustersText(group.map(({ name }) => name)) }))
    .sort((a, b) => rank(b.danger) - rank(a.danger));
}
