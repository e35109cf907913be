import type { Check } from '../check';
import { missing } from './missing';
import { missingKey } from './missing-key';
import { renamedTarget } from './renamed';

export const secrets: readonly Check[] = [missing, missingKey, renamedTarget];
