import type { Check } from '../check';

export const vault: readonly Check[] = [];
