import { textAt } from '../../json/read';
import { parseRange, parseVersion } from '../../systems/helm/versions';
import { memoizeText } from '../../text/memoize';
import type { Chart } from '../../tree/charts/chart';

/**
 * The release of Kubernetes that a chart is rendered for: the first that it takes, else the first, which Helm refuses then (v4.2
 * pkg/action/action.go renderResources).
 */
export function kubeVersionFor({ metadata }: Chart, first: string, others: readonly string[] = []): string {
  const holds = rangeOf(textAt(metadata, 'kubeVersion') || '*');
  const isTaken = (text: string) => {
    const version = parseVersion(text);
    return version !== undefined && holds?.(version) === true;
  };
  return [first, ...others].find(isTaken) ?? first;
}

/** Most charts say the same, or nothing. */
const rangeOf = memoizeText(parseRange);
