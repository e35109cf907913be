import { display } from '../substitution';

/** What stands for a value that must not be shown. */
export const hidden = '(hidden)';

/** Hides a text of one line or several; they stay as many. */
export function hideLines(text: string): string {
  return text.replace(/\S[^\n]*/g, hidden);
}

/** A placeholder that something fills in, without a default of its own: `${X}`, `$(X)`, `{{ .x }}`, `$X`, `%X%`. */
const filledIn = /\$\{[^{}:=+-]*\}|\$\([\w.-]*\)|\{\{[^"'`]*?\}\}|\$\$?\w+$|%\(?\w+\)?[s%]/;
const onlyFilledIn = new RegExp(`^(?:${filledIn.source})+$`, 's');

/**
 * What names a credential elsewhere: a path, a variable, an entry of a vault; a switch, a number of one digit, a placeholder that
 * somebody fills in by hand.
 */
const elsewhere =
  /^(?:\.{0,2}\/[\w./-]*|true|false|yes|no|on|off|null|none|nil|\d|<[^<>]*>|\(hidden\)|\.{3}|\*+|…|(?:ref\+)?(?:vault|env|file|op|arn|awssm|gcpsm|awsssm|secretref|doppler|bao):\S*|\$__\w+\{.*\}|!secret \S+|process\.env\.\w+|os\.environ.*|\{\}|\[\])?$/i;

/** Whether a text only refers to a credential, or is none of any use. */
export function isReference(text: string): boolean {
  const shown = display(text).trim();
  return elsewhere.test(shown) || onlyFilledIn.test(shown);
}
