import type { Check } from '../check';
import { buildRules } from './build-faults';
import { patchWithoutTarget } from './patch-without-target';
import { syntaxRules } from './syntax-faults';
import { unreached } from './unreached';

/** What keeps a tree from being read and built as its author meant it. */
export const tree: readonly Check[] = [...syntaxRules, ...buildRules, patchWithoutTarget, unreached];
