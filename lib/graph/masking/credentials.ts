import { isKnown } from '../substitution';
import { awsKeyId, formIn } from './forms';
import { isCredentialValue, isNameLike, saysName } from './names';
import { isReference } from './reference';

/** What a value that is told by its name holds. */
export const plainCredential = 'its credential in plain text';

/**
 * What credential a text holds where anybody may read it; undefined when it holds none. What is shown is hidden sooner than this
 * finds fault with.
 *
 * @param name what the value is called: a key of a ConfigMap, a variable, an option
 */
export function credentialIn(name: string, text: string): string | undefined {
  return formOf(name, text) ?? (isCredentialValue(name, text) && looksGiven(text) ? plainCredential : undefined);
}

/** An access key's id is told to everybody: the key beside it is the credential. */
function formOf(name: string, text: string): string | undefined {
  const form = formIn(text);
  return form === awsKeyId && /id$/i.test(name) ? undefined : form;
}

/** A word that somebody chose or a program drew: no reference, path, address, switch, placeholder or name of something. */
function looksGiven(text: string): boolean {
  return (
    /^\S{6,}$/.test(text) &&
    isKnown(text) &&
    !/[${}<>]|^\/|^\.\/|:\/\/|^(?:\d+|change-?_?me.*|replace-?_?me.*|placeholder|dummy|example|x+|your[-_].*)$/i.test(
      text,
    ) &&
    !(/[-._/]/.test(text) && isNameLike(text))
  );
}

/** Keys of Secrets that are none: how to reach something, who somebody is, what is public. */
const harmlessKey =
  /^(?:.*[-_.])?(?:user(?:name)?|login|url|uri|server|address|addr|host(?:name)?|port|db|db-?name|database|name|namespace|project|org|organization|tenant|account|type|kind|email|mail|from|to|region|zone|domain|bucket|repository|endpoint|path|file|version|enabled|id|ids|enableOCI|insecure|mode|provider|issuer|scopes?|known_hosts|ca\.crt|tls\.crt|ca|crt|cert|certificate|pub)$/i;
/** Values that are none, whatever they are called: addresses without a password, switches, short numbers, paths, what is public. */
const harmlessValue =
  /^(?:[a-z][\w+.:-]*:(?:\/\/)?[\w.-]+(?::\d+)?(?:[/?;,][^\s]*)?|[\w-]+(?:\.[\w-]+)+(?::\d+)?|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|true|false|null|yes|no|\d{1,5}|\/[\w./-]*|-----BEGIN (?:CERTIFICATE|PUBLIC KEY|RSA PUBLIC KEY)-----[\s\S]*|(?:ssh-(?:rsa|ed25519)|ecdsa-\S+) [\s\S]*)$/;
/** What stands there until somebody fills it in. */
const placeholder =
  /^(?:<[^<>]*>|x{3,}|\.{3}|\*{3,}|change-?_?me.*|replace-?_?me.*|todo|placeholder|dummy|example|your[-_].*|\{\}|""|null|true|false)?$/i;

/**
 * Whether what stands in a Secret is surely or likely a credential: whatever is not plainly something else.
 *
 * @param text as it is, not in base64
 */
export function isSecretValue(key: string, text: string): boolean {
  const value = text.trim();
  if (placeholder.test(value) || isReference(value)) return false;
  if (formOf(key, value) !== undefined) return true;
  const names = key.replace(/([a-z\d])([A-Z])/g, '$1_$2');
  if (saysName(key) === 'credential') return true;
  if (harmlessKey.test(key) || harmlessKey.test(names)) return false;
  return !(harmlessValue.test(value) || settings.test(value)) || withPassword.test(value);
}

/** Pairs within an address or settings: `jdbc:postgresql://db/shop?user=shop&password=…`, `Server=db;Pwd=…`. */
const withPassword = /(?:^|[?&;,\s])(?:p|pw|[\w.-]*(?:pass(?:word|wd)?|pwd|token|secret|key|sig))=[^&;,\s]/i;

/** How to reach a database: `Server=db;Database=shop`, `host=db port=5432`. */
const settings = /^(?:[a-z][\w ]*=[^;=\n]*(?:;\s*[a-z][\w ]*=[^;=\n]*)+;?|[a-z_]+=\S*(?: +[a-z_]+=\S*)+)$/i;
