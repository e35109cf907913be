import { isJsonObject, type Json } from '../../json/json';

const ciphertext = 'ENC[AES256_GCM,';

/**
 * Whether SOPS has written it: its own mapping beside the document's, or values that it has encrypted (https://getsops.io).
 *
 * @param mayHold whether its file holds ciphertext at all: few do, and only their values are walked
 */
export function isEncrypted(value: Json, mayHold: boolean): boolean {
  if (isJsonObject(value) && isJsonObject(value.sops)) {
    const { sops } = value;
    if (sops.mac !== undefined || sops.lastmodified !== undefined || sops.version !== undefined) return true;
  }
  return mayHold && holdsCiphertext(value);
}

/** Whether SOPS has encrypted even of which kind an object is: nobody knows what is applied. */
export function isSealed(value: Json): boolean {
  return isJsonObject(value) && typeof value.kind === 'string' && value.kind.startsWith(ciphertext);
}

export function holdsCiphertext(value: Json): boolean {
  if (typeof value === 'string') return value.includes(ciphertext);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsCiphertext);
}
