import type { Check } from '../check';

export const workload: readonly Check[] = [];
