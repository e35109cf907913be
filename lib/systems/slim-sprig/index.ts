import { goRegularExpression } from '../go-pattern';
import { FunctionError, NotFollowed, type TemplateFunction, type Value } from '../go-template/values';
import { type Functions, knownText, taking } from './arguments';
import { data, isUnordered } from './data';
import { numbers } from './numbers';
import { strings } from './strings';

/**
 * The functions of slim-sprig 3.0 that need nothing but their arguments (HermeticTxtFuncMap of
 * https://github.com/go-task/slim-sprig/blob/v3.0.0/functions.go).
 */
export const slimSprig: ReadonlyMap<string, TemplateFunction> = new Map(
  Object.entries({ ...strings, ...numbers, ...data, ...patterns() }).map(([name, call]) => [name, guarded(name, call)]),
);

/** Those of them that are not followed. */
export const notFollowedOfSlimSprig: ReadonlySet<string> = new Set(
  (
    'hello ago duration durationRound mustToDate must_date_modify mustDateModify toDate unixEpoch float64 seq toDecimal randInt maxf minf ceil ' +
    'floor round base dir clean ext isAbs osBase osClean osDir osExt osIsAbs b64dec b32enc b32dec regexFindAll mustRegexFindAll ' +
    'mustRegexFind mustRegexReplaceAll regexReplaceAllLiteral mustRegexReplaceAllLiteral regexSplit mustRegexSplit regexQuoteMeta urlParse urlJoin'
  ).split(' '),
);

function patterns(): Functions {
  const match = taking(2, 2, ([pattern, s]) => compiled(pattern).matcher(knownText(s)).find());
  return {
    regexMatch: match,
    mustRegexMatch: match,
    regexFind: taking(2, 2, ([pattern, s]) => {
      const matcher = compiled(pattern).matcher(knownText(s));
      return matcher.find() ? (matcher.group(0) ?? '') : '';
    }),
    regexReplaceAll: taking(3, 3, ([pattern, s, by]) => {
      if (/[$\\]/.test(knownText(by))) throw new NotFollowed('it fills in groups of a regular expression');
      return compiled(pattern).matcher(knownText(s)).replaceAll(knownText(by));
    }),
  };
}

function compiled(pattern: Value | undefined) {
  const found = goRegularExpression(knownText(pattern));
  if (found === undefined) throw new FunctionError('error parsing regexp');
  return found;
}

/** Functions that are the same in whatever order a list is. */
const orderless: ReadonlySet<string> = new Set([
  'sortAlpha',
  'has',
  'mustHas',
  'empty',
  'default',
  'coalesce',
  'all',
  'any',
]);

/** Go hands out keys in another order each time: what depends on it is not followed. What panics in Go fails here. */
function guarded(name: string, call: TemplateFunction): TemplateFunction {
  return (args, own) => {
    if (!orderless.has(name) && args.some(isUnordered)) {
      throw new NotFollowed('it depends on the order of keys, which is never the same');
    }
    try {
      return call(args, own);
    } catch (error) {
      if (error instanceof RangeError) throw new FunctionError(error.message);
      throw error;
    }
  };
}
