import { memoize } from '../../../text/memoize';
import type { ChartTexts } from './chart';

/** No line that documents a key is longer. */
const longest = 1000;

/** The keys that comments of values.yaml show, and rows of the README: their paths, joined by dots. */
export const documentedKeys = memoize(({ text, readme }: ChartTexts): ReadonlySet<string> => {
  const found = new Set<string>();
  const add = (path: readonly string[]) => {
    for (let i = 1; i <= path.length; i += 1) found.add(path.slice(0, i).join('.'));
  };
  let around: { readonly column: number; readonly key: string }[] = [];
  for (const line of text.split('\n')) {
    if (line.length > longest) continue;
    const named = /^\s*#+\s*(?:@param\s+|@skip\s+)?([\w-]+(?:\.[\w-]+)+)(?:\s|$)/.exec(line)?.[1];
    if (named !== undefined) add(named.split('.'));
    const match = /^(?<indent>\s*)(?<comment>#+)?(?<space>\s*)(?<dash>(?:- +)*)"?(?<key>[\w./-]+)"?:(?:\s|$)/.exec(
      line,
    );
    if (match?.groups === undefined) continue;
    const { indent = '', comment, space = '', dash = '', key = '' } = match.groups;
    // "# key" comments out "key", "#  key" what was two spaces further in.
    const within = comment === undefined || space.length % 2 === 0 ? space.length : space.length - 1;
    const column = indent.length + within + dash.length;
    around = [...around.filter((one) => one.column < column), { column, key }];
    if (comment !== undefined) add(around.map((one) => one.key));
  }
  for (const [, path = ''] of readme.matchAll(/^\|\s*`?([\w-]+(?:\.[\w-]+)*)(?:\[\])?`?\s*\|/gm)) add(path.split('.'));
  return found;
});
