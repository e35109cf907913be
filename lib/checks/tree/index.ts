import type { Check } from '../check';
import { buildFails } from './build-fails';
import { circle } from './circle';
import { duplicateKey } from './duplicate-key';
import { duplicateObject } from './duplicate-object';
import { keyType } from './key-type';
import { outsideSource } from './outside-source';
import { patchWithoutTarget } from './patch-without-target';
import { resourceMissing } from './resource-missing';
import { syntax } from './syntax';
import { unreached } from './unreached';
import { unreadable } from './unreadable';

/** What keeps a tree from being read and built as its author meant it. */
export const tree: readonly Check[] = [
  syntax,
  duplicateKey,
  keyType,
  unreadable,
  resourceMissing,
  outsideSource,
  duplicateObject,
  circle,
  patchWithoutTarget,
  buildFails,
  unreached,
];
