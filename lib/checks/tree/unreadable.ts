import { syntaxCheck } from './syntax-faults';

/** A file that is there and could not be read: no permission, no text, too large. */
export const unreadable = syntaxCheck('unreadable', {
  id: 'tree/unreadable',
  severity: 'error',
  title: 'File that could not be read',
  atRunTime: 'Flux may fail to build the file; nothing in it was checked',
  remedy: 'give read permission, store the file as UTF-8, or split it',
  source: 'docs/check.md',
});
