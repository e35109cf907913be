import { isJsonObject } from '../../../../lib/json/json';
import type { ChartTexts } from '../../../../lib/systems/helm/values';
import { parseFile } from '../../../../lib/tree/source';

/** A chart of some texts. */
export function chartOf({
  name = 'app',
  values = '',
  templates = '',
  ...rest
}: Partial<Omit<ChartTexts, 'values' | 'templates'>> & {
  values?: string;
  templates?: string | readonly string[];
}): ChartTexts {
  const parsed = parseFile('values.yaml', values).documents[0]?.value;
  return {
    name,
    metadata: {},
    text: values,
    values: isJsonObject(parsed) ? parsed : {},
    schema: undefined,
    readme: '',
    templates: typeof templates === 'string' ? [templates] : templates,
    files: [],
    subcharts: [],
    ...rest,
  };
}

export function yaml(text: string) {
  const value = parseFile('values.yaml', text).documents[0]?.value;
  return isJsonObject(value) ? value : {};
}
