/** What the API server would refuse each object for by itself. */

export { apiVersion } from './api-version';
export { deprecatedVersion } from './deprecated-version';
export { schemaRules } from './faults';
