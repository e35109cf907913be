import { isWord, none, type Rule, wrong } from './rules';

/** (pkg/apis/core/validation: validatePathNoBacksteps) */
export const withoutBacksteps: Rule = (value) =>
  isWord(value) && value.split('/').includes('..') ? wrong('a path without ".."') : none;

/** (validateLocalDescendingPath) */
export const relativePath: Rule = (value) =>
  isWord(value) && (value.startsWith('/') || value.split('/').includes('..'))
    ? wrong('a relative path without ".."')
    : none;

/** (ValidateLocalNonReservedPath) An empty path is none. */
export const localPath: Rule = (value) =>
  isWord(value) && (value === '' || value.startsWith('/') || value.startsWith('..') || value.split('/').includes('..'))
    ? wrong('a relative path without "..", at the beginning of the path as well')
    : none;
