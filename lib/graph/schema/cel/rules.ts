import type { Json } from '../../../json/json';
import { compileRule } from '../../../systems/cel/compile';
import { ruleValue } from '../defaults';
import { allKnown } from '../equal';
import type { Node } from '../node';
import type { ValidationRule } from '../schema';

export interface BrokenRule {
  /** Below the value. */
  readonly path: readonly string[];
  /** What follows the value's name in a sentence. */
  readonly sentence: string;
}

const longest = 200;

/** The rules of a schema that a value breaks. One that cannot be evaluated counts as kept, and so do those of an update. */
export function brokenRules(node: Node, value: Json, known: (text: string) => boolean): readonly BrokenRule[] {
  let self: unknown;
  const broken: BrokenRule[] = [];
  for (const rule of node.rules) {
    const evaluate = compileRule(rule.rule);
    if (!evaluate) continue;
    self ??= ruleValue(node, value);
    if (evaluate(self) === false) broken.push({ path: fieldPath(rule), sentence: sentence(rule, self) });
  }
  return broken.length > 0 && allKnown(value, known) ? broken : [];
}

function sentence(rule: ValidationRule, self: unknown): string {
  const computed = rule.messageExpression && compileRule(rule.messageExpression)?.(self);
  if (typeof computed === 'string' && computed !== '') return `is refused: ${computed}`;
  if (typeof rule.message === 'string') return `is refused: ${rule.message}`;
  const text = rule.rule.replace(/\s+/g, ' ').trim();
  return `breaks the rule ${text.length <= longest ? text : `${text.slice(0, longest - 1)}…`}`;
}

/** `.a.b`, of which anything but plain names is left out. */
function fieldPath({ fieldPath = '' }: ValidationRule): string[] {
  return /^(\.[A-Za-z_]\w*)+$/.test(fieldPath) ? fieldPath.slice(1).split('.') : [];
}
