/** What the API server would refuse each object for by itself, and what it takes although nobody can read it. */

export { apiVersion } from './api-version';
export { deprecatedVersion } from './deprecated-version';
export { schemaRules } from './faults';
export { patterns } from './patterns';
