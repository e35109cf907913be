import type { Chart } from './chart';

/** What the templates of a chart use, as far as it changes how it is rendered. */
export interface Mentions {
  /** Functions whose result is another each time. */
  readonly random: boolean;
  /** Functions whose result is now and then the same: the time, small numbers. */
  readonly seldom: boolean;
  readonly lookup: boolean;
  readonly capabilities: boolean;
}

/** What the texts of a chart mention: its templates but for tests, and what they may take for templates (`tpl`). */
export function mentionsOf({ files: all }: Chart): Mentions {
  const files = [...all].filter(([path]) => !/\.md$|(?:^|\/)(?:crds|templates\/tests)\//i.test(path));
  return mentionsIn(files.map(([, text]) => text));
}

export function mentionsIn(texts: readonly string[]): Mentions {
  const actions = run(texts.flatMap(blocksOf)).map(withoutTexts);
  const mentions = (pattern: RegExp) => actions.some((action) => pattern.test(action));
  const seldom = mentions(seldomFunctions);
  return {
    random: seldom || mentions(randomFunctions),
    seldom,
    lookup: mentions(/\blookup\b/),
    capabilities: mentions(/\bCapabilities\b/),
  };
}

/** Helm's functions are those of sprig (github.com/Masterminds/sprig v3, functions.go: nonhermeticFunctions, and encryptAES). */
const randomFunctions =
  /\b(?:rand(?:AlphaNum|Alpha|Ascii|Numeric|Bytes)|gen(?:PrivateKey|CA|SelfSignedCert|SignedCert)(?:WithKey)?|uuidv4|htpasswd|bcrypt|shuffle|encryptAES|ago)\b/;

const seldomFunctions = /(?<![.$\w])(?:now|randInt)\b/;

/** What stands in double braces, in a `define` of a name or outside of all. */
interface Block {
  readonly name: string | undefined;
  readonly actions: string[];
}

/** The actions that may run: libraries define much that a chart never includes. */
function run(blocks: readonly Block[]): readonly string[] {
  const isDynamic = blocks.some(({ actions }) => actions.some((action) => includesByExpression.test(action)));
  const all = blocks.flatMap(({ actions }) => actions);
  if (isDynamic) return all;
  const names = new Set(
    blocks.flatMap(({ name, actions }) => actions.flatMap(textsOf).filter((text) => text !== name)),
  );
  return blocks.filter(({ name }) => name === undefined || names.has(name)).flatMap(({ actions }) => actions);
}

/** By a name that is put together; a path of the chart (`print $.Template.BasePath …`) is a file, and all of those run. */
const includesByExpression = /\b(?:include|template)\s+(?!["`]|\((?:print|printf)\s[^()]*BasePath)/;

function blocksOf(text: string): readonly Block[] {
  const blocks: Block[] = [{ name: undefined, actions: [] }];
  let depth = 0;
  mapActions(text, (action) => {
    const code = action.replace(part, (each) => (each.startsWith('/*') ? ' ' : each));
    const [, keyword, name] = /^\{\{-?\s*(\w+)(?:\s+["`]([^"`]*))?/.exec(code) ?? [];
    if (keyword === 'define' && depth === 0) blocks.push({ name, actions: [] });
    (blocks.at(-1) as Block).actions.push(code);
    if (/^(?:if|range|with|define|block)$/.test(keyword ?? '')) depth += 1;
    if (keyword === 'end' && depth > 0) {
      depth -= 1;
      if (depth === 0) blocks.push({ name: undefined, actions: [] });
    }
    return action;
  });
  return blocks;
}

function textsOf(action: string): readonly string[] {
  return (action.match(part) ?? []).map((text) => text.slice(1, -1));
}

/** An action without its texts, but for those that it takes for templates. */
function withoutTexts(action: string): string {
  const isTemplate = /\btpl\b/.test(action);
  return action.replace(part, (each) => (each.startsWith('`') && isTemplate ? each : ' '));
}

/** A comment or a text; whatever is not closed goes on to the end, so that no text takes long. */
const parts = [/\/\*[\s\S]*?(?:\*\/|$)/, /"(?:[^"\\\n]|\\.)*(?:"|$|(?=\n)|\\(?=\n|$))/, /`[^`]*(?:`|$)/].map(
  ({ source }) => source,
);
const part = new RegExp(parts.join('|'), 'g');

const replaced = new RegExp(`${part.source}|(?<![.$\\w-])(?:now|randInt)(?![\\w-])`, 'g');

/**
 * A template in which the time and small random numbers are others than in the original, so that what follows from them differs: one
 * of twenty years ago, and a number above all that is asked for.
 */
export function otherwise(template: string): string {
  return mapActions(template, (action) => action.replace(replaced, (each) => replacements[each] ?? each));
}

const replacements: Readonly<Record<string, string>> = {
  now: '(toDate "2006-01-02 15:04:05" "2003-02-01 04:05:06")',
  randInt: 'add 1003',
};

/** What closes an action, or stands in it and may hold the same. */
const within = new RegExp(`${part.source}|\\}\\}`, 'g');

function mapActions(text: string, map: (action: string) => string): string {
  let mapped = '';
  let at = 0;
  for (let open = text.indexOf('{{'); open >= 0; open = text.indexOf('{{', at)) {
    const close = endOf(text, open + 2);
    mapped += text.slice(at, open) + map(text.slice(open, close));
    at = close;
  }
  return mapped + text.slice(at);
}

function endOf(text: string, from: number): number {
  within.lastIndex = from;
  for (let found = within.exec(text); found !== null; found = within.exec(text)) {
    if (found[0] === '}}') return within.lastIndex;
  }
  return text.length;
}
