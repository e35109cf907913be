import type { Check } from '../check';

export const eso: readonly Check[] = [];
