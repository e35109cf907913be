import { Document, isCollection, isPair, isScalar, visit } from 'yaml';
import type { Facts } from './reduce';

const header = ' Made by `npm run import`; nobody edits it.';
const longest = 80;

/** Prints facts with sorted keys, whatever order the release had; what holds no collection takes one line. */
export function printFacts(facts: Facts): string {
  // YAML 1.1 quotes the strings that its readers take for booleans (on, off, yes, no).
  const document = new Document(facts, { version: '1.1', aliasDuplicateObjects: false, sortMapEntries: true });
  visit(document, {
    Collection(_key, node) {
      const values: unknown[] = node.items.map((item: unknown) => (isPair(item) ? item.value : item));
      const length = values.reduce<number>((sum, value) => sum + (isScalar(value) ? String(value.value).length : 0), 0);
      node.flow = !values.some(isCollection) && length < longest;
    },
  });
  document.commentBefore = header;
  return document.toString({ lineWidth: 0, indentSeq: false });
}
