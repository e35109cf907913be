import type { Check } from '../check';
import { apiVersion } from './api-version';
import { schemaRules } from './faults';

/** What the API server would refuse each object for by itself. */
export const schema: readonly Check[] = [apiVersion, ...schemaRules];
