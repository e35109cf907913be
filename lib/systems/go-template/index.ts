export { type Executed, type Execution, execute, undefinedFunction } from './execute';
export { parseTemplate } from './parse';
export { type KeyRead, readsOf, type TemplateReads } from './reads';
export { TemplateError, TemplateTooLong } from './template';
export { NotFollowed } from './values';
