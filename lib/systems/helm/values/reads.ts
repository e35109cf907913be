import { textsIn } from '../../../json/read';
import { memoize } from '../../../text/memoize';
import { parseTemplate, TemplateError } from '../../go-template';
import type { Nodes } from '../../go-template/template';
import type { ChartTexts } from './chart';
import { Root } from './part';
import { Place } from './place';
import { Reader, TooLong } from './reader';
import { subchartsOf } from './subcharts';

export interface Reads {
  readonly values: Place;
  /** Whether texts of the values may be run as templates. */
  readonly runsTexts: boolean;
}

/** Of one template: the longest of known charts (Grafana's pod) has 12,000. */
const mostTokens = 200_000;

/** What the templates of a chart read of its values, those of charts within it too; undefined where nobody can tell. */
export const readsOfChart = memoize((chart: ChartTexts) => readsOf(chart, false));

/** The same, with all that a text may ask for that is run as a template. */
export const readsOfDefinitions = memoize((chart: ChartTexts) => readsOf(chart, true));

/** @param all whether definitions count that no template of the chart asks for */
function readsOf(chart: ChartTexts, all: boolean): Reads | undefined {
  const reader = new Reader();
  const values = new Place();
  const charts: { readonly templates: readonly Nodes[]; readonly root: Root; readonly chart: ChartTexts }[] = [];
  const collect = (one: ChartTexts, at: Place) => {
    const templates = one.templates.map((text) => parseTemplate(text, { most: mostTokens }));
    for (const template of templates) reader.define(template);
    // Globals are for whoever asks, and handed to charts that do not.
    at.field('global').whole = true;
    charts.push({ templates, root: new Root(at), chart: one });
    for (const { key, chart: inner, condition, tags, imports } of subchartsOf(one)) {
      const place = at.field(key);
      for (const path of condition) at.at(path.split('.')).whole = true;
      if (tags.length > 0) at.field('tags').whole = true;
      for (const { child, parent } of imports) {
        place.at(child).whole = true;
        at.at(parent).whole = true;
      }
      if (inner === undefined) place.whole = true;
      else collect(inner, place);
    }
  };
  try {
    collect(chart, values);
    const runTexts = () => {
      for (const { chart: one, root } of charts) {
        if (all) reader.runDefinitions(root);
        for (const text of one.files) reader.runText(text, root);
        for (const { text } of textsIn(one.values)) if (text.includes('{{')) reader.runText(text, root);
      }
    };
    const isSet = () => charts.some(({ root }) => root.set.fields.size > 0);
    // What a template sets, one that came before it may read.
    for (let round = 0; round < 2 && (round === 0 || isSet()); round += 1) {
      reader.again();
      for (const { templates, root } of charts) for (const template of templates) reader.run(template, root);
      if (reader.runsTexts) runTexts();
    }
    return { values, runsTexts: reader.runsTexts };
  } catch (error) {
    if (error instanceof TemplateError || error instanceof TooLong || error instanceof RangeError) return undefined;
    throw error;
  }
}
