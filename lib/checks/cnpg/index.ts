import type { Check } from '../check';

export const cnpg: readonly Check[] = [];
