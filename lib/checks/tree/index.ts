/** What keeps a tree from being read and built as its author meant it. */

export { buildRules } from './build-faults';
export { patchWithoutTarget } from './patch-without-target';
export { syntaxRules } from './syntax-faults';
export { unreached } from './unreached';
