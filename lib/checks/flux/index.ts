import type { Check } from '../check';

export const flux: readonly Check[] = [];
