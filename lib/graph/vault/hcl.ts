/** One token of HCL: as much of the language as policies use. */
export interface Token {
  readonly type: 'word' | 'string' | 'mark';
  readonly text: string;
}

const token =
  /\s+|#.*|\/\/.*|\/\*[\s\S]*?(?:\*\/|$)|"((?:[^"\\]|\\.)*)"|<<-?(\w+)\r?\n([\s\S]*?)\r?\n\s*\2\b|([A-Za-z_][\w.-]*)|([\s\S])/g;

/** The tokens of a text in HCL, comments left out. Never fails: what is no HCL yields tokens that mean nothing. */
export function* hclTokens(text: string): Generator<Token> {
  for (const [, string, , heredoc, word, mark] of text.matchAll(token)) {
    if (string !== undefined) yield { type: 'string', text: string.replace(/\\(.)/g, '$1') };
    else if (heredoc !== undefined) yield { type: 'string', text: heredoc };
    else if (word !== undefined) yield { type: 'word', text: word };
    else if (mark !== undefined) yield { type: 'mark', text: mark };
  }
}
