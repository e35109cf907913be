import { EspalierError } from '../errors';
import { meantWord } from '../text/nearest';

/** @throws EspalierError for a value that is none of the choices */
export function choice<T extends string>(
  option: string,
  value: string | undefined,
  choices: readonly T[],
): T | undefined {
  if (value === undefined || (choices as readonly string[]).includes(value)) return value as T | undefined;
  const near = meantWord(value, choices);
  const allowed = choices.length === 1 ? `${choices[0]} here, or be left out` : `one of ${choices.join(', ')}`;
  throw new EspalierError(
    `${option} ${JSON.stringify(value)}: it must be ${allowed}${near === undefined ? '.' : `; did you mean ${near}?`}`,
  );
}
