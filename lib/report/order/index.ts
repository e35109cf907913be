import type { OrderFormat, OrderFormatName } from './format';
import { json } from './json';
import { markdown } from './markdown';
import { text } from './text';

export type { OrderFormatName } from './format';

export const orderFormats: Readonly<Record<OrderFormatName, OrderFormat>> = { text, json, markdown };
