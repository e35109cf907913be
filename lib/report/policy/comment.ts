import { describe } from '../../graph/identity';
import { inline } from '../../graph/masking/printable';
import type { Resource } from '../../graph/resource';
import { display } from '../../graph/substitution';
import { wrap } from '../columns';

/** A text of the tree, or several, as lines of a comment of HCL or of a shell: whatever it says, it stays one. */
export function comment(text: string): string[] {
  const shown = inline(display(text));
  // Most fit into one line.
  const lines = shown.length <= width && narrow.test(shown) ? [shown] : wrap(shown.split(' '), width);
  return lines.map((line) => `# ${line}`.trimEnd());
}

/** Characters that take one column each. */
const narrow = /^[ -~]*$/;

/** Columns of a comment's text. */
const width = 98;

/** `ClusterSecretStore vault`, `PushSecret shop/push`. */
export function named(resource: Resource): string {
  return display(describe(resource));
}
