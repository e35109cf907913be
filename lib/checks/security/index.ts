import type { Check } from '../check';
import { literalCredential } from './literal-credential';
import { plaintextSecret } from './plaintext-secret';

/** What does not belong into a repository. */
export const security: readonly Check[] = [plaintextSecret, literalCredential];
