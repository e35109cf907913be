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

/** What the texts of a chart mention: its templates, and what they may take for templates (`tpl`). */
export function mentionsOf({ files: all }: Chart): Mentions {
  const files = [...all].filter(([path]) => !/\.md$|(?:^|\/)crds\//i.test(path));
  return mentionsIn(files.map(([, text]) => text));
}

export function mentionsIn(texts: readonly string[]): Mentions {
  const actions = texts.flatMap(actionsOf);
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

/** What stands in double braces, without comments and texts. */
function actionsOf(text: string): readonly string[] {
  const actions: string[] = [];
  mapActions(text, (action) => {
    actions.push(action.replace(textOrComment, ' '));
    return action;
  });
  return actions;
}

/** A comment, or a text that is no template (those in backquotes may be); whatever is not closed goes on to the end: no text takes long. */
const textOrComment = /\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\.)*(?:"|$|(?=\n)|\\(?=\n|$))/g;

const replaced = new RegExp(`${textOrComment.source}|(?<![.$\\w-])(?:now|randInt)(?![\\w-])`, 'g');

/**
 * A template in which the time and small random numbers are others than in the original, so that what follows from them differs: one
 * of twenty years ago, and a number above all that is asked for.
 */
export function otherwise(template: string): string {
  return mapActions(template, (action) => action.replace(replaced, (part) => replacements[part] ?? part));
}

const replacements: Readonly<Record<string, string>> = {
  now: '(toDate "2006-01-02 15:04:05" "2003-02-01 04:05:06")',
  randInt: 'add 1003',
};

function mapActions(text: string, map: (action: string) => string): string {
  let mapped = '';
  let at = 0;
  for (let open = text.indexOf('{{'); open >= 0; open = text.indexOf('{{', at)) {
    const close = text.indexOf('}}', open + 2);
    if (close < 0) break;
    mapped += text.slice(at, open) + map(text.slice(open, close + 2));
    at = close + 2;
  }
  return mapped + text.slice(at);
}
