import { EspalierError } from '../errors';

/**
 * A text of several lines, such as a script or a configuration file, which stands in the code as it stands in the file: it begins on
 * the line after the backtick, what all its lines are indented by is taken away, and where the closing backtick has a line of its own,
 * the text ends with a line break. A backslash is a backslash, but in front of a backtick or `${`, which it makes a part of the text.
 *
 * @throws EspalierError for a text that does not begin on a line of its own
 *
 * @example
 * new ConfigMap(shop.directory, 'script', {
 *   data: {
 *     'run.sh': textBlock`
 *       #!/bin/sh
 *       echo "\${HOME}"
 *     `,
 *   },
 * });
 */
export function textBlock({ raw }: TemplateStringsArray, ...values: readonly (string | number | boolean)[]): string {
  // No source has it.
  const value = '\0';
  const [first, ...lines] = raw.join(value).split('\n');
  if (first !== '' || lines.length === 0) {
    throw new EspalierError(
      `textBlock\`${first}…\`: Allowed: a text that begins on the line after the backtick. For one of a single line: quotes.`,
    );
  }
  const closes = lines.at(-1)?.trim() === '';
  const body = closes ? lines.slice(0, -1) : lines;
  const indent = body
    .filter((line) => line.trim() !== '')
    .map((line) => (/^[ \t]*/.exec(line) as RegExpExecArray)[0])
    .reduce((one, other) => (other.startsWith(one) ? one : commonBeginning(one, other)));
  const text = body.map((line) => `${line.startsWith(indent) ? line.slice(indent.length) : ''}\n`).join('');
  const parts = (closes ? text : text.slice(0, -1)).replace(/(\\+)(?=`|\$\{)/g, halved).split(value);
  return parts.map((part, i) => part + (i < values.length ? values[i] : '')).join('');
}

/** Source can only have an odd number of backslashes there: the last one is for what follows. */
function halved(backslashes: string): string {
  return backslashes.slice(0, (backslashes.length - 1) / 2);
}

function commonBeginning(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return one.slice(0, length);
}
