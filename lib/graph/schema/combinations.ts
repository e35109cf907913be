import type { Node } from './node';
import type { SchemaFaultKind } from './schema';
import { listText } from './text';

/**
 * What is wrong with a value that has to fit any, one or none of other schemas; undefined when nothing is.
 *
 * @param fits whether the value fits a schema
 */
export function combinationFault(node: Node, fits: (part: Node) => boolean): [SchemaFaultKind, string] | undefined {
  if (node.anyOf.length > 0 && !node.anyOf.some((part) => fits(part()))) {
    return ['one-of', alternatives(node.anyOf, 'at least one') ?? 'matches none of the allowed forms'];
  }
  if (node.oneOf.length > 0) {
    const fitting = node.oneOf.filter((part) => fits(part())).length;
    if (fitting !== 1) {
      const other =
        fitting === 0 ? 'matches none of the allowed forms' : 'matches several forms, but only one is allowed';
      return ['one-of', alternatives(node.oneOf, 'exactly one') ?? other];
    }
  }
  if (node.not && fits(node.not())) {
    const { required } = node.not();
    const together = required.map((name) => `\`${name}\``);
    return [
      'one-of',
      together.length > 0 ? `must not have ${listText(together, 'and')}` : 'has a form that is not allowed',
    ];
  }
  return undefined;
}

/** Where every form asks for fields of its own: which. */
function alternatives(parts: Node['anyOf'], count: string): string | undefined {
  const fields = parts.map((part) => part().required.map((name) => `\`${name}\``));
  if (fields.some((names) => names.length === 0)) return undefined;
  return `must have ${count} of ${listText(fields.map((names) => listText(names, 'and')))}`;
}
