import type { ReviewFormat, ReviewFormatName } from './format';
import { html } from './html';
import { json } from './json';
import { markdown } from './markdown';
import { pretty } from './pretty';

export type { ReviewFormat, ReviewFormatName, ReviewOptions } from './format';

/** Every form of the review by name. */
export const reviewFormats: Readonly<Record<ReviewFormatName, ReviewFormat>> = { pretty, json, markdown, html };
