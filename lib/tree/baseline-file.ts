import { EspalierError } from '../errors';
import { readRegular } from './regular';

/**
 * The text of a baseline. A link is not followed: it may lead anywhere.
 *
 * @throws EspalierError where it cannot be read
 */
export function baselineText(path: string): string {
  try {
    return readRegular(path).toString('utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new EspalierError(
      code === 'ENOENT'
        ? `baseline: ${path} does not exist. \`espalier check --write-baseline\` writes it; or leave \`baseline\` out.`
        : `baseline: ${path} cannot be read: ${message}`,
    );
  }
}
