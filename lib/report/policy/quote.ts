import { unprintable } from '../../tree/yaml/characters';
import { forLog } from '../log';

/**
 * A text as a string of HCL, for Vault's reader (HCL 1) and for newer ones alike: `${` and `%{` would begin a template, a line may
 * not end within quotes, and what nobody sees is written as an escape. (hashicorp/hcl, hcl/scanner and hcl/strconv)
 */
export function hclString(text: string): string {
  if (usual.test(text)) return `"${text}"`;
  const escaped = text
    .replace(/[\\"]/g, '\\$&')
    .replace(/\n/g, '\\n')
    .replace(/\t/g, '\\t')
    .replace(/[$%](?=\{)/g, codePoint)
    .replace(everyUnprintable, codePoint)
    .replace(noCharacters, '\uFFFD');
  return `"${escaped}"`;
}

/** Most texts: nothing in them means anything else. */
const usual = /^[ !#&-[\]-~]*$/;

const everyUnprintable = new RegExp(unprintable.source, 'gu');
const noCharacters = /[\ud800-\udfff\ufffe\uffff]/gu;

function codePoint(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return hex.length > 4 ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
}

/**
 * A text as one word of a POSIX shell, quoted where it must be. Control characters, and what a CI that shows the commands in its log
 * would obey, are written for printf.
 */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text) && forLog(text) === text) return text;
  if (!unprintable.test(text) && forLog(text) === text) return `'${text.replace(/'/g, `'\\''`)}'`;
  const bytes = [...Buffer.from(text)].map((byte) =>
    /[\w/.,=@-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`,
  );
  return `"$(printf '${bytes.join('').replace(/section_/g, 'section\\137')}')"`;
}
