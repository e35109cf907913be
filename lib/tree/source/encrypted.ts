import { isJsonObject, type Json } from '../tree';

const ciphertext = 'ENC[AES256_GCM,';

/** Whether SOPS has written it: its own mapping beside the document's, or values that it has encrypted (https://getsops.io). */
export function isEncrypted(value: Json, text: string): boolean {
  if (isJsonObject(value) && isJsonObject(value.sops)) {
    const { sops } = value;
    if (sops.mac !== undefined || sops.lastmodified !== undefined || sops.version !== undefined) return true;
  }
  // Few files have any: the values are walked only in those.
  return text.includes(ciphertext) && holdsCiphertext(value);
}

function holdsCiphertext(value: Json): boolean {
  if (typeof value === 'string') return value.startsWith(ciphertext);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsCiphertext);
}
