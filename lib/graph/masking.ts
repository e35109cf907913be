import { credentialIn } from './credentials';
import { display } from './substitution';

/** What stands for a value that must not be shown. */
export const hidden = '(hidden)';

/** An annotation that holds a whole object as JSON, its secrets included. */
export const copiesObject = /last-applied-configuration$/;

/** Annotations that people write for people: what stands there is prose, whatever names it tells of. */
const prose: ReadonlySet<string> = new Set(['kubernetes.io/description', 'espalier/keys']);

/** Names of values that are nothing but a credential: whatever stands there is hidden, however much it looks like a name. */
const credentialName =
  /(?:^|_)(?:(?:DB|PG)?PASS|PWD|TOKEN|SECRET_?KEY|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|AUTHORIZATION)$|(?:PASSWORD|PASSWD|PASSPHRASE)$/i;
/** What stands there and is none: a reference, a path, a switch, a number of one digit, a placeholder, a template. */
const reference = /^(?:\$[({].*|\/.*|true|false|null|\d|<.*>|\{\{.*)?$/s;
/** Fields of External Secrets that name a key, and hold none. */
const keyNames = /^secretKeys?$/;
const ofExternalSecrets = /(?:^|\.)external-secrets\.io$/;

/** Whether a value of this name is a credential, whatever it is. */
export function isCredentialName(name: string): boolean {
  return credentialName.test(words(name));
}

/**
 * Whether a text is a credential, by its form or by what it is called. What is shown is hidden sooner than what the checks find fault
 * with.
 *
 * @param group the API group of the object that it stands in
 */
export function isCredential(name: string, text: string, group = ''): boolean {
  if (prose.has(name) || (keyNames.test(name) && ofExternalSecrets.test(group))) return false;
  return (
    credentialIn(words(name), text) !== undefined || (isCredentialName(name) && !reference.test(display(text).trim()))
  );
}

/** `adminPassword`, `api-key` and `--api-key` as names of variables are written: `admin_Password`, `api_key`. */
function words(name: string): string {
  return name
    .replace(/^-+/, '')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[-.]/g, '_');
}

/** A text that may be shown: `(hidden)` for a credential, without those that stand in it: `password: hunter22`, `--token …`. */
export function maskedText(name: string, text: string, group = ''): string {
  if (isCredential(name, text, group)) return hidden;
  return withoutBlocks(text)
    .split('\n')
    .map((line) => maskedLine(name, line))
    .join('\n');
}

/** A text without private keys, from their first line to their last. */
export function withoutBlocks(text: string): string {
  return text.replace(/-----BEGIN ([A-Z ]*PRIVATE KEY)-----[\s\S]*?(?:-----END \1-----|$)/g, hidden);
}

/** A name and a value, perhaps after an escaped end of line. What begins with a bracket holds other pairs, or is filled in. */
const pairs = /((?:\\[nrt])?)([\w.-]{1,100})(\\?["']?\s*[:=]\s*|\s+)("[^"]*"|'[^']*'|(?![[{])[^\s"',;&]+)/g;
/** What a request is authorized by, behind the scheme that it is told with. */
const authorization =
  /(\bAuthorization\\?["']?\s*[:=]\s*\\?["']?(?:(?:Bearer|Basic|Token)\s+)?)(?![\s${(<])[^\s"',]+/gi;

/** The option that stands before an item of a list of arguments: what a credential is called there. */
export function optionBefore(items: readonly unknown[], i: number): string | undefined {
  const before = items[i - 1];
  return typeof before === 'string' && /^--?[\w-]{1,100}$/.test(before) ? before : undefined;
}

/** One line of a text, which has been looked at as a whole. */
export function maskedLine(name: string, line: string): string {
  if (prose.has(name)) return line;
  const open = line
    .replace(authorization, `$1${hidden}`)
    .replace(pairs, (whole, lead: string, key: string, between: string, value: string) => {
      const [, quote = '', inner = value] = /^(["'])(.*)\1$/s.exec(value) ?? [];
      // Between words of a sentence there is but a space; an option has its dashes.
      const isPair = !/^\s+$/.test(between) || key.startsWith('--');
      if (isPair && isCredential(key, inner)) return `${lead}${key}${between}${hidden}`;
      return quote === '' ? whole : `${lead}${key}${between}${quote}${maskedLine('', inner)}${quote}`;
    });
  return isCredential('', open.trim()) ? hidden : open;
}
