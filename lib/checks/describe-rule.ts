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
}: RuleDescription): RuleDescription {
  const known = { id, severity, title, atRunTime: sentence(atRunTime), remedy: sentence(remedy), source };
  return fixes === undefined ? known : { ...known, fixes: sentence(fixes) };
}
