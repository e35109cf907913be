import { compareText } from '../text/compare';
import type { RuleDescription } from './finding';
import { checks } from './index';
import { describeRule } from './run';
import { badSuppression, unusedSuppression } from './suppression';

/** What every rule says of itself, those about suppressions included, in the order of their ids. */
export const rules: readonly RuleDescription[] = [...checks, unusedSuppression, badSuppression]
  .map(describeRule)
  .sort((a, b) => compareText(a.id, b.id));

/** Every rule's id. */
export const ruleIds: readonly string[] = rules.map(({ id }) => id);
