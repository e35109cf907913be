import { isKnown, knownPart, symbol } from '../../../text/symbolic';
import { type Expansion, type Piece, parse } from './grammar';
import { apply, isDefault } from './operators';
import type { Variable, Variables } from './variable';

/** What goes wrong where variables are substituted. */
export interface ExpansionFault {
  /**
   * - `missing-variable`: it has neither a value nor a default; Flux fails the whole build
   * - `perhaps-missing`: the same, if whether it is there is not known
   * - `parse-error`: Flux fails the whole build
   * - `broken-character`: an operator cuts a character in two; Flux fails the whole build
   * - `ignored-operator`: `:?` and `:+`, which Flux takes for defaults: the word becomes part of the text
   */
  readonly kind: 'missing-variable' | 'perhaps-missing' | 'parse-error' | 'broken-character' | 'ignored-operator';
  readonly variable?: string;
  /** The `${…}` as it is written; of a parse error, its beginning. */
  readonly expression: string;
  /** Of a parse error, what Flux says. */
  readonly message?: string;
  /** Where the expression begins in the text. */
  readonly index: number;
}

/** A text after substitution. */
export interface Evaluated {
  /** Unchanged when it cannot be parsed. What a missing variable would have put there is a symbol. */
  readonly text: string;
  readonly faults: readonly ExpansionFault[];
}

/** As much of an expression as a message shows. */
const shownLength = 60;

/**
 * Substitutes variables in a text as Flux 1.9 does: fluxcd/pkg envsubst 1.7 to 1.9, template.go and funcs.go.
 *
 * A variable that is missing, without a default, fails the whole build since kustomize-controller 1.9: there the feature gate
 * StrictPostBuildSubstitutions is on unless turned off (internal/features/features.go). Since 1.3 it could be turned on; without
 * it the variable is an empty string. Operands are evaluated whether they are needed or not: in `${X:=${Y}}`, Y must be there
 * even when X is.
 */
export function evaluate(text: string, variables: Variables): Evaluated {
  if (!isSubstituted(text)) return { text, faults: [] };
  const pieces = parse(text);
  if ('message' in pieces) {
    const { message, start } = pieces;
    const [line = ''] = text.slice(start, start + shownLength).split('\n');
    return { text, faults: [{ kind: 'parse-error', expression: line, message, index: start }] };
  }
  const evaluation: Evaluation = { source: text, variables, faults: [], length: text.length };
  try {
    return { text: pieces.map((piece) => evaluatePiece(evaluation, piece)).join(''), faults: evaluation.faults };
  } catch (error) {
    if (!(error instanceof TooLong)) throw error;
    const expression = text.slice(error.start, error.start + shownLength).split('\n')[0] ?? '';
    return { text, faults: [{ kind: 'parse-error', expression, message: tooLong, index: error.start }] };
  }
}

/** Kubernetes takes objects of 1.5 MB. Values in values multiply. */
const maximumLength = 10_000_000;

const tooLong = 'its value makes the object larger than Kubernetes takes';

class TooLong extends Error {
  constructor(readonly start: number) {
    super(tooLong);
  }
}

interface Evaluation {
  readonly source: string;
  readonly variables: Variables;
  readonly faults: ExpansionFault[];
  /** How much has been filled in, beside the text itself. */
  length: number;
}

function evaluatePiece(evaluation: Evaluation, piece: Piece): string {
  if (piece.kind === 'literal') return piece.text;
  const text = expand(evaluation, piece);
  evaluation.length += text.length;
  if (evaluation.length > maximumLength) throw new TooLong(piece.start);
  return text;
}

function expand(evaluation: Evaluation, expansion: Expansion): string {
  const operands = expansion.operands.map((operand) => evaluatePiece(evaluation, operand));
  const { operator, start, end } = expansion;
  const variable = evaluation.variables.of(expansion.variable);
  const expression = evaluation.source.slice(start, end);
  const report = (kind: ExpansionFault['kind']): void => {
    evaluation.faults.push({ kind, variable: expansion.variable, expression, index: start });
  };
  const unknown = () => symbol(expression.slice('${'.length, -'}'.length));

  if (isDefault(operator)) {
    if (takesWord(operator, variable)) report('ignored-operator');
    const word = operands.join('');
    return withDefault(variable, word) ?? (word === '' ? symbol(expansion.variable) : unknown());
  }
  if (variable.state !== 'known') {
    if (variable.state === 'absent') report('missing-variable');
    if (variable.state === 'perhaps') report('perhaps-missing');
    return unknown();
  }
  if (operator === '') return variable.value;
  if (!isKnown(variable.value) || !operands.every(isKnown)) return unknown();
  // A replacement may stand in the place of every character.
  if (variable.value.length * operands.reduce((sum, operand) => sum + operand.length, 0) > 10 * maximumLength) {
    throw new TooLong(start);
  }
  const outcome = apply(operator, variable.value, operands);
  if (outcome?.broken) report('broken-character');
  return outcome?.text ?? unknown();
}

/** The variable's value or else the default; undefined when which of the two is not known. */
function withDefault(variable: Variable, word: string): string | undefined {
  if (variable.state === 'absent') return word;
  if (variable.state !== 'known') return undefined;
  if (variable.value === '') return word;
  return knownPart(variable.value) === '' && word !== '' ? undefined : variable.value;
}

/** Whether `:?` or `:+` may do other than a shell: the first does not when the variable has a value. */
function takesWord(operator: string, variable: Variable): boolean {
  if (operator === ':+') return true;
  return operator === ':?' && (variable.state === 'known' ? variable.value === '' : variable.state !== 'unknown');
}

/** Whether Flux changes a text, or fails at it. */
export function isSubstituted(text: string): boolean {
  const at = text.indexOf('$');
  return at >= 0 && /\$[{$]/.test(at === 0 ? text : text.slice(at));
}
