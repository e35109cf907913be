import type { Impact } from '../../changes/impact';
import { jsonText } from '../../graph/masking/printable';
import type { ImpactFormat } from './format';

/** The shape of `--format json`. Fields may be added; what is there keeps its name and meaning until `version` is another. */
export interface ImpactReport {
  readonly version: 1;
  /** One for each thing that was asked about, in each cluster that has it. */
  readonly impacts: readonly Impact[];
}

/** For programs: what lib/changes/impact/impact.ts describes, as it is. */
export const json: ImpactFormat = {
  render(impacts) {
    const report: ImpactReport = { version: 1, impacts };
    return jsonText(report);
  },
};
