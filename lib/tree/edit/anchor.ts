import type { Alias, Document, Scalar } from 'yaml';
import type { TextEdit } from './change';

/**
 * The edits of a scalar, the last of the text first. Where aliases repeat it, the first of them gets its anchor and what it said before, so
 * that they all go on saying that.
 */
export function withAnchorMoved(
  text: string,
  document: Document.Parsed,
  { anchor, range }: Scalar,
  edit: TextEdit,
): readonly TextEdit[] {
  if (anchor === undefined || !range) return [edit];
  const alias = firstAlias(document, anchor, range[0]);
  const start = text.lastIndexOf(`&${anchor}`, range[0]);
  const raw = text.slice(range[0], range[1]);
  const between = text.slice(start + anchor.length + 1, range[0]);
  if (!alias?.range || raw.includes('\n') || !/^[ \t]*$/.test(between)) return [edit];
  return [
    { start: alias.range[0], end: alias.range[1], text: `&${anchor} ${raw}` },
    edit,
    { start, end: range[0], text: '' },
  ];
}

/** Behind a place, as long as the name is of the same anchor. */
function firstAlias(document: Document.Parsed, anchor: string, after: number): Alias | undefined {
  const { visit } = require('yaml') as typeof import('yaml');
  let found: Alias | undefined;
  visit(document, {
    Value: (_, node) => (node.anchor === anchor && (node.range?.[0] ?? 0) > after ? visit.BREAK : undefined),
    Alias: (_, node) => {
      if (node.source !== anchor || (node.range?.[0] ?? 0) < after) return undefined;
      found = node;
      return visit.BREAK;
    },
  });
  return found;
}
