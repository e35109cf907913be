import { memoizeText } from '../../text/memoize';
import { isReference } from './reference';

/**
 * What a name says of its value: that it is a credential, whatever it looks like; that it may be one, unless it looks like the name
 * of something; or nothing.
 */
export type Says = 'credential' | 'perhaps' | undefined;

/** Words that end the name of a credential itself, as they are written and run together with others: `DBPASSWORD`. */
const credential =
  /(?:^|_)(?:(?:[a-z]{1,6})?pass|pwd|pw|psk|passcode|bearer|pgpass|netrc|htpasswd|dockercfg|dockerconfigjson|requirepass|masterauth|git_credentials|id_(?:rsa|dsa|ecdsa|ed25519))$|(?:password|passwort|passwd|passphrase|token)s?$|(?:^|_)(?:api|access|private|encryption|encrypt|signing|master|account|auth|app|license|hmac|jwt|session|shared|service|admin|aes|cipher|crypto|deploy|security)_?keys?$/;
/** Words of which a credential is called, and what refers to one, or something else. */
const perhaps =
  /(?:secret|credential|cred)s?$|(?:^|_)(?:key|auth|authorization|salt|pepper|cookie|pat|sig|signature|pass_?phrases?)$|_key$/;
/** Words that end a name and say nothing of what it is. */
const behind =
  /_(?:\d+|old|new|prev|previous|current|next|b64|base64|encoded|plain|plaintext|value|hash|hashed|default|string|data)$/;
/** Names that end so and are none: public ones, and what is counted. */
const other =
  /(?:^|_)(?:public|primary|foreign|partition|sort|routing|cache|group|topology|host|pub|verification|verify|known|map|label|annotation|config|property|secret_name|values|remote|target|password|username|user)_key$|(?:^|_)(?:max|min|num|total|input|output|prompt|completion|reserve)_?\w*tokens?$|no_?pass(?:wd|word)?$|_per_token$|(?:by|no|skip|forgot|reset|change|show|hide|require|allow|use|enable|disable|mount|has|is|continue|page|next_page)_(?:pass(?:word)?|token|secret|key|auth)$/;

export const saysName = memoizeText((name): Says => {
  if (name === '' || name.length > 200) return undefined;
  let words = wordsOf(name);
  while (behind.test(words)) words = words.replace(behind, '');
  words = words.replace(/\d+$/, '');
  if (other.test(words)) return undefined;
  if (credential.test(words)) return 'credential';
  // `key` alone is what half of all fields are called; `KEY` is a variable.
  if (words === 'key' && name !== name.toUpperCase()) return undefined;
  return perhaps.test(words) ? 'perhaps' : undefined;
});

/** `adminPassword`, `api-key`, `--api-key` and `x.y/API_KEY` in one form: `admin_password`, `api_key`. */
function wordsOf(name: string): string {
  return name
    .replace(/^-+|:$/g, '')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .replace(/[^A-Za-z\d]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();
}

/** Whether a value of this name is a credential. */
export function isCredentialValue(name: string, text: string): boolean {
  const says = saysName(name);
  if (says === undefined || isReference(text) || namesOther(text)) return false;
  // How many, of a model of language.
  if (/tokens$/i.test(name) && /^\d{1,7}$/.test(text)) return false;
  return says === 'credential' || !isPlain(text.trim());
}

/** What names a credential by another's name: a variable, a key of a Secret (`db/password`). */
function namesOther(text: string): boolean {
  return /^[A-Z][A-Z\d]*(?:_+[A-Z\d]+)+$/.test(text)
    ? saysName(text) !== undefined
    : text.includes('/') && isNameLike(text);
}

/** Words, with dashes and the like between them: a name that somebody gave. */
const word =
  /^[a-z]{1,24}(?:[A-Z][a-z]{2,24}){0,5}$|^[A-Z][a-z]{1,24}(?:[A-Z][a-z]{2,24}){0,5}$|^[A-Z]{1,24}$|^v?\d{1,5}$|^[a-z]{1,12}\d{1,3}$|^\d{1,3}[a-z]{1,12}$|^[a-z]{1,3}\d{1,2}[a-z]{1,3}$/;

/** Whether a text reads like a name, not like something that was drawn: `db-credentials`, `postgresPassword`, `app.kubernetes.io/name`. */
export function isNameLike(text: string): boolean {
  if (text.length > 253) return false;
  const parts = text.split(/[-._/:@]+/).filter((part) => part !== '');
  if (parts.length === 1) return word.test(text) && !/\d/.test(text);
  return parts.length > 0 && parts.every((part) => word.test(part));
}

/** What stands under a name that may be a credential's and is none: a name, an address, a short number, a sentence. */
function isPlain(text: string): boolean {
  // Variables are parts of names, and so are their defaults.
  const filled = text.replace(
    /\$\$?\{\w+(?::?[=-]([^{}]*))?\}/g,
    (_, otherwise: string | undefined) => otherwise ?? 'x',
  );
  return (
    filled.length < 5 ||
    isNameLike(filled) ||
    /^\d{1,5}$|^[a-z][a-z0-9+.-]{0,40}:\/\/|^[\w.-]+\.[a-z]{2,}(?::\d+)?(?:\/\S*)?$/i.test(filled) ||
    (/\s/.test(filled) && !/^(?:Basic|Bearer|Token)\s/i.test(filled))
  );
}
