/** A YAML text by what its parts are, line for line: positions stay as they are. */
export interface YamlText {
  /** Without comments. */
  readonly content: string;
  /** Without comments and without what stands in block scalars: where the keys are. */
  readonly structure: string;
}

/** `key: |`, `- >-`, `key: !!str |2+`: what follows, further indented, is text. */
const blockHeader = /(?:^\s*|[:?-]\s+)(?:[!&]\S*\s+)*[|>](?:[1-9][+-]?|[+-][1-9]?)?\s*$/;

/**
 * Takes the comments out of YAML. A `#` in quotes or in a block scalar is text, and stays.
 *
 * No parser: it knows quotes, brackets and block scalars, in the forms that people write. Anchors, tags and documents
 * pass through unread.
 */
export function readYamlText(text: string): YamlText {
  const content: string[] = [];
  const structure: string[] = [];
  const state: LineState = { quote: undefined, brackets: 0 };
  let block: number | undefined;
  for (const line of text.split('\n')) {
    const indent = line.search(/\S/);
    if (block !== undefined && (indent < 0 || indent > block)) {
      content.push(line);
      structure.push('');
      continue;
    }
    const code = withoutComment(line, state);
    content.push(code);
    structure.push(code);
    const opens = state.quote === undefined && state.brackets === 0 && blockHeader.test(code);
    block = opens ? blockIndent(code) : undefined;
  }
  return { content: content.join('\n'), structure: structure.join('\n') };
}

/** What a line leaves open for the next. */
interface LineState {
  quote: string | undefined;
  brackets: number;
}

function withoutComment(line: string, state: LineState): string {
  for (let i = 0; i < line.length; i++) {
    const character = line.charAt(i);
    if (state.quote !== undefined) {
      const escapes = state.quote === '"' ? character === '\\' : character === "'" && line.charAt(i + 1) === "'";
      if (escapes) i++;
      else if (character === state.quote) state.quote = undefined;
    } else if (character === '#' && /^$|\s$/.test(line.slice(0, i))) {
      return line.slice(0, i);
    } else if (`"'[{`.includes(character) && beginsNode(line.slice(0, i), state)) {
      if (character === '[' || character === '{') state.brackets++;
      else state.quote = character;
    } else if (state.brackets > 0 && (character === ']' || character === '}')) {
      state.brackets--;
    }
  }
  return line;
}

/** Whether a value or key begins after this much of a line; elsewhere a quote is an apostrophe. */
function beginsNode(before: string, { brackets }: LineState): boolean {
  if (brackets > 0 && /[[{,:]\s*$/.test(before)) return true;
  return /(?:^\s*|(?:^|\s)[?-]\s+|:\s+)(?:[!&]\S*\s+)*$/.test(before);
}

/** The indentation that the text of a block scalar exceeds: that of its key, or of the dash before it. */
function blockIndent(header: string): number {
  const [dashes = ''] = /^\s*(?:[?-]\s+)*/.exec(header) ?? [];
  const hasKey = !/^(?:[!&]\S*\s+)*[|>]/.test(header.slice(dashes.length));
  return hasKey ? dashes.length : dashes.trimEnd().length - 1;
}
