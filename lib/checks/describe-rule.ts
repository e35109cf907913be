import { sentence } from '../text/sentence';
import type { RuleDescription } from './finding';

/** What a rule says of itself, in whole sentences. */
export function describeRule({
  id,
  severity,
  title,
  atRunTime,
  remedy,
  source,
  fixes,
  options,
}: RuleDescription): RuleDescription {
  return {
    ...{ id, severity, title, atRunTime: sentence(atRunTime), remedy: sentence(remedy), source },
    ...(fixes !== undefined && { fixes: sentence(fixes) }),
    ...(options !== undefined && { options }),
  };
}
