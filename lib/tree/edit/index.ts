/** Edits of YAML that somebody wrote: what a document shall say becomes ranges of its file's text, and nothing else of it differs. */

export { applyEdits, type Change, type TextEdit } from './change';
export { editsFor, type FileEdits } from './edit';
