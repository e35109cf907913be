import { memoizeText } from '../../text/memoize';
import { costOf } from './cost';
import { environment } from './environment';

/**
 * Evaluates a rule for a value, and for what it was before an update where the rule asks for that: true, false, or whatever else it yields;
 * undefined when it cannot be evaluated.
 */
export type Evaluate = (self: unknown, oldSelf?: unknown) => unknown;

/** What an object lacks that a rule reads without asking. */
const failures: ReadonlySet<string> = new Set(['no_such_key', 'index_out_of_bounds']);

/** A rule made ready, once; undefined when it cannot be parsed, or asks for the object as it was before an update. */
export const compileRule = memoizeText((rule) => compile(rule, false));

/** A rule about an update made ready, once; undefined when it cannot be parsed, or is about an object as it is. */
export const compileTransition = memoizeText((rule) => compile(rule, true));

function compile(rule: string, ofUpdates: boolean): Evaluate | undefined {
  const { text, isTransition } = translate(rule);
  if (isTransition !== ofUpdates) return undefined;
  const cel = environment();
  try {
    const evaluate = cel.parse(text);
    const isCostly = costOf(text);
    return (self, oldSelf) => {
      if (isCostly(self) || isCostly(oldSelf)) return undefined;
      try {
        return evaluate(oldSelf === undefined ? { self } : { self, oldSelf });
      } catch (error) {
        // The API server takes a rule that fails for broken; here only where the object alone is to blame.
        return failures.has(String((error as { code?: string }).code)) ? false : undefined;
      }
    };
  } catch {
    return undefined;
  }
}

const strings = [
  /[rR][bB]?(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"[^"\n]*"|'[^'\n]*')/,
  /"""(?:\\[\s\S]|[^\\])*?"""|'''(?:\\[\s\S]|[^\\])*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/,
].map(({ source }) => source);
const token = new RegExp(`${strings.join('|')}|\\.\\s*matches(?=\\s*\\()|\\bhas(?=\\s*\\()|\\boldSelf\\b`, 'g');

/**
 * The evaluator matches with JavaScript's regular expressions, and its has() refuses `list[0].field`; neither can be replaced,
 * so that rules call ours by other names.
 */
export function translate(rule: string): { text: string; isTransition: boolean } {
  let isTransition = false;
  const text = rule.replace(token, (found, offset: number) => {
    if (found === 'oldSelf') isTransition = true;
    // A method or field of that name is not the macro.
    else if (found === 'has') return /\.\s*$/.test(rule.slice(0, offset)) ? found : 'isGiven';
    else if (found.startsWith('.')) return '.matchesRe2';
    return found;
  });
  return { text, isTransition };
}
