import { mermaidLimits } from '../pictures/mermaid';
import { block } from './markdown';

/** A diagram as a block, or a line that says why there is none: of larger ones Mermaid draws nothing. */
export function picture(diagram: string): string {
  const edges = (diagram.match(/ (?:-->|-\.->)/g) ?? []).length;
  if (diagram.length > mermaidLimits.characters || edges > mermaidLimits.edges) {
    return `(The diagram is too large for Mermaid: ${edges} arrows. \`espalier graph --format html\` draws it.)`;
  }
  return block('mermaid', diagram.trimEnd().split('\n'));
}
