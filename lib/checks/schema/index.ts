import type { Check } from '../check';
import { apiVersion } from './api-version';
import { cel } from './cel';
import { listKey } from './list-key';
import { required } from './required';
import { type } from './type';
import { unknownField } from './unknown-field';
import { value } from './value';

/** What the API server would refuse each object for by itself. */
export const schema: readonly Check[] = [apiVersion, unknownField, type, required, value, listKey, cel];
