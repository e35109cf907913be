/** What does not belong into a repository. */

export { literalCredential } from './literal-credential';
export { plaintextSecret } from './plaintext-secret';
