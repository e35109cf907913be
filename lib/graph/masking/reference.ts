import { display } from '../substitution';

/** What stands for a value that must not be shown. */
export const hidden = '(hidden)';

/** Hides a text of one line or several; they stay as many. */
export function hideLines(text: string): string {
  return text.replace(/\S[^\n]*/g, hidden);
}

/** What something fills in, without a default of its own: of a shell, Flux, Helm, Kubernetes, Python, XML, a hand. */
const filledIn = new RegExp(
  [
    String.raw`\$?\{\{(?:(?!\bdefault\s+["'\x60][^"'\x60]).)*?(?:\}\}|$)`, // {{ .x }}, ${{ secrets.X }}; of a piece, to its end
    String.raw`\$\$?\{!?[\w.]*(?::?[?+][^}]*|:?[-=])?\}`, // ${X}, $${X}, ${X:?why}
    String.raw`\$\([^()]*\)`, // $(X), $(cat file)
    String.raw`\$[a-z]+:[\w.-]+|\$__\w+\{[^}]*\}`, // Argo CD's, Grafana's
    String.raw`\$\$?(?:[A-Z][A-Z\d_]+|[a-z_]+|\d)(?![\w$])`, // $X
    String.raw`\{[A-Z][A-Z\d_]+\}`,
    '<<[^<>]*>>|<[^<>]*>',
    String.raw`%\(\w+\)s|%[sdv]|%[A-Z_]+%|&\w+;`,
  ].join('|'),
  'gs',
);

/**
 * What names a credential elsewhere: a path, an entry of a vault, what a program asks its environment for; a switch, a number of one
 * digit, a duration.
 */
const elsewhere =
  /^(?:(?:\.{0,2}|~)\/[\w./-]*|true|false|yes|no|on|off|null|none|nil|n\/a|\d|\d+(?:ms|[smhdwy])|\(hidden\)|(?:ref\+)?(?:vault|env|file|arn|awssm|gcpsm|awsssm|secretref|doppler|bao):\S*|op:\/\/.*|!\w+(?: \S+)?|(?:\w+[.:]{1,2})*(?:get_?)?env(?:iron)?\b.*)?$/i;

/** Whether a text only refers to a credential, or is none of any use. */
export function isReference(text: string): boolean {
  const shown = display(text)
    .trim()
    .replace(/^(?:Bearer|Basic|Token)\s+/i, '');
  if (elsewhere.test(shown)) return true;
  const rest = shown.replace(filledIn, '');
  return !/[A-Za-z\d]/.test(rest) || (rest !== shown && elsewhere.test(rest));
}
