import { listed } from '../../../text/listed';

/** Names of clusters that are seen; a fleet has more. */
const fewNames = 3;

/** `prod, staging`, `187 clusters (a, b, c and 184 others)`. */
export function clustersText(names: readonly string[]): string {
  return names.length <= fewNames + 1 ? names.join(', ') : `${names.length} clusters (${listed(names, fewNames)})`;
}
