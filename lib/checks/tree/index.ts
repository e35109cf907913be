import type { Check } from '../check';

export const tree: readonly Check[] = [];
