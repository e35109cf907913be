import type * as Cel from '@marcbachmann/cel-js' with { 'resolution-mode': 'import' };
import { celStrings } from '../../text/cel';
import { lazy } from '../../text/memoize';

/** Functions whose names begin with a word of their own, as a variable's field would (cel-go ext: Sets, Encoders). */
const libraries: ReadonlySet<string> = new Set(['sets', 'base64', 'optional', 'cel', 'math']);

/** Two environments, since only one of them knows which variables there are. */
const environments = lazy(() => {
  // An ES module: Node requires those since 20.19.
  const { Environment } = require('@marcbachmann/cel-js') as typeof Cel;
  const options = { enableOptionalTypes: true, homogeneousAggregateLiterals: true };
  const open = new Environment({ ...options, unlistedVariablesAreDyn: true });
  const ofDependencies = new Environment({ ...options, unlistedVariablesAreDyn: false });
  for (const name of ['self', 'dep']) ofDependencies.registerVariable(name, 'map<string, dyn>');
  return { open, ofDependencies };
});

/**
 * Why Flux refuses an expression about an object's health; undefined for one that it takes. It is parsed and no more: which fields
 * the object has is not known (fluxcd/pkg runtime 0.110, cel/status_evaluator.go).
 */
export function healthExpressionFault(text: string): string | undefined {
  const { open } = environments();
  const syntax = syntaxFault(open, text);
  if (syntax !== undefined) return syntax;
  const { type = 'dyn' } = open.check(text);
  return isOpen(type) ? undefined : resultText(type);
}

/** Why Flux refuses a `readyExpr`, which it compiles: its variables and what it yields count (kustomization_controller.go, evalReadyExpr). */
export function readyExpressionFault(text: string): string | undefined {
  const { open, ofDependencies } = environments();
  const syntax = syntaxFault(open, text);
  if (syntax !== undefined) return syntax;
  const { type = 'dyn', error } = ofDependencies.check(text);
  const [, variable] = /^Unknown variable: (\w+)/.exec(error?.message ?? '') ?? [];
  if (variable !== undefined && !libraries.has(variable))
    return `there is no \`${variable}\`, only \`self\` and \`dep\``;
  if (error !== undefined) return undefined;
  // A field may hold anything, which is not enough for the compiler; of functions and optional values it may know more than ours.
  const { op } = open.parse(text).ast as { readonly op: string };
  if (type === 'dyn' && (op === '.' || op === '[]')) return 'a field alone is not known to be a boolean: write == true';
  return isOpen(type) ? undefined : resultText(type);
}

function syntaxFault(environment: Cel.Environment, text: string): string | undefined {
  try {
    environment.parse(text);
  } catch (error) {
    const { message } = error as Error;
    return message.split('\n')[0]?.replace(/^[A-Z]/, (letter) => letter.toLowerCase());
  }
  const bare = /\bhas\s*\(\s*([A-Za-z_]\w*)\s*\)/.exec(text.replace(celStrings, '""'));
  return bare ? `has(${bare[1]}) does not name a field` : undefined;
}

/** Whether a value of a type may be a boolean. */
function isOpen(type: string): boolean {
  return type === 'bool' || type.includes('dyn') || type.startsWith('optional');
}

function resultText(type: string): string {
  return `it yields ${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}, not a boolean`;
}
