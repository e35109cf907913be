import type { Check } from '../check';

export const schema: readonly Check[] = [];
