import { checks } from './index';
import { badSuppression, unusedSuppression } from './suppression';

/** Every rule's id, those about suppressions included. */
export const ruleIds: readonly string[] = [...checks.map(({ id }) => id), unusedSuppression.id, badSuppression.id];
