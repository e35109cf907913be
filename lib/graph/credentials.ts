import { isKnown } from './substitution';

/** Forms that only credentials have, with what they are. */
const forms: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/, 'a private key'],
  [/\bgh[pousr]_[A-Za-z0-9]{36}\b/, 'a GitHub token'],
  [/\bglpat-[\w-]{20}\b/, 'a GitLab token'],
  [/\bAKIA[0-9A-Z]{16}\b/, 'an AWS access key'],
  [/\bxox[abprs]-[\w-]{10,}/, 'a Slack token'],
  [/\bhvs\.[\w-]{20,}/, 'a Vault token'],
  [/\bsk_live_[A-Za-z0-9]{16,}/, 'a Stripe key'],
  // Schemes are short; looked for at each character of a long text, they must be.
  [/\b[a-z][a-z0-9+.-]{0,40}:\/\/[^\s/:@$<>{}]*:[^\s/@$<>{}()*]{4,}@[^\s/]/i, 'a URL with a password'],
];

/** Names of variables that hold a credential itself, not the file or the name of one. */
const credentialName = /(?:^|_)(?:PASSWORD|PASSWD|SECRET|SECRET_KEY|TOKEN|API_?KEY|ACCESS_KEY|PRIVATE_KEY)$/i;

/** What a value that is told by its name holds. */
export const plainCredential = 'its credential in plain text';

/**
 * What credential a text holds where anybody may read it; undefined when it holds none.
 *
 * @param name what the value is called: a key of a ConfigMap, a variable, an option
 */
export function credentialIn(name: string, text: string): string | undefined {
  const form = forms.find(([pattern]) => pattern.test(text))?.[1];
  return form ?? (credentialName.test(name) && looksGiven(text) ? plainCredential : undefined);
}

/** A word that somebody chose or a program drew: no reference, path, address, switch or placeholder. */
function looksGiven(text: string): boolean {
  return (
    /^\S{6,}$/.test(text) &&
    isKnown(text) &&
    !/[${}<>]|^\/|^\.\/|:\/\/|^(?:true|false|none|null|\d+|change-?_?me|replace-?_?me|placeholder|dummy|example|x+)$/i.test(
      text,
    ) &&
    !/^[a-z0-9]+(?:[-.][a-z0-9]+)+$/.test(text)
  );
}
