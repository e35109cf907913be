import { compareText } from '../text/compare';
import { describeRule } from './describe-rule';
import type { RuleDescription } from './finding';
import { checks, ruleSets } from './index';
import { ruleFails } from './own-checks';
import { badSuppression, unusedSuppression } from './suppression';

/** What every rule says of itself, in the order of their ids: those about suppressions and of sets that are off included. */
export const rules: readonly RuleDescription[] = [
  ...checks,
  ...Object.values(ruleSets).flat(),
  unusedSuppression,
  badSuppression,
  ruleFails,
]
  .map(describeRule)
  .sort((a, b) => compareText(a.id, b.id));

/** Every rule's id. */
export const ruleIds: readonly string[] = rules.map(({ id }) => id);
