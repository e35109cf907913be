/** What the API server would refuse each object for by itself. */

export { apiVersion } from './api-version';
export { schemaRules } from './faults';
