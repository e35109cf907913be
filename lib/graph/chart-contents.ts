import type { Path } from '../json/json';
import type { Chart, Closed, RenderInput } from '../tree/charts/chart';
import type { Resource } from './resource';

/** What became of the chart of a HelmRelease that was to be opened. */
export type ChartContents =
  | {
      readonly type: 'opened';
      readonly chart: Chart;
      readonly input: RenderInput;
      /** What it makes, without tests. */
      readonly objects: readonly Resource[];
      /** Why they may be otherwise: a clause; undefined where nothing that Helm is given is unknown. */
      readonly uncertain: string | undefined;
      /** Whether the chart asks the cluster, which answers nothing here. */
      readonly looksUp: boolean;
      /** Whether there may be objects besides: which there are depends on what is random or not known. */
      readonly incomplete: boolean;
      /** All that its objects depend on (see Rendering); undefined where nobody says. */
      readonly key: string | undefined;
    }
  /** Helm refuses it, and the release fails. */
  | {
      readonly type: 'failed';
      readonly chart: Chart | undefined;
      /** What Helm was given; undefined where that could not be put together. */
      readonly input: RenderInput | undefined;
      readonly message: string;
      /** Where in the chart. */
      readonly template: string | undefined;
      /** Where in the HelmRelease; undefined where Helm does not say. */
      readonly path: Path | undefined;
      readonly uncertain: string | undefined;
    }
  /** Nobody knows what it makes. */
  | Closed;
