import type { Json } from '../../../json/json';
import { compileRule } from '../../../systems/cel/compile';
import { largest, nesting, strings } from '../../../systems/cel/cost';
import { memoize } from '../../../text/memoize';
import type { Node } from '../node';
import { fieldsReadBy, relevantText } from './relevant';

/**
 * The values that are known to keep a node's rules: a tree has thousands of objects that differ in nothing that their rules look at,
 * and a rule takes a hundred times as long as a look.
 */
interface Kept {
  readonly names: ReadonlySet<string> | undefined;
  /** Whether a rule has loops within one another. */
  readonly nests: boolean;
  readonly texts: Set<string>;
  /** How often a look was in vain; below zero when it was worth it. */
  vain: number;
}

const keptBy: (node: Node) => Kept = memoize((node) => ({
  names: namesOf(node),
  nests: node.rules.some(({ rule }) => nesting(rule.replace(strings, '""')) > 1),
  texts: new Set(),
  vain: 0,
}));

/** So many looks in vain, and a node's values are taken to differ. */
const patience = 200;
const mostItems = 50;
const mostTexts = 5000;
const longestText = 1000;

function namesOf({ rules }: Node): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const { rule } of rules) {
    // A rule about updates is not asked here.
    if (compileRule(rule) === undefined) continue;
    const read = fieldsReadBy(rule);
    if (read === undefined) return undefined;
    for (const name of read) names.add(name);
  }
  return names;
}

/** Whether a value keeps all of a node's rules, as `judge` says of the first like it. */
export function keeps(node: Node, value: Json, judge: () => boolean): boolean {
  const kept = keptBy(node);
  if (kept.vain > patience) return judge();
  // Whether a rule costs too much to be asked, the whole value decides.
  if (kept.nests && largest(value) > mostItems) return judge();
  const text = relevantText(node, value, kept.names);
  if (kept.texts.has(text)) {
    kept.vain -= 1;
    return true;
  }
  kept.vain += 1;
  const result = judge();
  if (result && text.length <= longestText && kept.texts.size < mostTexts) kept.texts.add(text);
  return result;
}
