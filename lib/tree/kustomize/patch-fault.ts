import type { BuildFault } from './built';
import type { Place } from './origin';

/** What is wrong with a patch, of which the build fails. */
export class PatchFault extends Error {
  constructor(
    readonly at: Place,
    message: string,
    readonly kind: BuildFault['kind'] = 'invalid',
  ) {
    super(message);
  }
}
