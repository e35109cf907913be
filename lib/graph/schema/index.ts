/** What Kubernetes' kinds look like, and whether an object does: its fields, their values, and the rules that bind them. */
export type { SchemaFault, SchemaFaultKind, ValidateOptions } from './schema';
export { type Lookup, type SchemaStore, schemaStore } from './store';
export { type KindSchema, validate } from './validate';
