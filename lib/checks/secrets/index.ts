import type { Check } from '../check';
import { missing } from './missing';
import { missingKey } from './missing-key';

export const secrets: readonly Check[] = [missing, missingKey];
