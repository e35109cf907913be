import { jsonText } from '../../graph/masking/printable';
import type { OrderFormat } from './format';
import type { ClusterOrder } from './told';

/** The shape of `--format json`. Fields may be added; what is there keeps its name and meaning until `version` is another. */
export interface OrderReport {
  readonly version: 1;
  readonly clusters: readonly ClusterOrder[];
}

/** For programs. */
export const json: OrderFormat = {
  render(clusters) {
    const report: OrderReport = { version: 1, clusters };
    return jsonText(report);
  },
};
