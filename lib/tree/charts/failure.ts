import { display } from '../../text/symbolic';
import type { Failed } from './documents';

/** The most characters of Helm's words that are repeated. */
const longest = 500;

/** What hides a value that came from a Secret. */
const hidden = '(hidden)';

/**
 * Why Helm makes nothing of a chart: its words without the chain of templates that called each other, and where in the chart. What
 * the chart's author says with `fail` or `required` is told as such.
 *
 * @param secret texts that are not repeated
 */
export function failureOf(printed: string, secret: readonly string[] = []): Failed {
  const all = printed
    .replace(/\n+Use --debug flag[^\n]*\s*$/, '')
    .split('\n')
    .filter((line) => !/^(?:WARNING:|level=|walk\.go:|coalesce\.go:|\d{4}\/\d\d\/\d\d )/.test(line))
    .join('\n')
    .replace(/^Error: /, '')
    .trim();
  const places = [...all.matchAll(/(?<![\w/.-])[\w.-]+\/((?:[\w@+.-]+\/)*[\w@+.-]+):(\d+)(?::\d+)?/g)];
  const innermost = places.at(-1);
  const { said } = /execution error at \([^)]*\): (?<said>[\s\S]*)$/.exec(all)?.groups ?? {};
  const reason = said === undefined ? reasonIn(all, innermost) : `the chart says: ${said}`;
  const file = innermost?.[1] ?? /(?:on|in|at) \(?[\w.-]+\/((?:[\w@+.-]+\/)+[\w@+.-]+)/.exec(all)?.[1];
  return {
    type: 'failed',
    message: shorten(withoutSecrets(display(reason), secret)),
    ...(file !== undefined && { template: file }),
    ...(innermost !== undefined && { line: Number(innermost[2]) }),
  };
}

/** What stands behind the last place, without what Go says of how it came there. */
function reasonIn(all: string, place: RegExpMatchArray | undefined): string {
  if (place === undefined) return all;
  const behind = all.slice((place.index ?? 0) + place[0].length).replace(/^[):\s]+/, '');
  return behind.replace(/^executing "[^"]*" at /, '').trim() || all;
}

/** Longer ones first: one may be a part of another. What is shorter than three characters hides nothing but words. */
function withoutSecrets(text: string, secret: readonly string[]): string {
  const forms = secret.flatMap((each) => [
    each,
    Buffer.from(each).toString('base64'),
    JSON.stringify(each).slice(1, -1),
  ]);
  const long = forms.filter((each) => each.length > 2).sort((a, b) => b.length - a.length);
  return long.reduce((rest, each) => rest.replaceAll(each, hidden), text);
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest)} …` : line;
}
