import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/** No link at its end is followed, and nobody waits for a pipe's writer. Windows has neither. */
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * The bytes of a regular file: of a pipe nobody waits for a writer, a link may lead anywhere.
 *
 * @throws Error with a code, also for what is no regular file (EINVAL) or has more bytes than asked for (EFBIG)
 */
export function readRegular(path: string, maximum = Infinity): Buffer {
  const file = openSync(path, openFlags);
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) throw Object.assign(new Error('it is no regular file'), { code: 'EINVAL' });
    if (stats.size > maximum) throw Object.assign(new Error('it is too large'), { code: 'EFBIG' });
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}
