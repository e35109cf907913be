import type { ImpactFormat, ImpactFormatName } from './format';
import { json } from './json';
import { markdown } from './markdown';
import { text } from './text';

export type { ImpactFormatName } from './format';

export const impactFormats: Readonly<Record<ImpactFormatName, ImpactFormat>> = { text, json, markdown };
