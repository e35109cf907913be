import type { Check } from '../check';

export const secrets: readonly Check[] = [];
