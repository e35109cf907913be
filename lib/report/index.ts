import { azure } from './azure';
import type { Format, FormatName } from './format';
import { github } from './github';
import { gitlab } from './gitlab';
import { json } from './json';
import { junit } from './junit';
import { markdown } from './markdown';
import { pretty } from './pretty';
import { sarif } from './sarif';

export type { Format, FormatName, RenderOptions } from './format';

/** Every form of the report by name. */
export const formats: Readonly<Record<FormatName, Format>> = {
  pretty,
  json,
  sarif,
  github,
  gitlab,
  azure,
  junit,
  markdown,
};
