/**
 * What is secret, decided once for every command and format: of a value at its place in an object (place.ts, object.ts), of a text
 * (text.ts), of a line of a file (file.ts), and of what was found secret anywhere in a tree (known.ts).
 */
export { credentialIn, isSecretValue, plainCredential } from './credentials';
export { frame, maskedFile } from './file';
export { maskForms } from './forms';
export { type Hide, hiddenAt, hider, replaceAll } from './known';
export { mask, redact } from './object';
export { below, isSecret, type MaskContext, top, topOf, within } from './place';
export { hidden } from './reference';
export { maskLines, maskNamed } from './text';
