import type { Check } from '../check';

export const backstage: readonly Check[] = [];
