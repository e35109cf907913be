import type { Check } from '../check';

export const substitution: readonly Check[] = [];
