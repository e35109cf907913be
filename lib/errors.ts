/**
 * A mistake in what the user wrote, asked for or has on disk: its message is all that a user needs,
 * so the command line prints it without a stack trace.
 */
export class EspalierError extends Error {
  override readonly name: string = 'EspalierError';
  /** Recognised by this mark rather than by class: an app may load a second copy of the library. */
  readonly isEspalierError = true;
}

/** Whether a caught value is a user's mistake with a message made for reading. */
export function isEspalierError(error: unknown): error is EspalierError {
  return error instanceof Error && 'isEspalierError' in error && error.isEspalierError === true;
}
