import type { JsonObject } from '../../../json/json';

/** What matters of a chart for its values. */
export interface ChartTexts {
  readonly name: string;
  /** Chart.yaml. */
  readonly metadata: JsonObject;
  /** values.yaml, as text and as what it says. */
  readonly text: string;
  readonly values: JsonObject;
  /** values.schema.json, if there is one. */
  readonly schema: string | undefined;
  readonly readme: string;
  /** The texts of templates/. */
  readonly templates: readonly string[];
  /** Other texts of the chart that are templates by their look: `tpl (.Files.Get …)`. */
  readonly files: readonly string[];
  /** The folders of charts/. */
  readonly subcharts: readonly ChartTexts[];
}

/** A chart within another, where its values lie. */
export interface Subchart {
  /** The key of its values: its name, or the alias. */
  readonly key: string;
  /** Undefined where the chart does not bring it. */
  readonly chart: ChartTexts | undefined;
  readonly condition: readonly string[];
  readonly tags: readonly string[];
  /** Paths of its own values that its parent takes, and where they lie there. */
  readonly imports: readonly { readonly child: readonly string[]; readonly parent: readonly string[] }[];
}
