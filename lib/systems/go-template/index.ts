export { parseTemplate } from './parse';
export { type KeyRead, readsOf, type TemplateReads } from './reads';
export { TemplateError, TemplateTooLong } from './template';
