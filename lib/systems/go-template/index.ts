export { type Executed, type Execution, execute } from './execute';
export { parseTemplate } from './parse';
export { type KeyRead, readsOf, type TemplateReads } from './reads';
export { TemplateError, TemplateTooLong } from './template';
export { undefinedFunction } from './undefined-function';
export { NotFollowed } from './values';
